"""A WAV file written beside other work."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from seqgen_gui.sound.score import Playing, Score


class WavJob(QObject):
    """Writes one file in a thread; ends with ``finished`` (the path) or ``failed`` (why)."""

    progressed = Signal(float)
    finished = Signal(str)
    failed = Signal(str)

    def __init__(
        self, path: Path, score: Score, playing: Playing, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._path, self._score, self._playing = path, score, playing
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._work, name="wav", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop, and leave no file; ends with ``failed``."""
        self._cancelled.set()

    def wait(self) -> None:
        """Block until it has ended."""
        self._thread.join()

    def _work(self) -> None:
        from seqgen_gui.sound.wav import write_wav  # loads numpy

        try:
            done = write_wav(self._path, self._score, self._playing, self._goes_on)
        except OSError as error:
            self.failed.emit(f"cannot write {self._path}: {error.strerror or error}")
            return
        if done:
            self.finished.emit(str(self._path))
        else:
            self.failed.emit("cancelled")

    def _goes_on(self, share: float) -> bool:
        self.progressed.emit(share)
        return not self._cancelled.is_set()
