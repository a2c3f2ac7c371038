"""A plot of curves over a training: looked at closely, read off."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from seqgen_gui.shell.colours import Colours
from seqgen_gui.train.axes import Axis
from seqgen_gui.train.legend import Row, paint_legend
from seqgen_gui.train.picture import Curve, Drawn, Picture

ZOOM = 1.25


class Plot(QWidget):
    """Draws curves: each batch pale, their running mean as a line, validations as dots.

    The wheel zooms along x, dragging moves, a double click shows all; so do +, -, the arrows
    and 0 on the keyboard, where the arrows move the line that is read off.
    """

    hovered = Signal(float)
    """The line that is read off is at this x; NaN for nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 190)
        self._curves: list[Curve] = []
        self._window, self._log = 1, False
        self._labels = ("", "")
        self._colours: Colours | None = None
        self._span: tuple[float, float] | None = None  # of x; None shows all
        self._kept: Drawn | None = None
        self._last = Drawn(QPixmap(), Axis(0.0, 1.0), Axis(0.0, 1.0), QRectF(0, 0, 1, 1))
        self._at = math.nan
        self._rows: list[Row] = []
        self._held: float | None = None

    def sizeHint(self) -> QSize:
        """A plot wants room."""
        return QSize(640, 400)

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """The axes x and y as they were last drawn."""
        return self._last.across, self._last.up

    def dress(self, colours: Colours) -> None:
        """Take on the colours of a theme."""
        self._colours = colours
        self._renew()

    def label(self, x: str, y: str) -> None:
        """Name the axes."""
        self._labels = x, y

    def fit(self) -> None:
        """Show all there is."""
        self._span = None
        self._renew()

    def show_curves(self, curves: Sequence[Curve], window: int, log: bool) -> None:
        """Draw curves with the mean of ``window`` batches, on a log axis or not."""
        self._curves, self._window, self._log = list(curves), window, log
        self._renew()

    def tell(self, rows: Sequence[Row]) -> None:
        """Show what curves say, by their colours, beside the line that is read off."""
        if list(rows) != self._rows:
            self._rows = list(rows)
            self.update()

    def zoom(self, factor: float, x: float) -> None:
        """Show more or less along x, ``x`` staying where it is."""
        low, high = self._whole()
        old = self._last.across
        left, right = x - (x - old.low) / factor, x + (old.high - x) / factor
        if right - left >= high - low:
            self._span = None
        else:
            self._span = max(left, low), min(right, high)
        self._renew()

    def _renew(self) -> None:
        self._kept = None
        self.update()

    def _whole(self) -> tuple[float, float]:
        columns = [column for c in self._curves for column in (c.x, c.dots_x) if column]
        return 0.0, max((column[-1] for column in columns), default=1.0) or 1.0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture that is kept, and the line that is read off."""
        if self._colours is None:
            return
        drawn = self._drawn(self._colours)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, drawn.pixmap)
        place = drawn.across.place(self._at)
        if 0 <= place <= 1:
            painter.setPen(QPen(QColor(self._colours.muted), 1, Qt.PenStyle.DashLine))
            x = drawn.area.left() + place * drawn.area.width()
            painter.drawLine(QPointF(x, drawn.area.top()), QPointF(x, drawn.area.bottom()))
            if self._rows:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint_legend(painter, drawn.area, x, self._rows, self._colours)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._colours.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _drawn(self, colours: Colours) -> Drawn:
        if self._kept is None:
            picture = Picture(
                curves=self._curves,
                window=self._window,
                log=self._log,
                labels=self._labels,
                across=Axis(*(self._span or self._whole())),
                size=self.size(),
                font=self.font(),
                colours=colours,
            )
            self._kept = picture.drawn(self.devicePixelRatioF())
            self._last = self._kept
        return self._kept

    def _value(self, x: float) -> float:
        return self._last.across.value(
            (x - self._last.area.left()) / max(1.0, self._last.area.width())
        )

    def _read_off(self, x: float) -> None:
        self._at = x
        self.hovered.emit(x)
        self.update()

    def _move(self, by: float) -> None:
        if self._span is not None:
            low, high = self._whole()
            left, right = self._span
            by = min(max(by, low - left), high - right)
            self._span = left + by, right + by
            self._renew()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        self._held = event.position().x()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        self._held = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read off what is under the pointer, or move what is held."""
        x = event.position().x()
        if self._held is not None:
            self._move(self._value(self._held) - self._value(x))
            self._held = x
        self._read_off(self._value(x))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all."""
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom along x."""
        turns = event.angleDelta().y() / 120
        self.zoom(ZOOM**turns, self._value(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, show all, move the line that is read off."""
        across = self._last.across
        at = self._at if across.low <= self._at <= across.high else across.high
        step = (across.high - across.low) / 100
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(ZOOM, at)
            case Qt.Key.Key_Minus:
                self.zoom(1 / ZOOM, at)
            case Qt.Key.Key_0 | Qt.Key.Key_Home:
                self.fit()
            case Qt.Key.Key_Left:
                self._read_off(max(at - step, across.low))
            case Qt.Key.Key_Right:
                self._read_off(min(at + step, across.high))
            case _:
                super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is read off any more."""
        self._read_off(math.nan)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        self._renew()


def nearest(column: array[float], value: float) -> int:
    """The index of the entry of a rising column that is nearest; -1 where it is empty."""
    after = bisect_left(column, value)
    near = [index for index in (after - 1, after) if 0 <= index < len(column)]
    return min(near, key=lambda index: abs(column[index] - value), default=-1)
