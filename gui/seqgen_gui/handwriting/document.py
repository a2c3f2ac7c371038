"""The state of the place Handwriting, changed in steps that can be undone."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from seqgen_gui.handwriting.state import HandwritingState, Settings
from seqgen_gui.project.steps import Step


class Document(QObject):
    """Holds a ``HandwritingState``; every change is one step on the undo stack.

    Emits ``changed`` with the state before and the state now.
    """

    changed = Signal(object, object)

    def __init__(self, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self.state = HandwritingState()

    def change(self, what: str, merge: str = "", **fields: Any) -> None:
        """Change some fields of the state; ``what`` names the change in the menu.

        Changes that follow one another with the same ``merge`` are undone together.
        """
        before, after = self.state, msgspec.structs.replace(self.state, **fields)
        if after != before:
            merge = merge and f"handwriting {merge}"
            step = Step(what, lambda: self._become(after), lambda: self._become(before), merge)
            self._stack.push(step)

    def set(self, **fields: Any) -> None:
        """Change some of the settings."""
        settings: Settings = msgspec.structs.replace(self.state.settings, **fields)
        names = " ".join(sorted(fields))
        self.change("Change a setting", merge=f"set {names}", settings=settings)

    def restore(self, state: HandwritingState) -> None:
        """Take a state as it is, as of a project that is opened; there is no undoing it."""
        self._become(state)

    def _become(self, state: HandwritingState) -> None:
        before, self.state = self.state, state
        self.changed.emit(before, state)
