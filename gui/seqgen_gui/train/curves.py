"""The curves of runs: what is measured, over what, how smooth."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.shell.controls import muted
from seqgen_gui.shell.theme import Theme
from seqgen_gui.train.colours import run_colour
from seqgen_gui.train.legend import Row
from seqgen_gui.train.log import Log
from seqgen_gui.train.picture import Curve
from seqgen_gui.train.plot import Plot, nearest

WINDOWS = (1, 5, 10, 25, 50, 100, 250)


@dataclass(frozen=True)
class Measure:
    """A thing that is plotted: a column of the log; ``validated`` where validations have it."""

    title: str
    column: str
    unit: str
    validated: bool = False
    log: bool = False


MEASURES = (
    Measure("Loss", "loss", "Loss, nats a step", validated=True),
    Measure("Accuracy", "accuracy", "Guessed right, %", validated=True),
    Measure("Learning rate", "rate", "Learning rate"),
    Measure("Gradient norm", "norm", "Gradient norm", log=True),
    Measure("Speed", "speed", "Steps a second"),
)
AXES = (("Updates", "update"), ("Minutes", "minutes"))


class Curves(QWidget):
    """Plots one measure of one run or of several."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: list[tuple[str, Log]] = []
        self._at = math.nan
        self.measures = QTabBar(drawBase=False)
        self.measures.setAccessibleName("What is plotted")
        for measure in MEASURES:
            self.measures.addTab(measure.title)
        self.measures.setMinimumWidth(160)
        self.measures.setExpanding(False)
        self.log = QCheckBox("Log axis")
        self.log.setToolTip("Each step up is ten times as much. Values of 0 or less are left out.")
        self.axis = QComboBox()
        self.axis.setAccessibleName("Plotted over")
        self.axis.addItems([f"Over {title.lower()}" for title, _ in AXES])
        self.smooth = QSlider(Qt.Orientation.Horizontal)
        self.smooth.setRange(0, len(WINDOWS) - 1)
        self.smooth.setAccessibleName("Smoothing, in batches")
        self.smooth.setFixedWidth(70)
        self.smooth.setValue(3)
        self._window = QLabel()
        self.plot = Plot()
        self._readout = muted(" ")
        self._lay_out()
        self.measures.currentChanged.connect(self._measure_changed)
        for changed in (self.log.toggled, self.axis.currentIndexChanged, self.smooth.valueChanged):
            changed.connect(self.draw)
        self.plot.hovered.connect(self._hover)
        theme.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.log)
        bottom.addStretch(1)
        label = QLabel("Smoothing")
        label.setBuddy(self.smooth)
        for widget in (label, self.smooth, self._window, self.axis):
            bottom.addWidget(widget)
        widest = self._window.fontMetrics().horizontalAdvance("250 batches")
        self._window.setMinimumWidth(widest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.measures)
        column.addWidget(self.plot, 1)
        column.addWidget(self._readout)
        column.addLayout(bottom)

    @property
    def measure(self) -> Measure:
        """What is plotted."""
        return MEASURES[self.measures.currentIndex()]

    def show_logs(self, logs: Sequence[tuple[str, Log]]) -> None:
        """Plot the logs of runs, by title; the first is the one that is talked of."""
        anew = [log for _, log in logs] != [log for _, log in self._shown]
        self._shown = list(logs)
        if anew:
            self._at = math.nan
            self.plot.fit()
        self.draw()

    def draw(self) -> None:
        """Draw again what the logs hold now."""
        measure = self.measure
        title, x = AXES[self.axis.currentIndex()]
        window = WINDOWS[self.smooth.value()]
        self._window.setText("off" if window == 1 else f"{window} batches")
        curves = []
        for number, (_, log) in enumerate(self._shown):
            curves.append(
                Curve(
                    colour=run_colour(number, self._theme.colours),
                    x=getattr(log.train, x),
                    y=getattr(log.train, measure.column),
                    dots_x=getattr(log.valid, x),
                    dots=getattr(log.valid, measure.column) if measure.validated else None,
                )
            )
        self.plot.label(title, measure.unit)
        self.plot.show_curves(curves, window, self.log.isChecked())
        self._describe()

    def _measure_changed(self) -> None:
        self.log.setChecked(self.measure.log)
        self.plot.fit()
        self.draw()

    def _hover(self, x: float) -> None:
        self._at = x
        self._describe()

    def _describe(self) -> None:
        """Say in words what is under the pointer, or else how to read the picture."""
        measure, axis = self.measure, AXES[self.axis.currentIndex()][1]
        words = "Pale: each batch. Line: their running mean."
        if measure.validated:
            words += " Dots: validation."
        rows: list[Row] = []
        if self._at == self._at and self._shown:
            told = _values(self._shown[0][1], measure, axis, self._at)
            words = f"{measure.unit}: {told}" if told else words
            if len(self._shown) > 1:
                rows = list(self._rows(measure, axis))
        self.plot.tell(rows)
        self._readout.setText(words)
        self.plot.setAccessibleName(f"Plot of {measure.title.lower()}")
        told = "; ".join(text for _, text in rows)
        self.plot.setAccessibleDescription(f"{words}. {told}" if told else words)

    def _rows(self, measure: Measure, axis: str) -> Iterator[Row]:
        for number, (title, log) in enumerate(self._shown):
            told = _values(log, measure, axis, self._at, with_update=False)
            if told:
                yield run_colour(number, self._theme.colours), f"{title}: {told}"

    def _dress(self) -> None:
        self.plot.dress(self._theme.colours)
        self.draw()


def _values(log: Log, measure: Measure, axis: str, x: float, with_update: bool = True) -> str:
    """What was measured nearest to a place on the x axis."""
    told = []
    for columns, name in ((log.train, "batch"), (log.valid, "validation")):
        index = nearest(getattr(columns, axis), x)
        if index < 0 or (columns is log.valid and not measure.validated):
            continue
        value = getattr(columns, measure.column)[index]
        place = f" at update {columns.update[index]:,.0f}" if with_update else ""
        told.append(f"{name} {value:.4g}{place}")
    return ", ".join(told)
