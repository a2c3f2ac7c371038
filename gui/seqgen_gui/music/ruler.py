"""The bar ruler above a roll: click a bar to continue from it, drag to choose a loop."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QApplication, QWidget

from seqgen_gui.music.colours import RollColours, colours_of
from seqgen_gui.music.paint import bar_step
from seqgen_gui.music.sheet import Sheet, empty_sheet
from seqgen_gui.music.view import View

HEIGHT = 28
NUMBER_WIDTH = 44  # pixels that a bar number gets at least
_TIP = "Click a bar to continue the music from it; drag over bars to loop them."


class Ruler(QWidget):
    """Draws bar numbers; tells the bar that was clicked and the bars that were dragged over."""

    bar_clicked = Signal(int)
    bars_dragged = Signal(int, int)

    def __init__(self, view: View, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.sheet: Sheet = empty_sheet()
        self.chosen: int | None = None
        self.loop: tuple[int, int] | None = None  # ticks
        self.new: tuple[int, int] | None = None  # ticks
        self._pressed: QPoint | None = None
        self.setAccessibleName("Bars")
        self.setToolTip(_TIP)

    def sizeHint(self) -> QSize:
        """A fixed height."""
        return QSize(100, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the loop, the time of the ghost, bar numbers and the mark of the chosen bar."""
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(event.rect(), colours.panel)
        if self.new is not None:
            self._band(painter, self.new, QRect(0, HEIGHT - 4, 0, 3), colours)
        if self.loop is not None:
            self._band(painter, self.loop, QRect(0, 2, 0, 5), colours)
        self._numbers(painter, colours)
        if self.chosen is not None:
            self._mark(painter, self.chosen, colours)
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, colours.bar_line)
        painter.end()

    def _band(
        self, painter: QPainter, ticks: tuple[int, int], box: QRect, colours: RollColours
    ) -> None:
        left, right = (self._view.x(tick) for tick in ticks)
        painter.fillRect(QRect(left, box.y(), right - left, box.height()), colours.accent)

    def _numbers(self, painter: QPainter, colours: RollColours) -> None:
        view, meters = self._view, self.sheet.meters
        step = bar_step(view, self.sheet, view.tick(0), NUMBER_WIDTH)
        first = view.tick(-NUMBER_WIDTH)
        for bar, tick in meters.lines(first, view.tick(self.width()), step):
            x = view.x(tick)
            painter.fillRect(x, HEIGHT // 2, 1, HEIGHT // 2, colours.bar_line)
            painter.setPen(colours.text if bar == self.chosen else colours.faint_text)
            painter.drawText(
                QRect(x + 5, 4, 80, HEIGHT - 8), Qt.AlignmentFlag.AlignVCenter, f"{bar}"
            )

    def _mark(self, painter: QPainter, bar: int, colours: RollColours) -> None:
        x = self._view.x(self.sheet.meters.line(bar))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent)
        corners = [QPoint(x - 6, HEIGHT - 12), QPoint(x + 6, HEIGHT - 12), QPoint(x, HEIGHT - 2)]
        painter.drawPolygon(QPolygon(corners))

    def _bar(self, x: float) -> int:
        return self.sheet.meters.bar_at(self._view.tick(x))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click or drag begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the bars dragged over so far."""
        if self._pressed is not None and self._dragged(event):
            bars = sorted((self._bar(self._pressed.x()), self._bar(event.position().x())))
            self.bars_dragged.emit(*bars)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell the bar of a click."""
        if self._pressed is not None and not self._dragged(event):
            self.bar_clicked.emit(self._bar(event.position().x()))
        self._pressed = None

    def _dragged(self, event: QMouseEvent) -> bool:
        if self._pressed is None:
            return False
        way = abs(event.position().x() - self._pressed.x())
        return way >= QApplication.startDragDistance()
