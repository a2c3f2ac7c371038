"""The list of runs: how each stands, and which of them are compared."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from seqgen_gui.shell.theme import Theme
from seqgen_gui.train.colours import run_colour
from seqgen_gui.train.run import Run, Standing, State

SWATCH = 12  # logical pixels
WORDS = {
    State.RUNNING: "Running",
    State.PAUSING: "Pausing",
    State.STOPPING: "Stopping",
    State.PAUSED: "Paused",
    State.STOPPED: "Stopped",
    State.FINISHED: "Finished",
    State.CRASHED: "Crashed",
    State.INTERRUPTED: "Interrupted",
}
EMPTY = "No runs yet. A training that is started shows here, until it is deleted."
EMPTY_FLAGS = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_ROW = Qt.ItemDataRole.UserRole


class RunList(QListWidget):
    """Runs by title and state. The current one is shown, the ticked ones beside it."""

    chosen = Signal(object)
    """The Run that is current now, None for none."""
    compared = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._runs: list[Run] = []
        self.setAccessibleName("Runs")
        self.setAccessibleDescription("Ticked runs are plotted beside the chosen one")
        self.setIconSize(QSize(SWATCH, SWATCH))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._mark)
        self.currentRowChanged.connect(lambda _: self.chosen.emit(self.current))
        self.itemChanged.connect(lambda _: self.compared.emit())

    @property
    def current(self) -> Run | None:
        """The chosen run."""
        row = self.currentRow()
        return self._runs[row] if 0 <= row < len(self._runs) else None

    def _mark(self, item: QListWidgetItem | None) -> None:
        """Mark what is shown, also where the focus alone made it current."""
        if item is not None:
            item.setSelected(True)

    @property
    def ticked(self) -> list[Run]:
        """The runs to compare the chosen one with."""
        rows = (row for row in range(self.count()))
        current = self.current
        return [
            self._runs[row]
            for row in rows
            if self.item(row).checkState() is Qt.CheckState.Checked
            and self._runs[row] is not current
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what will be here while there is nothing."""
        super().paintEvent(event)
        if not self._runs:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            room = self.viewport().rect().adjusted(12, 12, -12, -12)
            painter.drawText(room, EMPTY_FLAGS, EMPTY)

    def show_runs(self, runs: Sequence[Run], current: Run | None) -> None:
        """Show other runs; ``current`` is chosen if it is among them."""
        ticked = {run.folder for run in self.ticked}
        self.blockSignals(True)
        self.clear()
        self._runs = list(runs)
        for row, run in enumerate(runs):
            item = QListWidgetItem(run.record.title)
            item.setData(_ROW, row)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            tick = Qt.CheckState.Checked if run.folder in ticked else Qt.CheckState.Unchecked
            item.setCheckState(tick)
            item.setToolTip(f"{run.folder}\nTick to plot it beside the chosen run")
            self.addItem(item)
        if current in self._runs:
            self.setCurrentRow(self._runs.index(current))
        self.blockSignals(False)

    def show_standings(self, standings: Sequence[Standing], plotted: Sequence[Run]) -> None:
        """Say how the runs stand, and mark the plotted ones by the colours of their curves."""
        self.blockSignals(True)
        for row, (run, standing) in enumerate(zip(self._runs, standings, strict=True)):
            item = self.item(row)
            text = f"{run.record.title}\n{WORDS[standing.state]}"
            if item.text() != text:
                item.setText(text)
            item.setIcon(self._swatch(plotted.index(run) if run in plotted else None))
        self.blockSignals(False)

    def _swatch(self, number: int | None) -> QIcon:
        pixmap = QPixmap(SWATCH, SWATCH)
        pixmap.fill(Qt.GlobalColor.transparent)
        if number is None:
            return QIcon(pixmap)
        colours = self._theme.colours
        pixmap.fill(run_colour(number, colours))
        framed = QPixmap(SWATCH, SWATCH)
        framed.fill(QColor(colours.on_accent))
        painter = QPainter(framed)
        painter.fillRect(framed.rect().adjusted(2, 2, -2, -2), run_colour(number, colours))
        painter.end()
        icon = QIcon(pixmap)
        icon.addPixmap(framed, QIcon.Mode.Selected)
        return icon
