"""The place where models are trained: new trainings, and the runs there are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from seqgen.errors import SeqgenError
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.controls import heading, muted
from seqgen_gui.train.adopting import OpenRun, runs_in
from seqgen_gui.train.deeds import Deeds
from seqgen_gui.train.form import NewTraining
from seqgen_gui.train.log import Log
from seqgen_gui.train.reading import Reading
from seqgen_gui.train.run import UNDER_WAY, Asked, Run, Standing, State
from seqgen_gui.train.run_list import RunList
from seqgen_gui.train.run_view import RunView
from seqgen_gui.train.runs import Runs

SEEN, UNSEEN = 500, 3000  # milliseconds between two looks at the runs
MENU = "Train"


class TrainPage(QWidget):
    """Starts runs and follows them, by looking at their files at times.

    Folders and files that are dropped on it are runs, or else data to learn from.
    """

    def __init__(self, context: Context, runs: Runs | None = None) -> None:
        super().__init__()
        self._context = context
        self.runs = runs or Runs()
        self._all: list[Run] = []
        self.reading = Reading(self)
        self._states: dict[Path, State] = {}
        self.form = NewTraining(context)
        self.list = RunList(context.theme)
        self.view = RunView(context)
        self.stack = QStackedWidget()
        self.new_button = QPushButton("New training")
        self.open_button = OpenRun(context, self.runs)
        self.deeds = Deeds(context, self.runs, lambda: self.current, self)
        self._timer = QTimer(self, interval=UNSEEN)
        self.setAcceptDrops(True)
        self._lay_out()
        self._add_actions()
        self._connect()
        self.reload()
        running = next((run for run in self._all if run.running), None)
        if running is not None:
            self._select(running)

    def _connect(self) -> None:
        self.form.wanted.connect(self._begin)
        self.list.chosen.connect(self._choose)
        self.list.compared.connect(lambda: self._look(anew=True))
        self.new_button.clicked.connect(self.show_form)
        self.open_button.opened.connect(self._show_opened)
        for name in self.view.buttons.buttons:
            getattr(self.view.buttons, name).connect(getattr(self.deeds, name))
        self.reading.news.connect(self._show_news)
        self.deeds.done.connect(self._look)
        self.deeds.gone.connect(self._forget)
        self._timer.timeout.connect(self._look)
        self._context.theme.changed.connect(lambda: self._look(anew=True))

    def _lay_out(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 8, 12)
        column.addWidget(self.new_button)
        column.addWidget(self.open_button)
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
        add, deeds = self._context.actions.add, self.deeds
        add(MENU, "&New training", self.show_form, icon="add", owner=self)
        self.start_action = add(
            MENU, "Star&t training", self.form.start, keys="Ctrl+Return", owner=self
        )
        add(MENU, "&Open a run…", self.open_button.choose, icon="open", owner=self)
        self._context.actions.separate(MENU)
        sample = self.view.samples.sample
        self.sample_action = add(MENU, "S&ample the run now", sample, icon="generate", owner=self)
        self._deed_actions = {
            name: add(MENU, text, getattr(deeds, name), icon=icon, owner=self)
            for name, text, icon in (
                ("pause", "&Pause the run", "pause"),
                ("stop", "&Stop the run", "stop"),
                ("end", "&End the run at once", "close"),
                ("resume", "&Resume the run", "play"),
                ("longer", "Train the run &longer…", "clock"),
                ("keep", "&Keep the run as a model", "save"),
                ("forget", "Re&move the run from the list", "remove"),
                ("delete", "&Delete the run…", "delete"),
            )
        }
        self.keep_as_action = add(
            MENU, "Keep the run as a model &named…", deeds.keep_as, owner=self
        )

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

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what lies on this machine, never away from where it lies."""
        if _local(event):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take it anywhere on the page."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Follow runs; learn from all else."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.take(_local(event))

    def take(self, paths: Iterable[Path]) -> None:
        """Follow the runs among some folders and files; the others are data to learn from."""
        runs, data = list[Path](), list[Path]()
        for path in paths:
            (runs if runs_in(path) else data).append(path)
        if runs:
            self.open_button.open_folders(runs)
        if data:
            self.show_form()
            self.form.data.add_paths(data)

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

    def _show_opened(self, runs: list[Run]) -> None:
        self.reload()
        self._select(runs[-1])

    def _forget(self, run: Run) -> None:
        self.reading.forget(run)
        self._states.pop(run.folder, None)
        self.stack.setCurrentWidget(self.form)
        self.reload()

    def _select(self, run: Run) -> None:
        folders = [one.folder for one in self._all]
        self.list.setCurrentRow(folders.index(run.folder))

    def _choose(self, run: Run | None) -> None:
        if run is None:
            return
        self.reading.read([run])
        self.stack.setCurrentWidget(self.view)
        self.view.show_run(run, self._log(run))
        self._look(anew=True)

    def _log(self, run: Run) -> Log:
        return self.reading.log(run)

    def _look(self, anew: bool = False) -> None:
        """See how all runs stand, and what is new in the logs of those that are plotted."""
        current = self.current
        standings = [run.standing() for run in self._all]
        plotted = [current, *self.list.ticked] if current else []
        news = self.reading.read(plotted) or anew
        self.list.show_standings(standings, plotted)
        if current is not None:
            self._follow(plotted, standings[self._all.index(current)], news)
        self._enable(current)
        for run, standing in zip(self._all, standings, strict=True):
            self._tell(run, standing.state, standing.words)

    def _show_news(self) -> None:
        """Show what was read since the last look."""
        current = self.current
        if current is not None:
            self._follow([current, *self.list.ticked], current.standing(), True)

    def _follow(self, plotted: list[Run], standing: Standing, news: bool) -> None:
        logs = [(one.record.title, self._log(one)) for one in plotted]
        self.view.follow(standing, logs, news)

    def _enable(self, current: Run | None) -> None:
        view = self.view
        here = current is not None
        self.start_action.setEnabled(not here and self.form.start_button.isEnabled())
        for name, action in self._deed_actions.items():
            action.setEnabled(here and view.buttons.can(name))
        self.keep_as_action.setEnabled(here and view.buttons.can("keep"))
        self.sample_action.setEnabled(here and view.samples.now_button.isEnabled())

    def _tell(self, run: Run, state: State, words: str) -> None:
        """Say when a run ends that was seen running."""
        before = self._states.get(run.folder)
        self._states[run.folder] = state
        if before not in UNDER_WAY or state in UNDER_WAY:
            return
        if state is State.FINISHED:
            self._context.notices.good(f"{run.record.title} is finished")
        elif state is State.CRASHED:
            self._context.notices.error(f"{run.record.title} crashed: {words}")
        elif state is State.INTERRUPTED:
            text = f"{run.record.title} was ended from outside, it can go on"
            self._context.notices.warn(text)


def _local(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
