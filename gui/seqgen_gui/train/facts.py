"""The numbers of a run as they are now."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from seqgen_gui.train.log import Log

NAMES = (
    ("Loss", "Nats a step of the last batch: how much the model was surprised. Less is better."),
    ("Validation loss", "The same on what is not learned from. Where it rises, stop."),
    ("Best", "The least validation loss so far. The model of that moment is kept."),
    ("Guessed right", "The share of notes' or points' parts whose likeliest value was the right."),
    ("Learning rate", "How far each update moves the weights."),
    ("Gradient norm", "How strongly the last batch pulled at the weights."),
    ("Steps a second", "How many notes or points are learned from each second."),
    ("Time so far", "Of all parts of the run."),
    ("Time left", "An estimate."),
)
LEAST_COLUMNS, MOST_COLUMNS = 3, 5
COLUMN = 26
"""A column wants the width of so many letters."""


class Facts(QWidget):
    """A grid of names and values."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(2)
        self._columns = 0
        self.values: dict[str, QLabel] = {}
        self._titles: dict[str, QLabel] = {}
        for name, help_text in NAMES:
            title, value = QLabel(name), QLabel("-")
            title.setProperty("muted", True)
            title.setToolTip(help_text)
            value.setToolTip(help_text)
            value.setAccessibleName(name)
            self._titles[name], self.values[name] = title, value
        self._arrange(MOST_COLUMNS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use as many columns as there is room for."""
        room = event.size().width() // (COLUMN * self.fontMetrics().averageCharWidth())
        self._arrange(max(LEAST_COLUMNS, min(room, MOST_COLUMNS)))

    def minimumSizeHint(self) -> QSize:
        """The width of the fewest columns; the height follows from the columns at hand."""
        letter = self.fontMetrics().averageCharWidth()
        return QSize(LEAST_COLUMNS * COLUMN * letter, super().minimumSizeHint().height())

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for number, name in enumerate(self.values):
            row, column = divmod(number, columns)
            self._grid.addWidget(self._titles[name], 2 * row, column)
            self._grid.addWidget(self.values[name], 2 * row + 1, column)
        for column in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column, int(column < columns))
        self._columns = columns

    def show_log(self, log: Log, running: bool) -> None:
        """Show the last of a log."""
        told = dict.fromkeys(self.values, "-")
        last, valid = log.last, log.last_valid
        if len(log.train):
            columns = log.train
            told["Loss"] = f"{columns.loss[-1]:.3f}"
            told["Guessed right"] = f"{columns.accuracy[-1]:.1f} %"
            told["Learning rate"] = f"{columns.rate[-1]:.2e}"
            told["Gradient norm"] = f"{columns.norm[-1]:.3g}"
            told["Steps a second"] = f"{columns.speed[-1]:,.0f}"
        if valid is not None:
            told["Validation loss"] = f"{valid.loss:.3f}"
            told["Guessed right"] += f", validation {valid.right:.1f} %"
            told["Best"] = f"{log.best:.3f} at update {log.best_update:,}"
        if last is not None:
            told["Time so far"] = duration(last.seconds)
            told["Time left"] = duration(last.eta) if running else "-"
        for name, text in told.items():
            self.values[name].setText(text)


def duration(seconds: float) -> str:
    """Seconds for people: 42 s, 7 min, 2.5 h."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
