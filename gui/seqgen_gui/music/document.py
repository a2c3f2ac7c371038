"""The state of the place Music, changed by commands that can be undone."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from seqgen_gui.music.state import MusicState

_KINDS: dict[str, int] = {}


class Document(QObject):
    """Holds a ``MusicState``; every change is one command on the undo stack.

    Emits ``changed`` with the state before and the state now.
    """

    changed = Signal(object, object)

    def __init__(self, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self.state = MusicState()

    def change(self, text: str, merge: str = "", **fields: Any) -> None:
        """Change some fields of the state; ``text`` names the change in the menu.

        Changes that follow one another with the same ``merge`` are undone together.
        """
        after = msgspec.structs.replace(self.state, **fields)
        if after != self.state:
            self._stack.push(_Change(self, text, self.state, after, merge))

    def restore(self, state: MusicState) -> None:
        """Take a state as it is, as of a project that is opened; there is no undoing it."""
        self._become(state)

    def _become(self, state: MusicState) -> None:
        before, self.state = self.state, state
        self.changed.emit(before, state)


class _Change(QUndoCommand):
    """From one state to another."""

    def __init__(
        self, document: Document, text: str, before: MusicState, after: MusicState, merge: str
    ) -> None:
        super().__init__(text)
        self._document, self._before, self._after = document, before, after
        self._kind = _KINDS.setdefault(merge, len(_KINDS) + 1000) if merge else -1

    def redo(self) -> None:
        self._document._become(self._after)

    def undo(self) -> None:
        self._document._become(self._before)

    def id(self) -> int:
        return self._kind

    def mergeWith(self, other: QUndoCommand) -> bool:
        assert isinstance(other, _Change)
        self._after = other._after
        return True
