"""Keeps keys for widgets that have a use for them themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

_USED = (Qt.Key.Key_Space, Qt.Key.Key_Select)


class KeyGuard(QObject):
    """Lets Space press the button that has the focus, though it is a shortcut of the page."""

    def guard(self, page: QWidget) -> None:
        """Guard all buttons and boxes of a page; to be called again for new ones."""
        for kind in (QAbstractButton, QComboBox):
            for widget in page.findChildren(kind):
                widget.removeEventFilter(self)
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key before the shortcut does; it then comes as a plain key press."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and event.key() in _USED:
                event.accept()
                return True
        return False
