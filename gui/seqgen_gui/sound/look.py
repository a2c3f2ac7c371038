"""A look at what the machine has to make sound with, by a sound process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from seqgen_gui.link.process import LineProcess
from seqgen_gui.sound.player import COMMAND
from seqgen_gui.sound.score import News, Wish


class Look(QObject):
    """Emits ``found`` with an Equipment once, or never where the process fails."""

    found = Signal(object)

    def __init__(self, parent: QObject | None = None, command: Sequence[str] = COMMAND) -> None:
        super().__init__(parent)
        self._process = LineProcess(command, self)
        self._process.heard.connect(self._hear)

    def start(self) -> None:
        """Begin, unless it is looking already."""
        if not self._process.running:
            self._process.start()
            self._process.say(Wish(look=True))

    def close(self) -> None:
        """Give it up."""
        if self._process.running:
            self._process.kill()
            self._process.end()

    def _hear(self, line: dict[str, Any]) -> None:
        news = msgspec.convert(line, News)
        if news.equipment is not None:
            self._process.end()
            self.found.emit(news.equipment)
