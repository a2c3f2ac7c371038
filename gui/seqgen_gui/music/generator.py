"""Drawing takes: one request at a time to the worker, its notes as they come."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from seqgen.config import MusicResult, Progress, SampleMusic
from seqgen_gui.link.requests import Handle, Requests

FRAME = 33  # milliseconds between two tellings of what has come
BREATH = 4  # and at least so many times what a telling takes: the window must stay awake


class Generator(QObject):
    """Emits ``noted`` as notes of the first take arrive, then ``finished`` or ``failed``.

    The first notes are told at once, those behind them at most FRAME milliseconds later. ``notes``
    are those so far, as rows of start, end (ticks), pitch, velocity and track.
    """

    noted = Signal(int, int)  # the ticks between which notes have changed
    progressed = Signal(object)
    finished = Signal(object, object)  # the request, its MusicResult
    failed = Signal(str)
    running_changed = Signal(bool)

    def __init__(self, requests: Requests, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests = requests
        self._handle: Handle | None = None
        self._rows: dict[tuple[int, int, int], tuple[int, ...]] = {}
        self._news: Progress | None = None
        self._stale: tuple[int, int] | None = None
        self._frame = QTimer(self, singleShot=True)
        self._frame.timeout.connect(self._tell)
        self.request: SampleMusic | None = None

    @property
    def running(self) -> bool:
        """Whether a take is being drawn."""
        return self._handle is not None

    @property
    def notes(self) -> list[tuple[int, ...]]:
        """The notes so far."""
        return list(self._rows.values())

    def start(self, request: SampleMusic) -> None:
        """Draw; what is being drawn is given up."""
        if self._handle is not None:
            self._handle.cancel()
        self.request = request
        self._forget()
        self._handle = self._requests.send(
            "sample_music", request, self._progress, self._result, self._error
        )
        self.running_changed.emit(True)

    def cancel(self) -> None:
        """Stop; the take is lost."""
        if self._handle is not None:
            self._handle.cancel()
            self._end()

    def _end(self) -> None:
        self._handle = None
        self._forget()
        self.running_changed.emit(False)

    def _forget(self) -> None:
        self._rows.clear()
        self._news = self._stale = None
        self._frame.stop()

    def _progress(self, progress: Progress) -> None:
        rows = progress.data.get("notes", ()) if progress.data.get("take", 0) == 0 else ()
        begins = bool(rows) and not self._rows
        for start, end, pitch, velocity, track in rows:
            old = self._rows.get((start, pitch, track))
            self._rows[start, pitch, track] = (start, end, pitch, velocity, track)
            first, last = self._stale or (start, end)
            self._stale = min(first, start), max(last, end, old[1] if old else 0)
        self._news = progress
        if begins or not self._frame.isActive():
            self._tell()

    def _tell(self) -> None:
        """Tell what came since the last telling, and begin to wait for the next."""
        news, stale = self._news, self._stale
        self._news = self._stale = None
        if news is None:
            return
        took = QElapsedTimer()
        took.start()
        if stale is not None:
            self.noted.emit(*stale)
        self.progressed.emit(news)
        self._frame.start(max(FRAME, BREATH * took.elapsed()))

    def _result(self, result: Any) -> None:
        request = self.request
        self._end()
        self.finished.emit(request, msgspec.convert(result, MusicResult))

    def _error(self, message: str) -> None:
        self._end()
        self.failed.emit(message)
