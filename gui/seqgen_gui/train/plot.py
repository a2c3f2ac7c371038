"""A plot of curves over a training, by pyqtgraph, which nothing else imports."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seqgen_gui.shell.colours import Colours
from seqgen_gui.train.colours import pale

Floats = NDArray[np.float64]
DOT = 7  # pixels


@dataclass(frozen=True, eq=False)
class Curve:
    """A run's batches at ``x`` and its validations at ``dots_x``; ``dots`` may be empty."""

    name: str
    colour: QColor
    x: array[float]
    y: array[float]
    dots_x: array[float]
    dots: array[float]


class Plot(QWidget):
    """Draws curves: each batch pale, their running mean as a line, validations as dots."""

    hovered = Signal(float)
    """The pointer is at this place on the x axis."""

    def __init__(self) -> None:
        super().__init__()
        self._widget = pyqtgraph.PlotWidget(background=None)
        self._widget.setMenuEnabled(False)
        self._widget.hideButtons()
        self._items = self._widget.getPlotItem()
        self._items.setDownsampling(auto=True, mode="peak")
        self._items.setClipToView(True)
        self._items.scene().sigMouseMoved.connect(self._point)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._widget)
        self._lines: list[tuple[pyqtgraph.PlotDataItem, ...]] = []
        self._log = False

    def dress(self, colours: Colours) -> None:
        """Take on the colours of a theme."""
        self._widget.setBackground(colours.base)
        for side in ("left", "bottom"):
            axis = self._items.getAxis(side)
            axis.setPen(colours.edge)
            axis.setTextPen(colours.muted)
            axis.setGrid(40)

    def label(self, x: str, y: str) -> None:
        """Name the axes."""
        self._items.setLabel("bottom", x)
        self._items.setLabel("left", y)

    def fit(self) -> None:
        """Show all there is."""
        self._items.enableAutoRange()

    def show_curves(self, curves: Sequence[Curve], window: int, log: bool) -> None:
        """Draw curves with the mean of ``window`` batches, on a log axis or not."""
        if log != self._log:
            self._log = log
            self._items.setLogMode(y=log)
        while len(self._lines) < len(curves):
            self._lines.append(tuple(self._items.plot(connect="finite") for _ in range(3)))
        for lines, curve in zip(self._lines, curves, strict=False):
            self._draw(lines, curve, window)
        for lines in self._lines[len(curves) :]:
            for line in lines:
                line.setData([], [])

    def _draw(self, lines: tuple[pyqtgraph.PlotDataItem, ...], curve: Curve, window: int) -> None:
        thin, smooth, dots = lines
        x, y = _numbers(curve.x), self._shown(_numbers(curve.y))
        faint = pale(curve.colour) if window > 1 else curve.colour
        thin.setData(x, y, pen=pyqtgraph.mkPen(faint, width=1))
        mean = self._shown(running_mean(_numbers(curve.y), window))
        line = pyqtgraph.mkPen(curve.colour, width=1)
        smooth.setData(x, mean if window > 1 else np.full_like(x, np.nan), pen=line)
        dots.setData(
            _numbers(curve.dots_x),
            self._shown(_numbers(curve.dots)),
            pen=line,
            symbol="o",
            symbolSize=DOT,
            symbolBrush=curve.colour,
            symbolPen=None,
        )

    def _shown(self, values: Floats) -> Floats:
        """Values that the axis has a place for; the others are gaps."""
        bad = ~np.isfinite(values)
        if self._log:
            bad |= values <= 0
        return np.where(bad, np.nan, values)

    def _point(self, place: QPointF) -> None:
        view = self._items.vb
        if view.sceneBoundingRect().contains(place):
            self.hovered.emit(view.mapSceneToView(place).x())


def nearest(column: array[float], value: float) -> int:
    """The index of the entry of a rising column that is nearest; -1 where it is empty."""
    after = bisect_left(column, value)
    near = [index for index in (after - 1, after) if 0 <= index < len(column)]
    return min(near, key=lambda index: abs(column[index] - value), default=-1)


def running_mean(values: Floats, window: int) -> Floats:
    """The mean of each value and those before it, ``window`` in all; fewer at the beginning."""
    known = np.where(np.isfinite(values), values, 0.0)
    sums = np.concatenate([[0.0], np.cumsum(known)])
    last = np.arange(1, len(values) + 1)
    first = np.maximum(last - window, 0)
    mean: Floats = (sums[last] - sums[first]) / (last - first)
    return mean


def _numbers(column: array[float]) -> Floats:
    """A copy, since a column that numpy looks at cannot grow."""
    return np.array(column, dtype=np.float64)
