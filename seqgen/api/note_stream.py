"""Notes as they are drawn, for a window to show before the file is written."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from seqgen.core.guide import Guide
from seqgen.frontends.music.playing.continuation import Continuation

INTERVAL = 0.02  # seconds between two looks at what is new
WINDOW = 16  # steps whose notes may still be lengthened or cut short by the next ones
COLUMNS = ("start", "end", "pitch", "velocity", "track")


class NoteStream:
    """Tells the notes of one take in rows of COLUMNS, ticks and MIDI numbers.

    A row with the start, pitch and track of an earlier one takes its place. After ``rest`` the
    rows told are the notes of the file.
    """

    def __init__(self, continuation: Continuation, guide: Guide, take: int) -> None:
        self._continuation, self._guide, self._take = continuation, guide, take
        self._told: dict[tuple[int, int, int], tuple[int, int]] = {}
        self._looked, self._steps = 0.0, 0

    def tell(self, steps: int) -> dict[str, object]:
        """What is new after so many steps, as ``Progress.data``; nothing if just looked at."""
        now = time.monotonic()
        if now - self._looked < INTERVAL:
            return {}
        since = max(self._steps - WINDOW, 0)
        self._looked, self._steps = now, steps
        return self.rest(self._continuation.notes(self._guide, since))

    def rest(self, notes: NDArray[np.void]) -> dict[str, object]:
        """What of ``notes`` was not told yet, as ``Progress.data``."""
        rows = []
        for row in zip(*(notes[name].tolist() for name in COLUMNS), strict=True):
            start, end, pitch, velocity, track = row
            if self._told.get((start, pitch, track)) != (end, velocity):
                self._told[start, pitch, track] = end, velocity
                rows.append(list(row))
        return {"take": self._take, "notes": rows} if rows else {}
