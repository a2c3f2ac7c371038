"""Where a journey takes place, and what one does in every place of the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seqgen_gui.project.document import read_document
from seqgen_gui.shell.colours import DARK, LIGHT
from tests.journeys.person import Person
from tests.journeys.program import Program, program
from tests.journeys.waiting import until

TITLE_BAR = (640, 8)  # pixels: a place on it


@dataclass(frozen=True)
class Desk:
    """A person before a screen, and the user's folder ``home``; ``name`` is the journey's."""

    name: str
    person: Person
    home: Path
    display: str

    @contextmanager
    def program(self) -> Iterator[Program]:
        """The program, with its window in front."""
        with program(self.home, self.display) as started:
            try:
                self.person.await_title("Untitled")
                self.person.rest()
                yield started
            except BaseException:
                self.person.snap(f"failed-{self.name}")
                raise

    def photograph(self, name: str) -> None:
        """Keep a picture of the screen in the light theme, and one in the dark theme."""
        self.person.photograph(f"{name}-light")
        self.person.command("Dark theme")
        self.person.await_colour(DARK.window)
        self.person.photograph(f"{name}-dark")
        self.person.command("Light theme")
        self.person.await_colour(LIGHT.window)

    def open(self, path: Path) -> None:
        """Open a file."""
        self.person.press("ctrl+o")
        self.name_file("Open", path)

    def name_file(self, title: str, path: Path) -> None:
        """Name a file in a dialog that has a title, and wait until that has gone."""
        dialog = self.person.await_title(title)
        self.person.press("ctrl+a")
        self.person.type(str(path))
        self.person.press("Return")
        until(f"the end of {title!r}", lambda: self.person.window != dialog)
        until("a window", self._look_up)

    def _look_up(self) -> int:
        """Click the title bar where two dialogs closed so soon that no window has the focus."""
        if not self.person.window:
            self.person.rest()
        if not self.person.window:
            self.person.click(*TITLE_BAR)
        return self.person.window

    def save_as(self, path: Path) -> dict[str, Any]:
        """Save the project in a new file; returns its parts."""
        self.person.press("ctrl+shift+s")
        self.name_file("Save project", path)
        return self._saved(path)

    def save(self, path: Path) -> dict[str, Any]:
        """Save the project in its file once there is something to save; returns its parts."""
        self.await_change(path.stem)
        self.person.press("ctrl+s")
        return self._saved(path)

    def await_change(self, name: str = "Untitled") -> None:
        """Wait until the project's title says that there is something to save."""
        self.person.await_title(f"{name}* - seqgen")

    def _saved(self, path: Path) -> dict[str, Any]:
        self.person.await_title(f"{path.stem} - seqgen")
        return read_document(path).parts

    def quit(self, started: Program) -> None:
        """Quit by the keyboard; nothing is asked, for everything is saved."""
        self.person.press("ctrl+q")
        started.await_end()
