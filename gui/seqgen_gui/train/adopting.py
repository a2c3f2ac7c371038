"""Runs that were begun on the command line: chosen, dropped, or found among the last ones."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from seqgen.errors import SeqgenError
from seqgen_gui.shell.context import Context
from seqgen_gui.train.run import Run, is_run
from seqgen_gui.train.runs import Runs

FOLDER = "runs"
TIP = "Follow a training that was begun on the command line, by the folder given to --out"


class OpenRun(QPushButton):
    """A menu of the runs that were begun elsewhere; ``opened`` tells those that were adopted."""

    opened = Signal(list)

    def __init__(self, context: Context, runs: Runs) -> None:
        super().__init__("Open a run…")
        self.setToolTip(TIP)
        self._context, self._runs = context, runs
        self.choices = QMenu(self)
        self.choices.aboutToShow.connect(self._fill)
        self.clicked.connect(self._show_choices)

    def choose(self) -> None:
        """Ask for a folder."""
        settings = self._context.settings
        path = QFileDialog.getExistingDirectory(self, "Folder of a run", settings.folder(FOLDER))
        if path:
            settings.keep_folder(FOLDER, Path(path))
            self.open_folders([Path(path)])

    def open_folders(self, folders: Iterable[Path]) -> None:
        """Adopt the runs in folders, or in the folders that they hold."""
        adopted: list[Run] = []
        for folder in folders:
            try:
                adopted += [self._runs.adopt(one) for one in runs_in(folder) or [folder]]
            except SeqgenError as error:
                self._context.notices.error(str(error))
        if adopted:
            self.opened.emit(adopted)

    def _show_choices(self) -> None:
        self.choices.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _fill(self) -> None:
        menu = self.choices
        menu.clear()
        menu.addAction("Choose a folder…", self.choose)
        menu.addSeparator()
        found = self._runs.elsewhere()
        title = "Begun on the command line" if found else "All runs of the command line are shown"
        menu.addAction(title).setEnabled(False)
        for folder in found:
            action = menu.addAction(f"{folder.name}  ({folder.parent})")
            action.triggered.connect(lambda _, one=folder: self.open_folders([one]))


def runs_in(path: Path) -> list[Path]:
    """The folders of runs that a path stands for: itself, its file's, or those it holds."""
    if path.is_file():
        return [path.parent] if is_run(path.parent) else []
    if is_run(path):
        return [path]
    try:
        return sorted(one for one in path.iterdir() if one.is_dir() and is_run(one))
    except OSError:
        return []
