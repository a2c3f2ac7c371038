"""A WAV file written by a sound process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from seqgen_gui.link.process import LineProcess
from seqgen_gui.sound.player import COMMAND
from seqgen_gui.sound.score import News, Playing, Score, Wish

CANCELLED = "cancelled"


class WavJob(QObject):
    """Writes one file; ends with ``finished`` (the path) or ``failed`` (why).

    ``font`` is the path of a SoundFont, empty for the built-in sounds; ``warned`` says where it
    could not play.
    """

    progressed = Signal(float)
    finished = Signal(str)
    failed = Signal(str)
    warned = Signal(str)

    def __init__(
        self,
        path: Path,
        score: Score,
        playing: Playing,
        parent: QObject | None = None,
        font: str = "",
        command: Sequence[str] = COMMAND,
    ) -> None:
        super().__init__(parent)
        self._path, self._done = path, False
        self._wish = Wish(score=score, how=playing, font=font, wav=str(path))
        self._process = LineProcess(command, self)
        self._process.heard.connect(self._hear)
        self._process.ended.connect(self._ended)

    def start(self) -> None:
        """Begin."""
        self._process.start()
        self._process.say(self._wish)

    def cancel(self) -> None:
        """Stop, and leave no file; ends with ``failed``."""
        self._end(CANCELLED)

    def _hear(self, line: dict[str, Any]) -> None:
        news = msgspec.convert(line, News)
        if news.share is not None:
            self.progressed.emit(news.share)
        if news.warned is not None:
            self.warned.emit(news.warned)
        if news.failed is not None:
            self._end(news.failed)
        elif news.wrote:
            self._end("")

    def _end(self, failed: str) -> None:
        if self._done:
            return
        self._done = True
        self._process.end()
        if failed:
            self.failed.emit(failed)
        else:
            self.finished.emit(str(self._path))

    def _ended(self, reason: str) -> None:
        self._end(f"the sound was not written: {reason}")
