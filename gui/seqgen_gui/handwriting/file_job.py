"""Files that take a while, written by a thread so that the window stays awake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QThread

from seqgen.errors import SeqgenError


class FileJob(QThread):
    """Runs ``work``; once ``finished``, ``paths`` are what it wrote or ``why`` it could not."""

    def __init__(self, work: Callable[[], list[Path]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.paths: list[Path] = []
        self.why = ""

    def run(self) -> None:
        """What the thread does."""
        try:
            self.paths = self._work()
        except SeqgenError as error:
            self.why = str(error)
