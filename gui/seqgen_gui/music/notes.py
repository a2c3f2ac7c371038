"""Notes to be drawn: columns of numbers, found by the ticks they sound in."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from operator import sub

from seqgen.reports import NoteColumns

Row = Sequence[int]
"""Start, end (ticks), pitch, velocity, track."""
MOST_LONG = 64
"""Notes that are looked at one by one, so that one held note does not slow the search."""


class Notes:
    """Notes by start: ``starts``, ``ends`` (ticks), ``pitches``, ``velocities``, ``tracks``."""

    def __init__(self, starts: Iterable[int] = ()) -> None:
        self.starts = array("q", starts)
        self.ends = array("q")
        self.pitches = array("B")
        self.velocities = array("B")
        self.tracks = array("h")
        self._common = 0  # ticks that no note is longer than but those in _long
        self._long: list[int] = []

    def __len__(self) -> int:
        return len(self.starts)

    def visible(self, first: int, last: int) -> list[int]:
        """The indices of the notes that sound between the ticks ``first`` and ``last``."""
        lower = bisect_left(self.starts, first - self._common)
        ends = self.ends
        held = [i for i in self._long if i < lower and ends[i] > first]
        upper = bisect_right(self.starts, last)
        return held + [i for i in range(lower, upper) if ends[i] > first]

    def rows(self, indices: Iterable[int] | None = None) -> list[tuple[int, int, int, int, int]]:
        """Notes as rows of start, end, pitch, velocity and track; all where none are named."""
        columns = self.starts, self.ends, self.pitches, self.velocities, self.tracks
        if indices is None:
            return list(zip(*columns, strict=True))
        starts, ends, pitches, velocities, tracks = columns
        return [(starts[i], ends[i], pitches[i], velocities[i], tracks[i]) for i in indices]

    def before(self, tick: int) -> Notes:
        """The notes that begin before ``tick``, ended there at the latest."""
        part = self._sliced(0, bisect_left(self.starts, tick))
        part.ends = array("q", (end if end < tick else tick for end in part.ends))
        return part.index()

    def since(self, tick: int) -> Notes:
        """The notes that begin at ``tick`` or later."""
        return self._sliced(bisect_left(self.starts, tick), len(self)).index()

    def _sliced(self, first: int, last: int) -> Notes:
        part = Notes(self.starts[first:last])
        part.ends = self.ends[first:last]
        part.pitches = self.pitches[first:last]
        part.velocities = self.velocities[first:last]
        part.tracks = self.tracks[first:last]
        return part

    def index(self) -> Notes:
        """Prepare ``visible``; to be called when the columns are filled. Returns itself."""
        lengths = array("q", map(sub, self.ends, self.starts))
        self._common = min(nlargest(MOST_LONG + 1, lengths), default=0)
        self._long = [i for i, length in enumerate(lengths) if length > self._common]
        return self


def notes_of(rows: Iterable[Row]) -> Notes:
    """Notes from rows of start, end, pitch, velocity and track, in any order."""
    columns = list(zip(*sorted(tuple(row) for row in rows), strict=True)) or [()] * 5
    notes = Notes(columns[0])
    notes.ends.extend(columns[1])
    notes.pitches.extend(columns[2])
    notes.velocities.extend(columns[3])
    notes.tracks.extend(columns[4])
    return notes.index()


def notes_from(columns: NoteColumns, parts: Mapping[int, int]) -> Notes:
    """Notes from the columns of a sheet; ``parts`` says what to call each track."""
    notes = Notes()
    for name in ("starts", "ends", "pitches", "velocities", "tracks"):
        column: array[int] = getattr(notes, name)
        column.frombytes(getattr(columns, name))
        if sys.byteorder == "big":
            column.byteswap()
    notes.tracks = array("h", map(parts.__getitem__, notes.tracks))
    return notes.index()
