"""A run: how it stands, its curves and numbers, its samples, what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QSplitter, QVBoxLayout, QWidget

from seqgen_gui.shell.context import Context
from seqgen_gui.shell.controls import heading, muted
from seqgen_gui.train.curves import Curves
from seqgen_gui.train.facts import Facts, duration
from seqgen_gui.train.log import Log
from seqgen_gui.train.run import UNDER_WAY, Run, Standing, State
from seqgen_gui.train.run_buttons import RunButtons, can_resume
from seqgen_gui.train.samples import Samples

EDGE = 16  # logical pixels
NARROW = 135
"""Of so many letters' width there is no room for samples beside the curves."""
REASONS = {
    "finished": "all updates are done",
    "minutes": "the time is over",
    "early stop": "it has stopped learning",
}
ENDED = {
    State.PAUSED: "Paused",
    State.STOPPED: "Stopped",
    State.INTERRUPTED: "Interrupted",
}
ENDING = {
    State.PAUSING: "Pausing: it saves at the end of the batch.",
    State.STOPPING: "Stopping: it measures what it has learned, and keeps the best.",
}
UNKNOWN_DATA = (
    "What it learned from is not noted in its folder: go on with it on the command line, by "
    "seqgen train and --resume."
)


class RunView(QWidget):
    """Shows a run beside those that it is compared with."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._run: Run | None = None
        self.title = heading("")
        self.state = muted("")
        self.bar = QProgressBar(maximum=1000, textVisible=False)
        self.bar.setAccessibleName("How far the training is")
        self.bar.setFixedHeight(6)
        self.buttons = RunButtons()
        self.curves = Curves(context.theme)
        self.facts = Facts()
        self.samples = Samples(context)
        self._lay_out(context)

    def _lay_out(self, context: Context) -> None:
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.title.setWordWrap(True)
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.buttons)
        self._learning = QWidget()
        left = QVBoxLayout(self._learning)
        left.setContentsMargins(0, 0, 8, 0)
        left.addWidget(self.curves, 1)
        left.addWidget(self.facts)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._splitter.addWidget(self._learning)
        self._splitter.addWidget(self.samples)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([700, 260])
        context.settings.keep_splitter(self._splitter, "train/run")
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(self._head)
        column.addWidget(self.state)
        column.addWidget(self.bar)
        column.addWidget(self._splitter, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put below each other what has no room side by side."""
        narrow = event.size().width() < NARROW * self.fontMetrics().averageCharWidth()
        across = QBoxLayout.Direction.LeftToRight
        self._head.setDirection(QBoxLayout.Direction.TopToBottom if narrow else across)
        self._splitter.setOrientation(
            Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        )

    def minimumSizeHint(self) -> QSize:
        """Room for the curves, with the samples below them."""
        width = self._learning.minimumSizeHint().width() + 2 * EDGE
        return QSize(width, super().minimumSizeHint().height())

    def show_run(self, run: Run, log: Log) -> None:
        """Show another run."""
        self._run = run
        self.title.setText(run.record.title)
        self.samples.show_run(run, log)

    def follow(
        self, standing: Standing, logs: Sequence[tuple[str, Log]], drawn_anew: bool
    ) -> None:
        """Show how the run stands now; ``logs`` are its own and those it is compared with."""
        assert self._run is not None
        run, log = self._run, logs[0][1]
        running = standing.state in UNDER_WAY
        self.buttons.show_state(run, standing)
        self.state.setText(_sentence(run, standing, log))
        self.state.setProperty("danger", standing.state is State.CRASHED)
        self.state.style().polish(self.state)
        self._show_progress(standing, log, running)
        self.facts.show_log(log, running)
        if drawn_anew:
            self.curves.show_logs(logs)
        self.samples.follow(log)

    def _show_progress(self, standing: Standing, log: Log, running: bool) -> None:
        last = log.last
        self.bar.setVisible(running)
        known = last is not None and last.seconds + last.eta > 0
        self.bar.setMaximum(1000 if known or standing.total else 0)
        if last is not None and known:
            self.bar.setValue(round(1000 * last.seconds / (last.seconds + last.eta)))
        elif standing.total:
            self.bar.setValue(round(1000 * standing.done / standing.total))


def _sentence(run: Run, standing: Standing, log: Log) -> str:
    """How a run stands, in a sentence."""
    asked, last = run.record.asked, log.last
    what = f"{asked.art.capitalize()}, recipe {asked.recipe}."
    far = f" after {last.update:,} updates, {duration(last.seconds)}" if last else ""
    if standing.state is State.CRASHED:
        return f"Crashed{far}: {standing.words}"
    if standing.state is State.FINISHED:
        return f"{what} Finished{far}: {REASONS.get(standing.words, standing.words)}."
    if standing.state in ENDED:
        on = " It can go on at any time." if can_resume(run) else f" {UNKNOWN_DATA}"
        killed = ": its process was ended from outside" * (standing.state is State.INTERRUPTED)
        return f"{what} {ENDED[standing.state]}{far}{killed}.{on}"
    if standing.state in ENDING:
        return f"{what} {ENDING[standing.state]}"
    if last is None:
        of = f" of {standing.total:,.0f}" if standing.total else ""
        done = f" {standing.done:,.0f}{of}" if standing.done else ""
        return f"{what} {standing.stage.capitalize()}{done}…"
    left = f", {duration(last.eta)} left" if last.eta else ""
    return f"{what} Running: update {last.update:,}, epoch {last.epoch + 1}{left}."
