"""Small pictures: bars of lengths, the notes of a piece, a line of ink, a page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from seqgen.data_reports import Lengths

EDGE = 6  # logical pixels around what is drawn
Note = tuple[int, int, int]


class Bars(QWidget):
    """How many pieces or lines there are of each length."""

    def __init__(self, lengths: Lengths, what: str) -> None:
        super().__init__()
        self._lengths, self._what = lengths, what
        self.setMinimumHeight(110)
        most = f"{lengths.edges[-1]:,.0f} {lengths.unit}"
        self.setAccessibleName(f"Lengths, from 0 to {most}")
        self.setToolTip(f"How many there are of each length, from 0 to {most}")

    def sizeHint(self) -> QSize:
        """Room for the bars and a line of text."""
        return QSize(320, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars over a line with its ends named."""
        painter = QPainter(self)
        palette, metrics = self.palette(), self.fontMetrics()
        counts, floor = self._lengths.counts, self.height() - metrics.height() - 4
        top = metrics.height() + 2
        width = self.width() / len(counts)
        highest = max(*counts, 1)
        for number, count in enumerate(counts):
            height = (floor - top) * count / highest
            if count:
                bar = QRectF(number * width + 1, floor - max(height, 2), width - 2, max(height, 2))
                painter.fillRect(bar, palette.highlight())
        painter.setPen(palette.dark().color())
        painter.drawLine(0, floor, self.width(), floor)
        painter.setPen(palette.placeholderText().color())
        below = QRectF(0, floor + 2, self.width(), metrics.height())
        last = f"{self._lengths.edges[-1]:,.0f} {self._lengths.unit}"
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, last)
        painter.drawText(0, metrics.ascent(), f"Highest bar: {highest:,} {self._what}")


class MiniRoll(QWidget):
    """The notes of a piece, as a roll that cannot be scrolled."""

    def __init__(self, notes: Sequence[Note], height: int = 56) -> None:
        super().__init__()
        self._notes, self._place = notes, 0.0
        self.setMinimumHeight(height)
        self.setAccessibleName(f"{len(notes)} notes")

    def show_place(self, share: float) -> None:
        """Mark the place that is heard, as a share of the whole; 0 for none."""
        self._place = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the notes on the colour of a page."""
        painter, palette = QPainter(self), self.palette()
        painter.fillRect(self.rect(), palette.base())
        if not self._notes:
            return
        begin, end = min(n[0] for n in self._notes), max(n[1] for n in self._notes)
        low, high = min(n[2] for n in self._notes), max(n[2] for n in self._notes)
        wide = (self.width() - 2 * EDGE) / max(1, end - begin)
        tall = (self.height() - 2 * EDGE) / (high - low + 1)
        for start, stop, pitch in self._notes:
            left, top = EDGE + (start - begin) * wide, EDGE + (high - pitch) * tall
            size = max(1.5, (stop - start) * wide - 0.5), max(1.5, tall - 0.5)
            painter.fillRect(QRectF(left, top, *size), palette.highlight())
        if 0 < self._place < 1:
            x = EDGE + self._place * (self.width() - 2 * EDGE)
            painter.setPen(palette.text().color())
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))


class InkView(QWidget):
    """A line of ink, as large as there is room."""

    def __init__(self, strokes: Sequence[Sequence[tuple[float, float]]], text: str) -> None:
        super().__init__()
        self._lines = [QPolygonF([QPointF(x, y) for x, y in stroke]) for stroke in strokes]
        self.setMinimumHeight(56)
        self.setAccessibleName(f"Handwriting: {text}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strokes on the colour of a page."""
        painter, palette = QPainter(self), self.palette()
        painter.fillRect(self.rect(), palette.base())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF()
        for line in self._lines:
            box = box.united(line.boundingRect())
        room = QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        scale = min(room.width() / max(box.width(), 1e-9), room.height() / max(box.height(), 1e-9))
        painter.translate(room.left(), room.center().y() - box.center().y() * scale)
        painter.scale(scale, scale)
        painter.translate(-box.left(), 0)
        pen = QPen(palette.text().color(), 1.3)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for line in self._lines:
            painter.drawPolyline(line)


class PageView(QWidget):
    """A page of SVG on paper, which is white in every theme."""

    def __init__(self, path: str, name: str) -> None:
        super().__init__()
        self._page = QSvgRenderer(path, self)
        self.setMinimumHeight(80)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page as large as there is room."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self._page.viewBoxF().size()
        size.scale(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        paper = QRectF(QPointF(), size)
        paper.moveCenter(QRectF(self.rect()).center())
        painter.fillRect(paper, Qt.GlobalColor.white)
        self._page.render(painter, paper)
