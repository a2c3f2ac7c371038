"""What can be done with the run that is shown: each deed, its question, its answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from seqgen.config import Progress
from seqgen.errors import SeqgenError
from seqgen.reports import Models
from seqgen_gui.shell.context import Context
from seqgen_gui.train.run import Run
from seqgen_gui.train.runs import Runs

LONGER = 30
"""Minutes that are proposed to train longer."""
NAMELESS = "My model"


class Deeds(QObject):
    """Does to a run what its buttons and the menu say, and tells of it by notices."""

    done = Signal()
    """A run stands otherwise."""
    gone = Signal(object)
    """This Run is to be shown no more."""

    def __init__(
        self, context: Context, runs: Runs, current: Callable[[], Run | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._runs, self._current = context, runs, current
        self._window = parent

    def pause(self) -> None:
        """Save the run and let go of its memory."""
        self._try(self._runs.pause)

    def end(self) -> None:
        """End the run at once."""
        self._try(self._runs.end)

    def stop(self) -> None:
        """Have the run measure what it has learned, and end."""
        self._try(self._runs.stop)

    def resume(self) -> None:
        """Go on with the run."""
        self._try(self._runs.resume)

    def longer(self) -> None:
        """Go on with a run whose time was over, for as many minutes as are asked for."""
        run = self._current()
        if run is None or run.record.asked.minutes is None:
            return
        minutes, wanted = QInputDialog.getInt(
            self._window, "Train longer", "Minutes more", LONGER, 1, 100_000
        )
        if wanted:
            whole = run.record.asked.minutes + minutes
            self._try(lambda run: self._runs.resume(run, whole))

    def forget(self) -> None:
        """Show an adopted run no more."""
        run = self._current()
        if run is not None and self._try(self._runs.forget):
            self.gone.emit(run)

    def delete(self) -> None:
        """Delete the run, if that is really wanted."""
        run = self._current()
        if run is None:
            return
        question = f"Delete {run.record.title} with its model and samples?"
        button = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window, "Delete a run", question, button.Yes | button.Cancel, button.Cancel
        )
        if answer == button.Yes and self._try(self._runs.delete):
            self.gone.emit(run)

    def keep(self) -> None:
        """Copy the best model to the user's own, under the run's title or one like it."""
        run = self._current()
        if run is None or not run.has_model:
            return

        def name_it(told: dict[str, Any]) -> None:
            taken = {model.name.casefold() for model in msgspec.convert(told, Models).models}
            self._keep_as(run, free_name(run.record.title, taken))

        self._ask("models", {}, name_it, self._context.notices.error)

    def keep_as(self, proposed: str = "") -> None:
        """Copy the best model to the user's own, under a name that is asked for."""
        run = self._current()
        if run is None or not run.has_model:
            return
        name, wanted = QInputDialog.getText(
            self._window,
            "Keep as a model",
            "Name of the model",
            text=proposed or free_name(run.record.title, set()),
        )
        if wanted:
            self._keep_as(run, name.strip())

    def _keep_as(self, run: Run, name: str) -> None:
        place = run.record.asked.art.capitalize()

        def done(_: object) -> None:
            text = f"Kept among your models as {name}, to be chosen in {place}"
            self._context.notices.good(text)

        def fail(message: str) -> None:
            choice = ("Another name…", lambda: self.keep_as(name))
            self._context.notices.error(message, [choice])

        self._ask("keep_model", {"run": str(run.folder), "name": name}, done, fail)

    def _ask(
        self, verb: str, request: object, show: Callable[[Any], None], fail: Callable[[str], Any]
    ) -> None:
        self._context.requests.send(verb, request, _ignore, show, fail)

    def _try(self, what: Callable[[Run], None]) -> bool:
        run = self._current()
        if run is None:
            return False
        try:
            what(run)
        except SeqgenError as error:
            self._context.notices.error(str(error))
            return False
        self.done.emit()
        return True


def free_name(title: str, taken: set[str]) -> str:
    """A name for a model that is like a title; ``taken`` are others' names, case folded."""
    plain = " ".join(re.sub(r"[^\w .-]", " ", title).split()).lstrip(" .-").rstrip(" .")[:56]
    name = plain.rstrip(" .") or NAMELESS
    number = 1
    while (found := name if number == 1 else f"{name} {number}").casefold() in taken:
        number += 1
    return found


def _ignore(_: Progress) -> None:
    """A copy is soon made."""
