"""The piano roll: a painted view of a piece and of the take that is being drawn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from seqgen_gui.music.colours import RollColours, colours_of
from seqgen_gui.music.keyboard import WIDTH, Keyboard
from seqgen_gui.music.layer import Layer
from seqgen_gui.music.paint import Picture
from seqgen_gui.music.ruler import HEIGHT, Ruler
from seqgen_gui.music.view import PITCHES, View

ZOOM = 1.25
ROOM_BEHIND = 4  # bars in sight behind the end
FOLLOW_AT = 0.1  # where the playhead appears after a page turn, in widths of the view
ROWS_TO_FIT = (7, 14)  # pixels of a row, least and most
ROOM_BEFORE = 0.4  # of the view's width, before what is new
_Key = Qt.Key


class Roll(QAbstractScrollArea):
    """Shows a ``Picture``; scrolls with the wheel, zooms with Ctrl and the wheel.

    Emits ``bar_clicked`` and ``bars_dragged`` from the ruler, ``place_clicked`` with a tick.
    """

    bar_clicked = Signal(int)
    bars_dragged = Signal(int, int)
    place_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = View()
        self.picture = Picture()
        self.follow = True
        self._fitted = True  # no one has moved the pitches yet
        self.playhead: int | None = None
        self._layer = Layer()
        self._colours: RollColours | None = None
        self._keys = Keyboard(self.view, self)
        self.ruler = Ruler(self.view, self)
        self.ruler.bar_clicked.connect(self.bar_clicked)
        self.ruler.bars_dragged.connect(self.bars_dragged)
        self._corner = QWidget(self)
        self._corner.setAutoFillBackground(True)
        self.setViewportMargins(WIDTH, HEIGHT, 0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("Piano roll")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_picture(self, picture: Picture, stale: tuple[int, int] | None = None) -> None:
        """Show another picture; ``stale`` are the ticks where it differs, None for anywhere."""
        beat = picture.sheet.ticks_per_beat
        if beat != self.view.ticks_per_beat:
            self.view.ticks_per_beat = beat
            stale = None
        self.picture = picture
        self.ruler.sheet, self.ruler.new = picture.sheet, picture.new
        self._layer.forget(stale)
        self._measure()
        if stale is None:
            self._refresh()
        else:
            left, right = (self.view.x(tick) for tick in stale)
            self.viewport().update(left - 2, 0, right - left + 6, self.view.height)
            self.ruler.update()

    def choose_bar(self, bar: int | None) -> None:
        """Mark a bar as the one to continue from."""
        self.ruler.chosen = bar
        self._refresh()

    def show_loop(self, ticks: tuple[int, int] | None) -> None:
        """Mark the ticks that are played again and again."""
        self.ruler.loop = ticks
        self.ruler.update()

    def move_playhead(self, tick: int | None, turn: bool = True) -> None:
        """Move the playhead; with ``turn`` and ``follow`` the page is turned as it leaves."""
        old, self.playhead = self.playhead, tick
        if tick is not None and turn and self.follow:
            self.reveal(tick)
        for place in (old, tick):
            if place is not None:
                self.viewport().update(self.view.x(place) - 1, 0, 3, self.view.height)

    def reveal(self, tick: int) -> None:
        """Turn the page to ``tick`` where it is out of sight."""
        x = self.view.x(tick)
        if not 0 <= x < self.view.width:
            left = self.view.left + x - round(self.view.width * FOLLOW_AT)
            self.horizontalScrollBar().setValue(left)

    def make_room(self, tick: int, edge: float = 0.6) -> None:
        """Bring ``tick`` into the left half of the view, unless it is before ``edge`` of it."""
        if not 0 <= self.view.x(tick) <= self.view.width * edge:
            left = self.view.left + self.view.x(tick) - round(self.view.width * ROOM_BEFORE)
            self.horizontalScrollBar().setValue(left)

    def show_pitches(self) -> None:
        """Have all pitches of the piece in sight where rows can be so low, else their middle."""
        shown = (self.picture.sheet.notes.pitches, self.picture.ghost.pitches)
        low = min((min(pitches) for pitches in shown if pitches), default=48) - 2
        high = max((max(pitches) for pitches in shown if pitches), default=84) + 2
        least, most = ROWS_TO_FIT
        self.view.key_height = min(max(self.view.height // (high - low + 1), least), most)
        self._measure()
        middle = (2 * PITCHES - 1 - low - high) * self.view.key_height // 2
        self.verticalScrollBar().setValue(middle - self.view.height // 2)
        self._fitted = True
        self._refresh()

    def zoom_time(self, factor: float, x: float | None = None) -> None:
        """Widen beats by ``factor`` around ``x``, the middle of the view where None."""
        self.view.zoom_time(factor, self.view.width / 2 if x is None else x)
        self._follow_view()

    def zoom_pitch(self, steps: int, y: float | None = None) -> None:
        """Make rows ``steps`` pixels higher around ``y``, the middle of the view where None."""
        self.view.zoom_pitch(steps, self.view.height / 2 if y is None else y)
        self._follow_view()

    def _follow_view(self) -> None:
        left, top = self.view.left, self.view.top
        self._measure()
        self.horizontalScrollBar().setValue(left)
        self.verticalScrollBar().setValue(top)
        self._refresh()

    def _end(self) -> int:
        return max(self.picture.sheet.end, *(self.picture.new or (0,)))

    def _measure(self) -> None:
        """Set the ranges of the scroll bars."""
        meters, view = self.picture.sheet.meters, self.view
        bar = meters.bar_at(self._end())
        wide = round(meters.line(bar + 1 + ROOM_BEHIND) * view.scale)
        high = PITCHES * view.key_height
        for scroll, length, page in (
            (self.horizontalScrollBar(), wide, view.width),
            (self.verticalScrollBar(), high, view.height),
        ):
            scroll.setRange(0, max(length - page, 0))
            scroll.setPageStep(page)
        self.horizontalScrollBar().setSingleStep(max(round(view.beat_width), 8))
        self.verticalScrollBar().setSingleStep(view.key_height * 3)
        view.left = self.horizontalScrollBar().value()
        view.top = self.verticalScrollBar().value()

    def _refresh(self) -> None:
        for widget in (self.viewport(), self._keys, self.ruler):
            widget.update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Take over what the scroll bars say."""
        self.view.left = self.horizontalScrollBar().value()
        self.view.top = self.verticalScrollBar().value()
        self.viewport().update()
        if dx:
            self.ruler.update()
        if dy:
            self._fitted = False
            self._keys.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the ruler and the keys, and keep the view's size."""
        box = self.viewport().geometry()
        self.ruler.setGeometry(box.left(), box.top() - HEIGHT, box.width(), HEIGHT)
        self._keys.setGeometry(box.left() - WIDTH, box.top(), WIDTH, box.height())
        self._corner.setGeometry(box.left() - WIDTH, box.top() - HEIGHT, WIDTH, HEIGHT)
        self.view.width, self.view.height = box.width(), box.height()
        if self._fitted:
            self.show_pitches()
        else:
            self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the kept picture, and what moves above it."""
        if self._colours is None:
            self._colours = colours_of(self.palette())
        ratio = self.viewport().devicePixelRatioF()
        pixmap = self._layer.pixmap(self.view, self.picture, self._colours, ratio)
        painter = QPainter(self.viewport())
        painter.setClipRegion(event.region())
        painter.drawPixmap(0, 0, pixmap)
        self._overlay(painter, self._colours)
        painter.end()

    def _overlay(self, painter: QPainter, colours: RollColours) -> None:
        height = self.view.height
        if self.ruler.chosen is not None:
            x = self.view.x(self.picture.sheet.meters.line(self.ruler.chosen))
            painter.setPen(QPen(colours.accent, 1, Qt.PenStyle.DashLine))
            painter.drawLine(x, 0, x, height)
        if self.playhead is not None:
            painter.fillRect(QRect(self.view.x(self.playhead), 0, 1, height), colours.text)
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(1, 1, self.view.width - 2, height - 2)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._colours = None
            self._layer.forget()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus frame."""
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus frame."""
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell the tick of a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.place_clicked.emit(self.view.tick(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing more: the click was told as the button went down."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom time, with Ctrl and Shift zoom pitches."""
        turn = event.angleDelta() or QPoint()
        steps = (turn.y() or turn.x()) / 120
        held = event.modifiers()
        if not held & Qt.KeyboardModifier.ControlModifier:
            self._scroll(turn, event.pixelDelta(), held)
        elif held & Qt.KeyboardModifier.ShiftModifier:
            self.zoom_pitch(round(steps) or (1 if steps > 0 else -1), event.position().y())
        else:
            self.zoom_time(ZOOM**steps, event.position().x())
        event.accept()

    def _scroll(self, turn: QPoint, pixels: QPoint, held: Qt.KeyboardModifier) -> None:
        way = pixels if not pixels.isNull() else turn / 2
        if held & Qt.KeyboardModifier.ShiftModifier and not way.x():
            way = QPoint(way.y(), 0)
        for scroll, step in (
            (self.horizontalScrollBar(), way.x()),
            (self.verticalScrollBar(), way.y()),
        ):
            scroll.setValue(scroll.value() - step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll and zoom; other keys go on to the page."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        moves = {
            _Key.Key_Left: (across, -across.singleStep()),
            _Key.Key_Right: (across, across.singleStep()),
            _Key.Key_PageUp: (across, -across.pageStep()),
            _Key.Key_PageDown: (across, across.pageStep()),
            _Key.Key_Home: (across, -across.maximum()),
            _Key.Key_End: (across, across.maximum()),
            _Key.Key_Up: (down, -down.singleStep()),
            _Key.Key_Down: (down, down.singleStep()),
        }
        key = _Key(event.key())
        if key in moves:
            scroll, way = moves[key]
            scroll.setValue(scroll.value() + way)
        elif not (held and self._zoom_key(key, event.modifiers())):
            event.ignore()

    def _zoom_key(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        steps = {_Key.Key_Plus: 1, _Key.Key_Equal: 1, _Key.Key_Minus: -1, _Key.Key_Underscore: -1}
        if key not in steps:
            return False
        if held & Qt.KeyboardModifier.AltModifier:
            self.zoom_pitch(2 * steps[key])
        else:
            self.zoom_time(ZOOM ** steps[key])
        return True
