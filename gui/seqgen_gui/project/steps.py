"""A step of the undo stack, made of two functions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand


class Step(QUndoCommand):
    """Does ``redo`` when it is pushed. Steps of one ``merge`` name in a row become one.

    ``merge`` is for what changes in many small moves, as a slider: the first step's ``undo`` and
    the last one's ``redo`` are kept.
    """

    def __init__(
        self, text: str, redo: Callable[[], None], undo: Callable[[], None], merge: str = ""
    ) -> None:
        super().__init__(text)
        self._redo, self._undo, self._merge = redo, undo, merge

    def redo(self) -> None:
        """Do it."""
        self._redo()

    def undo(self) -> None:
        """Take it back."""
        self._undo()

    def id(self) -> int:
        """A number of its own for each ``merge`` name, -1 for none."""
        return hash(self._merge) & 0x7FFFFFFF if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take the place of two steps."""
        if not isinstance(other, Step) or other._merge != self._merge:
            return False
        self._redo = other._redo
        self.setText(other.text())
        return True
