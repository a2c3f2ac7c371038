"""The numbers of a run as they are now."""

from __future__ import annotations

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
COLUMNS = 5


class Facts(QWidget):
    """A grid of names and values."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        self.values: dict[str, QLabel] = {}
        for number, (name, help_text) in enumerate(NAMES):
            row, column = divmod(number, COLUMNS)
            title, value = QLabel(name), QLabel("-")
            title.setProperty("muted", True)
            title.setToolTip(help_text)
            value.setToolTip(help_text)
            value.setAccessibleName(name)
            grid.addWidget(title, 2 * row, column)
            grid.addWidget(value, 2 * row + 1, column)
            grid.setColumnStretch(column, 1)
            self.values[name] = value

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
