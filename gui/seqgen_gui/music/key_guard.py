"""Keeps keys for widgets that have a use for them themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

_USED = (Qt.Key.Key_Space, Qt.Key.Key_Select)


class KeyGuard(QObject):
    """Lets keys work where the focus is, though they are shortcuts of the page.

    Space presses a button, and what is typed chooses in a box.
    """

    def guard(self, page: QWidget) -> None:
        """Guard all buttons and boxes of a page; to be called again for new ones."""
        boxes = page.findChildren(QComboBox)
        for widget in (
            *page.findChildren(QAbstractButton), *boxes, *(box.view() for box in boxes)
        ):  # fmt: skip
            widget.removeEventFilter(self)
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key before the shortcut does; it then comes as a plain key press."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            typed = not isinstance(watched, QAbstractButton) and event.text().isprintable()
            if plain and (event.key() in _USED or (typed and event.text())):
                event.accept()
                return True
        return False
