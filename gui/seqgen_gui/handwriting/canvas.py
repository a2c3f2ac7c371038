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
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy

from seqgen_gui.handwriting.desk import GAP, height_of, place_of
from seqgen_gui.handwriting.paper import Look, paint_paper, paint_picked, paint_sheet
from seqgen_gui.handwriting.pen import Pen
from seqgen_gui.handwriting.ink_pictures import InkPictures
from seqgen_gui.handwriting.sheet import Sheet, Word
from seqgen_gui.handwriting.stream import Stream

SCALES = (0.3, 60.0)  # pixels a mm
STEP = 1.2  # times, a step of the zoom


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
            "The letter. Click a word to draw it anew, with Shift its line. "
            "Plus and minus zoom, 0 shows the whole page."
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
        self._picked: Word | None = None
        self._whole_line = False
        self._ink = InkPictures(self.pen, self.stream)
        self._pen_sheet = 0
        self.pen.moved.connect(self._follow_pen)
        self.pen.arrived.connect(self._dry_off)

    def show_sheets(self, sheets: Sequence[Sheet], animate: bool = False) -> None:
        """Show a letter, written by a pen that moves, or as it is.

        A pen that writes the letter already, as it streams, goes on.
        """
        carries_on = animate and self.pen.writing
        same = bool(self.stream) and _counts(self.stream.sheets) == _counts(sheets)
        self.stream.clear()
        sizes = _sizes(self.sheets)
        self.sheets = tuple(sheets)
        self._pick(None)
        if not same:
            self._forget_pictures(renew=not animate)
        if sizes != _sizes(self.sheets):
            self._arrange()
        if not animate or not self.sheets:
            self.pen.stop()
        else:
            if not carries_on:
                self._pen_sheet = 0
            self.pen.write(self.sheets)
        self.viewport().update()

    def show_stream(self, news: Sequence[dict[str, Any]], animate: bool) -> None:
        """Show what is new of a letter that is being written, in place of the one that was."""
        if not self.stream and any(news):
            self.pen.stop()
            self._forget_pictures()
            if animate:
                self._pen_sheet = 0
                self.pen.begin()
        for data in news:
            for number, words in self.stream.add(data):
                self.pen.feed(number, words)
        if self.stream:
            sizes = _sizes(self.sheets)
            self.sheets = tuple(self.stream.sheets)
            if sizes != _sizes(self.sheets):
                self._arrange()
            self.viewport().update()

    def show_look(self, look: Look) -> None:
        """Take another pen, or show guides."""
        if look != self.look:
            self.look = look
            self._forget_pictures(renew=True)

    def show_busy(self, on: bool) -> None:
        """Take no clicks while ``on``."""
        self.busy = on
        self._pick(None)

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
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(round(across.value() + after.left() + x * self.scale - at.x()))
        down.setValue(round(down.value() + after.top() + y * self.scale - at.y()))

    def line_of(self, word: Word) -> list[Word]:
        """The words that stand on the line of a word."""
        sheet = next(sheet for sheet in self.sheets if word in sheet.words)
        return [one for one in sheet.words if one.line == word.line]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Mid))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = QRectF(event.rect())
        if not self.sheets:
            self._paint_hint(painter)
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
            self._paint_near(painter, sheet, place, seen)
        self._paint_picked(painter, sheet)
        painter.restore()

    def _paint_hint(self, painter: QPainter) -> None:
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        words = "The letter will be here.\nType a text on the left, then write it."
        painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_near(self, painter: QPainter, sheet: Sheet, place: QRectF, seen: QRectF) -> None:
        """A sheet too large for a picture: only what is in sight."""
        within = seen.translated(-place.topLeft())
        paint_sheet(
            painter,
            sheet,
            self.look,
            QRectF(within.topLeft() / self.scale, within.size() / self.scale),
        )

    def _paint_picked(self, painter: QPainter, sheet: Sheet) -> None:
        if self._picked is not None and self._picked in sheet.words:
            words = self.line_of(self._picked) if self._whole_line else [self._picked]
            paint_picked(painter, [word for word in words if word.count], self._whole_line)

    def _place(self, number: int) -> QRectF:
        """Where a sheet lies, in pixels of the viewport."""
        scroll = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        room = self.viewport().size()
        return place_of(self.sheets, number, self.scale, room).translated(-scroll)

    def _arrange(self) -> None:
        """Set zoom and scroll bars for the size of the window."""
        if not self.sheets:
            return
        room = self.maximumViewportSize()
        first = self.sheets[0]
        if self.fits:
            across = (room.width() - 2 * GAP) / first.width
            down = (room.height() - 2 * GAP) / first.height
            scale = min(max(min(across, down), SCALES[0]), SCALES[1])
            if scale != self.scale:
                self.scale = scale
                self._forget_pictures()
        size = self.viewport().size()
        width = max(sheet.width for sheet in self.sheets) * self.scale + 2 * GAP
        for bar, whole, page in (
            (self.horizontalScrollBar(), width, size.width()),
            (self.verticalScrollBar(), height_of(self.sheets, self.scale), size.height()),
        ):
            bar.setRange(0, max(round(whole - page), 0))
            bar.setPageStep(page)
            bar.setSingleStep(40)
        self.zoomed.emit(self.scale)
        self.viewport().update()

    def _forget_pictures(self, renew: bool = False) -> None:
        self._ink.forget(renew)
        self.viewport().update()

    def _dry_off(self) -> None:
        self._ink.dry_off(self.sheets, self.look)
        self.viewport().update()

    def _follow_pen(self) -> None:
        """Scroll to the sheet that the pen comes to, where the one before was in sight."""
        before, now = self._pen_sheet, self.pen.sheet
        if now != before and now < len(self.sheets):
            self._pen_sheet = now
            middle = QPointF(self.viewport().rect().center())
            if before < len(self.sheets) and self._place(before).contains(middle):
                bar = self.verticalScrollBar()
                bar.setValue(round(bar.value() + self._place(now).top() - GAP))
        self.viewport().update()

    def word_at(self, at: QPointF) -> Word | None:
        """The word at a place in pixels of the viewport."""
        for number, sheet in enumerate(self.sheets):
            place = self._place(number)
            if place.contains(at):
                return sheet.word_at((at - place.topLeft()) / self.scale)
        return None

    def _pick(self, word: Word | None, line: bool = False) -> None:
        if (word, line) != (self._picked, self._whole_line):
            self._picked, self._whole_line = word, line
            self.hovered.emit(word)
            shape = (
                Qt.CursorShape.ArrowCursor if word is None else Qt.CursorShape.PointingHandCursor
            )
            self.viewport().setCursor(shape)
            self.viewport().update()

    @property
    def _deaf(self) -> bool:
        return self.busy or self.pen.writing or bool(self.stream)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark what a click would draw anew."""
        word = None if self._deaf else self.word_at(event.position())
        self._pick(word, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

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
            self._pick(None)
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or with Ctrl zoom at the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(STEP ** (event.angleDelta().y() / 120), event.position())
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom by keys."""
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / STEP)
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        self._arrange()


def _sizes(sheets: Sequence[Sheet]) -> list[tuple[float, float]]:
    return [(sheet.width, sheet.height) for sheet in sheets]


def _counts(sheets: Sequence[Sheet]) -> list[int]:
    return [len(sheet.words) for sheet in sheets]
