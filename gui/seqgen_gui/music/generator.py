"""Drawing takes: one request at a time to the worker, its notes as they come."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from seqgen.config import MusicResult, Progress, SampleMusic
from seqgen_gui.link.requests import Handle, Requests


class Generator(QObject):
    """Emits ``noted`` as notes of the first take arrive, then ``finished`` or ``failed``.

    ``notes`` are those so far, as rows of start, end (ticks), pitch, velocity and track.
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
        self._rows.clear()
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
        self._rows.clear()
        self.running_changed.emit(False)

    def _progress(self, progress: Progress) -> None:
        rows = progress.data.get("notes", ()) if progress.data.get("take", 0) == 0 else ()
        if rows:
            first = min(row[0] for row in rows)
            last = max(row[1] for row in rows)
            for start, end, pitch, velocity, track in rows:
                old = self._rows.get((start, pitch, track))
                last = max(last, old[1] if old else 0)
                self._rows[start, pitch, track] = (start, end, pitch, velocity, track)
            self.noted.emit(first, last)
        self.progressed.emit(progress)

    def _result(self, result: Any) -> None:
        request = self.request
        self._end()
        self.finished.emit(request, msgspec.convert(result, MusicResult))

    def _error(self, message: str) -> None:
        self._end()
        self.failed.emit(message)
