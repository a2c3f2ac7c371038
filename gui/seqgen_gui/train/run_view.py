"""A run: how it stands, its curves and numbers, its samples, what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.shell.context import Context
from seqgen_gui.shell.controls import heading, muted
from seqgen_gui.train.curves import Curves
from seqgen_gui.train.facts import Facts, duration
from seqgen_gui.train.log import Log
from seqgen_gui.train.run import Run, Standing, State
from seqgen_gui.train.samples import Samples

REASONS = {
    "finished": "all updates are done",
    "minutes": "the time is over",
    "early stop": "it has stopped learning",
}


class RunView(QWidget):
    """Shows a run beside those that it is compared with."""

    stop = Signal()
    resume = Signal()
    keep = Signal()
    delete = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._run: Run | None = None
        self.title = heading("")
        self.state = muted("")
        self.bar = QProgressBar(maximum=1000, textVisible=False)
        self.bar.setAccessibleName("How far the training is")
        self.bar.setFixedHeight(6)
        self.stop_button = QPushButton("Stop")
        self.resume_button = QPushButton("Resume")
        self.keep_button = QPushButton("Keep as a model…")
        self.keep_button.setToolTip("Copy the best model so far to your models, under a name")
        self.delete_button = QPushButton("Delete…")
        self.curves = Curves(context.theme)
        self.facts = Facts()
        self.samples = Samples(context)
        self._lay_out(context)
        self.stop_button.clicked.connect(self.stop)
        self.resume_button.clicked.connect(self.resume)
        self.keep_button.clicked.connect(self.keep)
        self.delete_button.clicked.connect(self.delete)

    def _lay_out(self, context: Context) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for button in (
            self.stop_button, self.resume_button, self.keep_button, self.delete_button
        ):  # fmt: skip
            head.addWidget(button)
        learning = QWidget()
        left = QVBoxLayout(learning)
        left.setContentsMargins(0, 0, 8, 0)
        left.addWidget(self.curves, 1)
        left.addWidget(self.facts)
        splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        splitter.addWidget(learning)
        splitter.addWidget(self.samples)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([700, 260])
        context.settings.keep_splitter(splitter, "train/run")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.state)
        column.addWidget(self.bar)
        column.addWidget(splitter, 1)

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
        running = standing.state in (State.RUNNING, State.STOPPING)
        stopping = standing.state is State.STOPPING
        self.stop_button.setVisible(running)
        self.stop_button.setText("Stop now" if stopping else "Stop")
        self.stop_button.setToolTip(
            "End it at once; what was learned since the last checkpoint is lost"
            if stopping
            else "Save it at the end of the batch; it can go on at any time"
        )
        self.resume_button.setVisible(standing.state in (State.STOPPED, State.CRASHED))
        self.resume_button.setText("Resume" if run.resumable else "Start again")
        self.keep_button.setEnabled(run.has_model)
        self.delete_button.setEnabled(not running)
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
        words = standing.words or "it was ended from outside"
        return f"Crashed{far}: {words}"
    if standing.state is State.FINISHED:
        return f"{what} Finished{far}: {REASONS.get(standing.words, standing.words)}."
    if standing.state is State.STOPPED:
        return f"{what} Stopped{far}. It can go on at any time."
    if standing.state is State.STOPPING:
        return f"{what} Stopping: it saves at the end of the batch."
    if last is None:
        of = f" of {standing.total:,.0f}" if standing.total else ""
        done = f" {standing.done:,.0f}{of}" if standing.done else ""
        return f"{what} {standing.stage.capitalize()}{done}…"
    left = f", {duration(last.eta)} left" if last.eta else ""
    return f"{what} Running: update {last.update:,}, epoch {last.epoch + 1}{left}."
