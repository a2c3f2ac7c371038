"""Python's collector of garbage, kept from stopping the window while there is work to be seen."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

PAUSE = 5000  # milliseconds between two looks
PATIENCE = 60  # looks that may find the window busy before it is interrupted all the same
DUE = 4  # collections of younger objects after which one of all is due
NEVER = 1 << 30


class Collector(QObject):
    """Collects all generations while nothing is drawn or written, not when Python happens to.

    What has survived is not looked at again until the window is left for another program: a
    collection takes a millisecond for some thousand objects, and letters have a hundred thousand.
    """

    def __init__(
        self, app: QGuiApplication, busy: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._busy, self._waited = busy, 0
        self._thresholds = gc.get_threshold()
        gc.set_threshold(*self._thresholds[:2], NEVER)
        self._timer = QTimer(self, interval=PAUSE)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app.applicationStateChanged.connect(self._left)

    def look(self) -> None:
        """Collect if that is due and the window is not busy."""
        if gc.get_count()[2] <= DUE:
            return
        self._waited += 1
        if not self._busy() or self._waited > PATIENCE:
            self._collect()

    def close(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.set_threshold(*self._thresholds)

    def _collect(self) -> None:
        self._waited = 0
        gc.collect()
        gc.freeze()

    def _left(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive and self._timer.isActive():
            gc.unfreeze()
            self._collect()
