"""A recording made by a sound process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from seqgen_gui.link.process import LineProcess
from seqgen_gui.live.recording import Recording
from seqgen_gui.sound.player import COMMAND
from seqgen_gui.sound.score import News, Wish


class RecordJob(QObject):
    """Emits ``equipped`` with an Equipment after each ``look``, ``heard`` with a Heard.

    A recording ``began``, and ``stopped`` or could not begin; ``failed`` says behind that why it
    did so unwished, ``warned`` what is not as it was wished.
    """

    equipped = Signal(object)
    began = Signal()
    heard = Signal(object)
    stopped = Signal()
    warned = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None, command: Sequence[str] = COMMAND) -> None:
        super().__init__(parent)
        self._process = LineProcess(command, self)
        self._process.heard.connect(self._hear)
        self._process.ended.connect(self._ended)
        self._closing = False
        self.is_on = False

    def look(self) -> None:
        """Ask for what the machine has."""
        self._say(Wish(look=True))

    def record(self, recording: Recording, font: str = "") -> None:
        """Begin a recording; keys are heard with the SoundFont at ``font``, if any."""
        self._say(Wish(record=recording, font=font if recording.sounds else None))

    def stop(self) -> None:
        """End it; what was played until now is heard first."""
        self._say(Wish(halt=True))

    def close(self) -> None:
        """End the process."""
        self._closing = True
        if self._process.running:
            self._process.end()

    def _say(self, wish: Wish) -> None:
        if not self._process.running:
            self._process.start()
        self._process.say(wish)

    def _hear(self, line: dict[str, Any]) -> None:
        news = msgspec.convert(line, News)
        if news.equipment is not None:
            self.equipped.emit(news.equipment)
        if news.heard is not None:
            self.heard.emit(news.heard)
        if news.recording is not None:
            self._set_on(news.recording)
        if news.warned is not None:
            self.warned.emit(news.warned)
        if news.failed is not None:
            self.failed.emit(news.failed)

    def _ended(self, reason: str) -> None:
        if not self._closing:
            self._set_on(False)
            self.failed.emit(f"the sound process stopped: {reason}")

    def _set_on(self, on: bool) -> None:
        self.is_on = on
        (self.began if on else self.stopped).emit()
