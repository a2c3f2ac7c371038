"""The cursor: which notes begin and end next, over tempo, mutes and loops."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import NamedTuple

from seqgen_gui.sound.score import LEAST_LOOP, Playing, Score

LEAST = 0.02  # seconds of the score that a note lasts at least
_CLOSE = 1e-7  # seconds that are no time


class Stroke(NamedTuple):
    """A key of a track that goes down, or up where ``velocity`` is 0."""

    track: int
    pitch: int
    velocity: int


class Cursor:
    """Goes through ``score`` from a second on; ``position`` is the second reached.

    Of two notes of a track on one key the earlier ends as the later begins. Whatever sounds at
    the end of a loop ends there.
    """

    def __init__(self, score: Score, playing: Playing, position: float = 0.0) -> None:
        self._score, self._playing = score, playing
        self.position = position
        self._starts = [note[0] for note in score.notes]
        self._next = bisect_left(self._starts, position)
        self._loop = self._loop_ahead()
        self._numbers = count()
        self._ends: list[tuple[float, int, int, int]] = []  # second, number, track, pitch
        self._sounding: dict[tuple[int, int], int] = {}  # (track, pitch) to number

    def load(self, score: Score) -> None:
        """Go on through another score; what sounds goes on too."""
        self._score = score
        self._starts = [note[0] for note in score.notes]
        self._next = bisect_right(self._starts, self.position + _CLOSE)

    def change(self, playing: Playing) -> list[Stroke]:
        """Go on in another way; the tracks that are muted now end."""
        self._playing = playing
        self._loop = self._loop_ahead()
        muted = [key for key in self._sounding if key[0] in playing.muted]
        for key in muted:
            del self._sounding[key]
        return [Stroke(track, pitch, 0) for track, pitch in muted]

    @property
    def wait(self) -> float:
        """Seconds of the clock until ``due`` has something; infinite where nothing comes."""
        return max(self._when() - self.position, 0.0) / self._playing.tempo

    def advance(self, seconds: float) -> None:
        """Let seconds of the clock go by."""
        self.position += seconds * self._playing.tempo

    def due(self) -> list[Stroke]:
        """What happens at the position or before it, and has not been told."""
        strokes: list[Stroke] = []
        while self._when() <= self.position + _CLOSE:
            when = self._when()
            if self._loop is not None and when == self._loop[1]:
                strokes += self.silence()
                self.position = self._loop[0] + max(self.position - when, 0.0)
                self._next = bisect_left(self._starts, self._loop[0])
            elif self._ends and when == self._ends[0][0]:
                strokes += self._end()
            else:
                strokes += self._begin()
        return strokes

    def silence(self) -> list[Stroke]:
        """End all that sounds."""
        strokes = [Stroke(track, pitch, 0) for track, pitch in self._sounding]
        self._sounding.clear()
        self._ends.clear()
        return strokes

    def _loop_ahead(self) -> tuple[float, float] | None:
        loop = self._playing.loop
        if loop is None or loop[1] - loop[0] < LEAST_LOOP or self.position >= loop[1]:
            return None
        return loop

    def _when(self) -> float:
        end = self._ends[0][0] if self._ends else inf
        begin = self._starts[self._next] if self._next < len(self._starts) else inf
        return min(end, begin, self._loop[1] if self._loop else inf)

    def _end(self) -> list[Stroke]:
        _, number, track, pitch = heappop(self._ends)
        if self._sounding.get((track, pitch)) != number:
            return []
        del self._sounding[track, pitch]
        return [Stroke(track, pitch, 0)]

    def _begin(self) -> list[Stroke]:
        start, stop, pitch, velocity, track = self._score.notes[self._next]
        self._next += 1
        if track in self._playing.muted:
            return []
        number = next(self._numbers)
        heappush(self._ends, (max(stop, start + LEAST), number, track, pitch))
        earlier = [Stroke(track, pitch, 0)] if (track, pitch) in self._sounding else []
        self._sounding[track, pitch] = number
        return [*earlier, Stroke(track, pitch, velocity)]
