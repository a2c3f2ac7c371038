"""The menu File: projects opened and saved, and never lost for want of a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from seqgen.errors import SeqgenError
from seqgen_gui.project.document import SUFFIX
from seqgen_gui.project.project import ChangedFileError, Project
from seqgen_gui.shell.notices import Choice, Notices
from seqgen_gui.shell.places import Place
from seqgen_gui.shell.recent import Recent
from seqgen_gui.shell.settings import Settings

PROJECTS = f"seqgen projects (*{SUFFIX})"
_Button = QMessageBox.StandardButton


class Files:
    """Opens and saves for the window; ``open_in`` gives a file to the page of a place."""

    def __init__(
        self,
        window: QWidget,
        *,
        project: Project,
        settings: Settings,
        notices: Notices,
        recent: Recent,
        places: Iterable[Place],
        open_in: Callable[[Place, Path], None],
    ) -> None:
        self._window, self._project, self._settings = window, project, settings
        self._notices, self._recent, self._open_in = notices, recent, open_in
        self._places = [place for place in places if place.suffixes]

    def new(self) -> None:
        """Begin an empty project."""
        if self.may_leave():
            self._project.clear()

    def choose(self) -> None:
        """Ask for a file and open it."""
        filters = [f"{place.title} ({_patterns(place.suffixes)})" for place in self._places]
        every = _patterns((SUFFIX, *(one for place in self._places for one in place.suffixes)))
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            "Open",
            self._settings.folder("open"),
            ";;".join([f"All that seqgen opens ({every})", PROJECTS, *filters, "All files (*)"]),
        )
        if path:
            self._settings.keep_folder("open", Path(path))
            self.open(Path(path))

    def opens(self, path: Path) -> bool:
        """Whether there is a way to open files of this name."""
        return path.suffix.lower() == SUFFIX or self._place_of(path) is not None

    def open(self, path: Path) -> None:
        """Open a project, or a file in the place that it belongs to."""
        place = self._place_of(path)
        if not path.exists():
            self._notices.error(f"There is no such file: {path}")
            self._recent.remove(path)
        elif path.suffix.lower() == SUFFIX:
            self._open_project(path)
        elif place is not None:
            self._open_in(place, path)
            self._recent.add(path)
        else:
            self._notices.error(f"{path.name} is no kind of file that seqgen opens")

    def save(self) -> bool:
        """Save the project in its file, asking for one if it has none; False if it is not."""
        if self._project.path is None:
            return self.save_as()
        return self._save(self._project.path)

    def save_as(self) -> bool:
        """Ask for a file and save the project there; False if it is not saved."""
        folder = Path(self._settings.folder("project"))
        proposed = self._project.path or folder / f"{self._project.title}{SUFFIX}"
        path, _ = QFileDialog.getSaveFileName(
            self._window, "Save project", str(proposed), f"{PROJECTS};;All files (*)"
        )
        if not path:
            return False
        file = Path(path)
        if file.suffix.lower() != SUFFIX:  # the dialog asked about the name without
            file = file.with_name(file.name + SUFFIX)
            if file.exists() and not self._may_replace(file):
                return False
        return self._save(file, over=True)

    def _may_replace(self, file: Path) -> bool:
        answer = QMessageBox.question(
            self._window,
            "Save project",
            f"{file.name} is there already. Replace it?",
            _Button.Yes | _Button.Cancel,
            _Button.Cancel,
        )
        return answer == _Button.Yes

    def may_leave(self) -> bool:
        """Whether the open project may go: it is saved, or its changes are not wanted."""
        if not self._project.modified:
            return True
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle("Unsaved changes")
        box.setText(f"Save the changes to {self._project.title}?")
        box.setInformativeText("What is not saved is lost.")
        box.setStandardButtons(_Button.Save | _Button.Discard | _Button.Cancel)
        box.setDefaultButton(_Button.Save)
        answer = box.exec()
        return answer == _Button.Discard or (answer == _Button.Save and self.save())

    def _open_project(self, path: Path) -> None:
        if not self.may_leave():
            return
        try:
            self._project.open(path)
        except SeqgenError as error:
            self._notices.error(str(error))
        else:
            self._recent.add(path)

    def _save(self, path: Path, over: bool = False) -> bool:
        try:
            self._project.save(path, over)
        except ChangedFileError as error:
            choices: list[Choice] = [("Save elsewhere…", self.save_as)]
            choices.append(("Save over it", lambda: self._save(path, over=True)))
            self._notices.error(str(error), choices)
            return False
        except SeqgenError as error:
            self._notices.error(str(error), [("Save elsewhere…", self.save_as)])
            return False
        self._settings.keep_folder("project", path)
        self._recent.add(path)
        return True

    def _place_of(self, path: Path) -> Place | None:
        suffix = path.suffix.lower()
        return next((place for place in self._places if suffix in place.suffixes), None)


def _patterns(suffixes: Iterable[str]) -> str:
    return " ".join(f"*{suffix}" for suffix in suffixes)
