"""The text editor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit

PAUSE = 900  # milliseconds without typing, after which a change is a step of its own
_Key = QKeySequence.StandardKey


class TextEditor(QPlainTextEdit):
    """Plain text; undo and redo are those of the window. ``edited`` tells text and step."""

    edited = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Text to be written")
        self.setPlaceholderText("Dear Ada, …")
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self._step = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._end_step)
        self.textChanged.connect(self._changed)

    def show_text(self, text: str) -> None:
        """Show a text; nothing is told."""
        if text != self.toPlainText():
            place = self.textCursor().position()
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            cursor = self.textCursor()
            cursor.setPosition(min(place, len(text)))
            self.setTextCursor(cursor)
            self._step += 1

    def _changed(self) -> None:
        self._pause.start()
        self.edited.emit(self.toPlainText(), self._step)

    def _end_step(self) -> None:
        self._step += 1

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.matches(_Key.Undo) or event.matches(_Key.Redo))
        ):
            event.ignore()
            return False
        return super().event(event)
