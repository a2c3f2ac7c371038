"""Telling when a page is seen again after another one was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


class SeenAgain(QObject):
    """Tells whenever a page is shown that was hidden, but not of the first time."""

    happened = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._was_left = False
        page.installEventFilter(self)

    def eventFilter(self, page: QObject, event: QEvent) -> bool:
        """Take note of leaving and coming back; neither is kept from the page."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous():
            self._was_left = True
        elif event.type() == QEvent.Type.Show and self._was_left:
            self._was_left = False
            self.happened.emit()
        return False
