"""The state of a place, changed in steps that can be undone."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from seqgen_gui.project.steps import Step

S = TypeVar("S", bound=msgspec.Struct)


class History(QObject, Generic[S]):
    """Holds the state of the place ``name``; every change is one step on the undo stack.

    Emits ``changed`` with the state before and the state now.
    """

    changed = Signal(object, object)

    def __init__(
        self, stack: QUndoStack, state: S, name: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.state = state
        self._stack, self._name = stack, name

    def change(self, what: str, merge: str = "", **fields: Any) -> None:
        """Change some fields of the state; ``what`` names the change in the menu.

        Changes that follow one another with the same ``merge`` are undone together.
        """
        before, after = self.state, msgspec.structs.replace(self.state, **fields)
        if after != before:
            merge = merge and f"{self._name} {merge}"
            step = Step(what, lambda: self._become(after), lambda: self._become(before), merge)
            self._stack.push(step)

    def restore(self, state: S) -> None:
        """Take a state as it is, as of a project that is opened; there is no undoing it."""
        self._become(state)

    def _become(self, state: S) -> None:
        before, self.state = self.state, state
        self.changed.emit(before, state)
