"""The place where models are trained: new trainings, and the runs there are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QMessageBox,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from seqgen.config import Progress
from seqgen.errors import SeqgenError
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.controls import heading, muted
from seqgen_gui.train.form import NewTraining
from seqgen_gui.train.log import Log
from seqgen_gui.train.run import METRICS, Asked, Run, State
from seqgen_gui.train.run_list import RunList
from seqgen_gui.train.run_view import RunView
from seqgen_gui.train.runs import Runs

SEEN, UNSEEN = 500, 3000  # milliseconds between two looks at the runs
MENU = "Train"


class TrainPage(QWidget):
    """Starts runs and follows them, by looking at their files at times."""

    def __init__(self, context: Context, runs: Runs | None = None) -> None:
        super().__init__()
        self._context = context
        self.runs = runs or Runs()
        self._all: list[Run] = []
        self._logs: dict[Path, Log] = {}
        self._states: dict[Path, State] = {}
        self.form = NewTraining(context)
        self.list = RunList(context.theme)
        self.view = RunView(context)
        self.stack = QStackedWidget()
        self.new_button = QPushButton("New training")
        self._timer = QTimer(self, interval=UNSEEN)
        self._lay_out()
        self._add_actions()
        self.form.wanted.connect(self._begin)
        self.list.chosen.connect(self._choose)
        self.list.compared.connect(lambda: self._look(anew=True))
        self.new_button.clicked.connect(self.show_form)
        for signal, slot in (
            (self.view.stop, self.stop),
            (self.view.resume, self.resume),
            (self.view.keep, self.keep),
            (self.view.delete, self.delete),
        ):
            signal.connect(slot)
        self._timer.timeout.connect(self._look)
        context.theme.changed.connect(lambda: self._look(anew=True))
        self.reload()
        running = next((run for run in self._all if run.running), None)
        if running is not None:
            self._select(running)

    def _lay_out(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 8, 12)
        column.addWidget(self.new_button)
        column.addWidget(heading("Runs", 1.1))
        column.addWidget(self.list, 1)
        column.addWidget(muted("Tick runs to compare them in one plot."))
        self.stack.addWidget(self.form)
        self.stack.addWidget(self.view)
        splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        splitter.addWidget(side)
        splitter.addWidget(self.stack)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([220, 900])
        self._context.settings.keep_splitter(splitter, "train/page")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(splitter)
        self.setFocusProxy(self.new_button)

    def _add_actions(self) -> None:
        add = self._context.actions.add
        add(MENU, "&New training", self.show_form, icon="add", owner=self)
        self._context.actions.separate(MENU)
        self.stop_action = add(MENU, "&Stop the run", self.stop, icon="stop", owner=self)
        self.resume_action = add(MENU, "&Resume the run", self.resume, icon="play", owner=self)
        self.sample_action = add(
            MENU, "S&ample the run now", self.view.samples.sample, icon="generate", owner=self
        )
        self.keep_action = add(MENU, "&Keep as a model…", self.keep, icon="save", owner=self)
        self.delete_action = add(MENU, "&Delete the run…", self.delete, icon="delete", owner=self)

    @property
    def current(self) -> Run | None:
        """The run that is shown; None while the form is."""
        return self.list.current if self.stack.currentWidget() is self.view else None

    def reload(self) -> None:
        """Read which runs there are."""
        known = {run.folder: run for run in self._all}
        self._all = [known.get(run.folder, run) for run in self.runs.all()]
        self.list.show_runs(self._all, self.current)
        self._look(anew=True)

    def show_form(self) -> None:
        """Ask for a new training."""
        self.list.setCurrentRow(-1)
        self.stack.setCurrentWidget(self.form)
        self._look(anew=True)

    def stop(self) -> None:
        """Stop the run that is shown."""
        self._try(self.runs.stop)

    def resume(self) -> None:
        """Go on with the run that is shown."""
        self._try(self.runs.resume)

    def delete(self) -> None:
        """Delete the run that is shown, if that is really wanted."""
        run = self.current
        if run is None:
            return
        question = f"Delete {run.record.title} with its model and samples?"
        button = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self, "Delete a run", question, button.Yes | button.Cancel, button.Cancel
        )
        if answer == button.Yes and self._try(self.runs.delete):
            self._logs.pop(run.folder, None)
            self.stack.setCurrentWidget(self.form)
            self.reload()

    def keep(self, proposed: str = "") -> None:
        """Copy the best model of the run that is shown to the user's own, under a name."""
        run = self.current
        if run is None or not run.has_model:
            return
        name, wanted = QInputDialog.getText(
            self, "Keep as a model", "Name of the model", text=proposed or run.record.title
        )
        if not wanted:
            return

        def done(_: object) -> None:
            self._context.notices.good(f"{name} is among your models now")

        def fail(message: str) -> None:
            choice: tuple[str, Callable[[], object]] = ("Another name…", lambda: self.keep(name))
            self._context.notices.error(message, [choice])

        request = {"run": str(run.folder), "name": name.strip()}
        self._context.requests.send("keep_model", request, _ignore, done, fail)

    def showEvent(self, event: QShowEvent) -> None:
        """Look often while it is seen."""
        self._timer.start(SEEN)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look seldom while it is not."""
        self._timer.start(UNSEEN)

    def _begin(self, title: str, asked: Asked) -> None:
        try:
            run = self.runs.begin(title, asked)
        except SeqgenError as error:
            self._context.notices.error(str(error))
            return
        self.reload()
        self._select(run)

    def _select(self, run: Run) -> None:
        folders = [one.folder for one in self._all]
        self.list.setCurrentRow(folders.index(run.folder))

    def _choose(self, run: Run | None) -> None:
        if run is None:
            return
        log = self._log(run)
        log.read()
        self.stack.setCurrentWidget(self.view)
        self.view.show_run(run, log)
        self._look(anew=True)

    def _try(self, what: Callable[[Run], None]) -> bool:
        run = self.current
        if run is None:
            return False
        try:
            what(run)
        except SeqgenError as error:
            self._context.notices.error(str(error))
            return False
        self._look()
        return True

    def _log(self, run: Run) -> Log:
        return self._logs.setdefault(run.folder, Log(run.folder / METRICS))

    def _look(self, anew: bool = False) -> None:
        """See how all runs stand, and what is new in the logs of those that are plotted."""
        current = self.current
        standings = [run.standing() for run in self._all]
        plotted = [current, *self.list.ticked] if current else []
        news = anew
        for run in plotted:
            new, more = self._log(run).read()
            news = news or new
            if more:
                QTimer.singleShot(0, self, self._look)
        self.list.show_standings(standings, plotted)
        if current is not None:
            logs = [(run.record.title, self._log(run)) for run in plotted]
            self.view.follow(standings[self._all.index(current)], logs, news)
        self._enable(current)
        for run, standing in zip(self._all, standings, strict=True):
            self._tell(run, standing.state, standing.words)

    def _enable(self, current: Run | None) -> None:
        view = self.view
        here = current is not None
        self.stop_action.setEnabled(here and not view.stop_button.isHidden())
        self.resume_action.setEnabled(here and not view.resume_button.isHidden())
        self.keep_action.setEnabled(here and view.keep_button.isEnabled())
        self.delete_action.setEnabled(here and view.delete_button.isEnabled())
        self.sample_action.setEnabled(here and view.samples.now_button.isEnabled())

    def _tell(self, run: Run, state: State, words: str) -> None:
        """Say when a run ends that was seen running."""
        before = self._states.get(run.folder)
        self._states[run.folder] = state
        if before is not State.RUNNING or state is before:
            return
        if state is State.FINISHED:
            self._context.notices.good(f"{run.record.title} is finished")
        elif state is State.CRASHED:
            text = f"{run.record.title} crashed: {words or 'it was ended from outside'}"
            self._context.notices.error(text)


def _ignore(_: Progress) -> None:
    """A copy is soon made."""
