"""Bars, beats and seconds of a piece, from the meters and tempos of its sheet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence


class Meters:
    """Meter changes as (tick, numerator, denominator), the first at tick 0; each begins a bar."""

    def __init__(self, changes: Sequence[tuple[int, int, int]], ticks_per_beat: int) -> None:
        self._ticks = [tick for tick, _, _ in changes]
        self._parts = [denominator for _, _, denominator in changes]
        self._whole = [numerator * 4 * ticks_per_beat for _, numerator, _ in changes]
        self._beats = [numerator for _, numerator, _ in changes]
        self._bars = [0]  # bars before each change
        for i in range(1, len(changes)):
            ticks = self._ticks[i] - self._ticks[i - 1]
            bars = -(-ticks * self._parts[i - 1] // self._whole[i - 1])
            self._bars.append(self._bars[-1] + bars)

    def bar_at(self, tick: int) -> int:
        """The number (from 1) of the bar that holds ``tick``."""
        i = max(bisect_right(self._ticks, tick) - 1, 0)
        inside = max(tick - self._ticks[i], 0) * self._parts[i] // self._whole[i]
        return self._bars[i] + inside + 1

    def line(self, bar: int) -> int:
        """The tick where ``bar`` (from 1) begins, beyond the last note too."""
        i = max(bisect_right(self._bars, bar - 1) - 1, 0)
        return self._ticks[i] - (-(bar - 1 - self._bars[i]) * self._whole[i] // self._parts[i])

    def lines(self, first: int, last: int, step: int = 1) -> Iterator[tuple[int, int]]:
        """(bar, tick) of the bar lines from tick ``first`` to ``last``, each ``step``-th bar."""
        bar = self.bar_at(max(first, 0))
        bar += -(bar - 1) % step
        while (tick := self.line(bar)) <= last:
            if tick >= first:
                yield bar, tick
            bar += step

    def beats(self, first: int, last: int) -> Iterator[int]:
        """The ticks of beats between ``first`` and ``last`` that are no bar lines."""
        for bar, tick in self.lines(self.line(self.bar_at(max(first, 0))), last):
            i = max(bisect_right(self._bars, bar - 1) - 1, 0)
            end = self.line(bar + 1)
            for beat in range(1, self._beats[i]):
                at = tick + beat * self._whole[i] // (self._beats[i] * self._parts[i])
                if first <= at < min(end, last + 1):
                    yield at

    def bar_ticks(self, tick: int) -> int:
        """How long the bar at ``tick`` is, in ticks, at least 1."""
        bar = self.bar_at(tick)
        return max(self.line(bar + 1) - self.line(bar), 1)


class Tempos:
    """Tempo changes as (tick, microseconds a beat), the first at tick 0."""

    def __init__(self, changes: Sequence[tuple[int, int]], ticks_per_beat: int) -> None:
        self._ticks = [tick for tick, _ in changes]
        self._scale = [tempo / (ticks_per_beat * 1e6) for _, tempo in changes]  # seconds a tick
        self._seconds = [0.0]
        for i in range(1, len(changes)):
            ticks = self._ticks[i] - self._ticks[i - 1]
            self._seconds.append(self._seconds[-1] + ticks * self._scale[i - 1])

    def seconds(self, tick: int) -> float:
        """The seconds from the start at ``tick``."""
        i = max(bisect_right(self._ticks, tick) - 1, 0)
        return self._seconds[i] + (tick - self._ticks[i]) * self._scale[i]

    def tick(self, seconds: float) -> int:
        """The tick nearest to ``seconds`` from the start."""
        i = max(bisect_right(self._seconds, seconds) - 1, 0)
        return self._ticks[i] + round((seconds - self._seconds[i]) / self._scale[i])
