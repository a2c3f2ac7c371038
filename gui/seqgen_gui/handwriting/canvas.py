"""The canvas: sheets of paper one below the other, zoomed, scrolled, written on, picked from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy

from seqgen_gui.handwriting.desk import (
    GAP,
    SCALES,
    counts_of,
    fitting,
    height_of,
    place_of,
    set_bar,
    sizes_of,
)
from seqgen_gui.handwriting.ink_pictures import InkPictures
from seqgen_gui.handwriting.paper import Look, paint_hint, paint_near, paint_paper
from seqgen_gui.handwriting.pen import Pen
from seqgen_gui.handwriting.picker import Picker
from seqgen_gui.handwriting.sheet import Sheet, Word
from seqgen_gui.handwriting.stream import Stream

STEP = 1.2  # times, a step of the zoom
ZOOMS: dict[int, float] = {
    Qt.Key.Key_Plus: STEP,
    Qt.Key.Key_Equal: STEP,
    Qt.Key.Key_Minus: 1 / STEP,
}


class Canvas(QAbstractScrollArea):
    """Emits ``word_clicked`` and ``line_clicked`` with a Word; ``zoomed`` with pixels a mm."""

    word_clicked = Signal(object)
    line_clicked = Signal(object)
    hovered = Signal(object)
    zoomed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Page")
        self.setAccessibleDescription(
            "The letter. Arrows go from word to word, Enter draws the word anew, with Shift its "
            "line. Plus and minus zoom, 0 shows the whole page."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.sheets: tuple[Sheet, ...] = ()
        self.look = Look()
        self.pen = Pen(self)
        self.stream = Stream()
        self.scale = 3.0  # pixels a mm
        self.fits = True
        self.busy = False
        self.picker = Picker(self)
        self.picker.changed.connect(self._show_picked)
        self._ink = InkPictures(self.pen, self.stream)
        self._pen_sheet = 0
        self.pen.moved.connect(self._follow_pen)
        self.pen.arrived.connect(lambda: self._ink.dry_off(self.sheets, self.look))
        self.pen.arrived.connect(self.viewport().update)

    def show_sheets(self, sheets: Sequence[Sheet], animate: bool = False) -> None:
        """Show a letter, written by a pen that moves, or as it is.

        A pen that writes the letter already, as it streams, goes on.
        """
        carries_on = animate and self.pen.writing
        same = bool(self.stream) and counts_of(self.stream.sheets) == counts_of(sheets)
        self.stream.clear()
        self.picker.pick(None)
        if not same:
            self._forget_pictures(renew=not animate)
        self._lay(sheets)
        self._pen_sheet = self._pen_sheet if carries_on else 0
        if animate and self.sheets:
            self.pen.write(self.sheets)
        else:
            self.pen.stop()
        self.viewport().update()

    def show_stream(self, news: Sequence[dict[str, Any]], animate: bool) -> None:
        """Show what is new of a letter that is being written, in place of the one that was."""
        if not self.stream and any(news):
            self.pen.stop()
            self._forget_pictures()
            self._pen_sheet = 0
            if animate:
                self.pen.begin()
        for data in news:
            for number, words in self.stream.add(data):
                self.pen.feed(number, words)
        if self.stream:
            self._lay(self.stream.sheets)
            self.viewport().update()

    def _lay(self, sheets: Sequence[Sheet]) -> None:
        sizes, self.sheets = sizes_of(self.sheets), tuple(sheets)
        if sizes != sizes_of(self.sheets):
            self._arrange()

    def show_look(self, look: Look) -> None:
        """Take another pen, or show guides."""
        if look != self.look:
            self.look = look
            self._forget_pictures(renew=True)

    def show_busy(self, on: bool) -> None:
        """Take no clicks while ``on``."""
        self.busy = on
        self.picker.pick(None)

    def fit(self) -> None:
        """Zoom so that a whole page is seen."""
        self.fits = True
        self._arrange()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom, what is at ``at`` (pixels; the middle) staying where it is."""
        at = at or QPointF(self.viewport().rect().center())
        before = self._place(0)
        x, y = (at.x() - before.left()) / self.scale, (at.y() - before.top()) / self.scale
        self.fits = False
        self.scale = min(max(self.scale * factor, SCALES[0]), SCALES[1])
        self._forget_pictures()
        self._arrange()
        after = self._place(0)
        self._scroll(after.left() + x * self.scale - at.x(), after.top() + y * self.scale - at.y())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().mid())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = QRectF(event.rect())
        if not self.sheets:
            paint_hint(painter, self.viewport().rect(), self.palette().placeholderText().color())
        for number, sheet in enumerate(self.sheets):
            place = self._place(number)
            if not seen.intersects(place.adjusted(-GAP, -GAP, GAP, GAP)):
                continue
            paint_paper(painter, place)
            self._paint_ink(painter, number, sheet, place, seen)
        if self._ink.is_unfinished():
            QTimer.singleShot(0, self, self.viewport().update)

    def _paint_ink(
        self, painter: QPainter, number: int, sheet: Sheet, place: QRectF, seen: QRectF
    ) -> None:
        painter.save()
        painter.setClipRect(place)
        ratio = self.devicePixelRatioF()
        pictures = self._ink.pictures(number, sheet, self.look, self.scale, ratio)
        for picture in pictures:
            if picture is not None:
                painter.drawPixmap(place.topLeft(), picture)
        painter.translate(place.topLeft())
        painter.scale(self.scale, self.scale)
        if pictures[0] is None:
            paint_near(painter, sheet, self.look, seen.translated(-place.topLeft()), self.scale)
        self.picker.paint(painter, sheet)
        painter.restore()

    def _place(self, number: int) -> QRectF:
        """Where a sheet lies, in pixels of the viewport."""
        scroll = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        room = self.viewport().size()
        return place_of(self.sheets, number, self.scale, room).translated(-scroll)

    def _arrange(self) -> None:
        """Set zoom and scroll bars for the size of the window."""
        if not self.sheets:
            return
        if self.fits:
            scale = fitting(self.sheets[0], self.maximumViewportSize())
            if scale != self.scale:
                self.scale = scale
                self._forget_pictures()
        size, widest = self.viewport().size(), max(sheet.width for sheet in self.sheets)
        set_bar(self.horizontalScrollBar(), widest * self.scale + 2 * GAP, size.width())
        set_bar(self.verticalScrollBar(), height_of(self.sheets, self.scale), size.height())
        self.zoomed.emit(self.scale)
        self.viewport().update()

    def _forget_pictures(self, renew: bool = False) -> None:
        self._ink.forget(renew)
        self.viewport().update()

    def _follow_pen(self) -> None:
        """Scroll to the sheet that the pen comes to, where the one before was in sight."""
        before, now = self._pen_sheet, self.pen.sheet
        if now != before and now < len(self.sheets):
            self._pen_sheet = now
            middle = QPointF(self.viewport().rect().center())
            if before < len(self.sheets) and self._place(before).contains(middle):
                self._scroll(0, self._place(now).top() - GAP)
        self.viewport().update()

    def word_at(self, at: QPointF) -> Word | None:
        """The word at a place in pixels of the viewport."""
        for number, sheet in enumerate(self.sheets):
            place = self._place(number)
            if place.contains(at):
                return sheet.word_at((at - place.topLeft()) / self.scale)
        return None

    def _show_picked(self, word: Word | None) -> None:
        shape = Qt.CursorShape.ArrowCursor if word is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self.viewport().update()
        self.hovered.emit(word)

    @property
    def _deaf(self) -> bool:
        return self.busy or self.pen.writing or bool(self.stream)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark what a click would draw anew."""
        word = None if self._deaf else self.word_at(event.position())
        self.picker.pick(word, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Click a word, or with Shift its line; while the pen writes, skip to the end."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.pen.writing:
            self.pen.skip()
            return
        word = None if self._deaf else self.word_at(event.position())
        if word is not None:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.line_clicked if shift else self.word_clicked).emit(word)

    def viewportEvent(self, event: QEvent) -> bool:
        """Forget what was under the pointer when that leaves."""
        if event.type() == QEvent.Type.Leave:
            self.picker.pick(None)
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or with Ctrl zoom at the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(STEP ** (event.angleDelta().y() / 120), event.position())
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, go from word to word, and draw one anew."""
        if not self._deaf and self._picks_by_key(event):
            return
        if event.key() in ZOOMS:
            self.zoom(ZOOMS[event.key()])
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def _picks_by_key(self, event: QKeyEvent) -> bool:
        """Do what a key asks of the word that is picked; whether it asked for anything."""
        word, shift = self.picker.word, Qt.KeyboardModifier.ShiftModifier in event.modifiers()
        if word is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.line_clicked if shift else self.word_clicked).emit(word)
        elif self.picker.step(self.sheets, event.key(), shift):
            self._bring_picked()
        else:
            return False
        return True

    def _bring_picked(self) -> None:
        """Scroll to the word that is picked, where it is not in sight."""
        word = self.picker.word
        number = next((n for n, one in enumerate(self.sheets) if word in one.words), None)
        if word is not None and number is not None:
            at = self._place(number).topLeft() + word.box.center() * self.scale
            if not QRectF(self.viewport().rect()).contains(at):
                off = at - QPointF(self.viewport().rect().center())
                self._scroll(off.x(), off.y())

    def _scroll(self, across: float, down: float) -> None:
        for bar, far in ((self.horizontalScrollBar(), across), (self.verticalScrollBar(), down)):
            bar.setValue(round(bar.value() + far))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        self._arrange()
