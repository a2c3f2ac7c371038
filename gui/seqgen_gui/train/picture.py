"""The picture of a plot: axes, and curves drawn as finely as there are pixels."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF

from seqgen_gui.shell.colours import Colours
from seqgen_gui.train.axes import Axis, fitting
from seqgen_gui.train.colours import pale
from seqgen_gui.train.series import Series

EDGE, DOT, SMALL_DOT, LINE = 10, 3.5, 2.2, 1.6  # logical pixels: around it; radii; width
FINE = 3  # curves that are drawn as finely as there are pixels; more are drawn more coarsely
_Align = Qt.AlignmentFlag


@dataclass(frozen=True, eq=False)
class Curve:
    """A run's batches at ``x`` and its validations at ``dots_x``; ``dots`` is None for none."""

    colour: QColor
    x: array[float]
    y: Series
    dots_x: array[float]
    dots: Series | None


@dataclass(frozen=True, eq=False)
class Picture:
    """What is to be drawn: curves with the mean of ``window`` batches, over ``across``.

    ``labels`` name the axes x and y; ``log`` is that of the axis y, which fits what is in sight.
    """

    curves: Sequence[Curve]
    window: int
    log: bool
    labels: tuple[str, str]
    across: Axis
    size: QSize
    font: QFont
    colours: Colours

    def drawn(self, ratio: float) -> Drawn:
        """Draw it, ``ratio`` dots to a pixel."""
        pixmap = QPixmap(self.size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(self.colours.base))
        up, metrics = self._up(), QFontMetrics(self.font)
        line = metrics.height()
        area = QRectF(0, 0, self.size.width(), self.size.height())
        area.adjust(line + 14, EDGE, -2 * EDGE, -2 * line - 10)
        texts = [text for _, text in up.ticks(_count(area, line))]
        area.setLeft(area.left() + max(map(metrics.horizontalAdvance, texts), default=0))
        painter = QPainter(pixmap)
        painter.setFont(self.font)
        made = Drawn(pixmap, self.across, up, area)
        self._draw_axes(painter, made, line)
        painter.setClipRect(area)
        for curve in reversed(self.curves):
            self._draw_curve(painter, made, curve)
        painter.end()
        return made

    def _up(self) -> Axis:
        values = [value for curve in self.curves for value in self._reach(curve)]
        if self.log:
            values = [value for value in values if value > 0]
        return fitting(min(values, default=math.nan), max(values, default=math.nan), self.log)

    def _reach(self, curve: Curve) -> Iterator[float]:
        """The values that are to have a place on the axis y."""
        first, last = within(curve.x, self.across)
        for _, _, low, high in curve.y.buckets(first, last, self.size.width()):
            if low == low:
                yield low
                yield high
        if curve.dots is not None:
            first, last = within(curve.dots_x, self.across)
            yield from (v for v in (curve.dots[i] for i in range(first, last)) if v == v)

    def _draw_axes(self, painter: QPainter, made: Drawn, line: int) -> None:
        area, across, up = made.area, made.across, made.up
        grid, words = QColor(self.colours.border), QColor(self.colours.muted)
        grid.setAlpha(130)
        for value, text in up.ticks(_count(area, line)):
            y = round(area.bottom() - up.place(value) * area.height())
            painter.setPen(grid)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(words)
            box = QRectF(0, y - line / 2, area.left() - 6, line)
            painter.drawText(box, _Align.AlignRight | _Align.AlignVCenter, text)
        for value, text in across.ticks(max(2, int(area.width() / (7 * line)))):
            x = round(area.left() + across.place(value) * area.width())
            painter.setPen(grid)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(words)
            wide = painter.fontMetrics().horizontalAdvance(text) + 2
            left = min(x - wide / 2, self.size.width() - wide)
            box = QRectF(left, area.bottom() + 3, wide, line)
            painter.drawText(box, _Align.AlignHCenter, text)
        painter.setPen(QColor(self.colours.edge))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topLeft(), area.bottomLeft())
        painter.setPen(words)
        below = QRectF(area.left(), area.bottom() + line + 4, area.width(), line)
        painter.drawText(below, _Align.AlignHCenter, self.labels[0])
        painter.save()
        painter.translate(4, area.center().y())
        painter.rotate(-90)
        beside = QRectF(-area.height() / 2, 0, area.height(), line)
        painter.drawText(beside, _Align.AlignHCenter, self.labels[1])
        painter.restore()

    def _draw_curve(self, painter: QPainter, made: Drawn, curve: Curve) -> None:
        first, last = within(curve.x, self.across)
        thin: list[tuple[float, float]] = []
        mean: list[tuple[float, float]] = []
        room = round(made.area.width() * min(1.0, FINE / len(self.curves)))
        for _, end, low, high in curve.y.buckets(first, last, room):
            x = curve.x[end - 1]
            thin += [(x, low)] if low == high else [(x, low), (x, high)]
            mean.append((x, curve.y.mean(end - 1, self.window)))
        smooth = self.window > 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not smooth)
        if not smooth:
            _draw_line(painter, made, thin, curve.colour)
        elif curve is self.curves[0]:  # those of more runs would hide each other
            _draw_line(painter, made, thin, pale(curve.colour))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if smooth:
            _draw_line(painter, made, mean, curve.colour, LINE)
        if curve.dots is not None:
            self._draw_dots(painter, made, curve, curve.dots)

    def _draw_dots(self, painter: QPainter, made: Drawn, curve: Curve, values: Series) -> None:
        radius = DOT if curve is self.curves[0] else SMALL_DOT
        first, last = within(curve.dots_x, self.across)
        step = -(-(last - first) // max(1, int(made.area.width() / (2 * DOT))))
        dots = [(curve.dots_x[i], values[i]) for i in range(first, last, max(1, step))]
        _draw_line(painter, made, dots, curve.colour)
        painter.setBrush(curve.colour)
        painter.setPen(Qt.PenStyle.NoPen)
        for part in made.parts(dots):
            for point in part:
                painter.drawEllipse(point, radius, radius)


@dataclass(frozen=True, eq=False)
class Drawn:
    """A picture with its axes and the area that is theirs."""

    pixmap: QPixmap
    across: Axis
    up: Axis
    area: QRectF

    def parts(self, points: Sequence[tuple[float, float]]) -> Iterator[list[QPointF]]:
        """Points of the picture, in parts between those that have no place."""
        wide = self.area.width() / (self.across.high - self.across.low)
        left, bottom = self.area.left() - self.across.low * wide, self.area.bottom()
        place, tall = self.up.place, self.area.height()
        part: list[QPointF] = []
        for x, y in points:
            up = place(y)
            if up == up:
                part.append(QPointF(left + x * wide, bottom - up * tall))
            elif part:
                yield part
                part = []
        if part:
            yield part


def within(column: array[float], axis: Axis) -> tuple[int, int]:
    """The part of a rising column that is in sight, with a neighbour at both ends."""
    first, last = bisect_left(column, axis.low), bisect_right(column, axis.high)
    return max(0, first - 1), min(len(column), last + 1)


def _count(area: QRectF, line: int) -> int:
    """How many ticks there is room for beside an area, a line of text being so high."""
    return max(2, int(area.height() / (3 * line)))


def _draw_line(
    painter: QPainter,
    made: Drawn,
    points: Sequence[tuple[float, float]],
    colour: QColor,
    width: float = 1.0,
) -> None:
    painter.setPen(QPen(colour, width))
    for part in made.parts(points):
        painter.drawPolyline(QPolygonF(part))
