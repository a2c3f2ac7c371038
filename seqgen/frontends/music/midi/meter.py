"""Tempo and meter maps: ticks to seconds and to bars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

Ticks = TypeVar("Ticks", int, NDArray[np.int64])

DEFAULT_TEMPO = 500_000  # microseconds a beat: 120 bpm
DEFAULT_METER = (4, 4)


class TempoMap:
    """Tempo changes as (tick, microseconds a beat), by tick; the last one at a tick counts.

    Where there is none at tick 0, 120 bpm is in force until the first.
    """

    def __init__(self, changes: Iterable[tuple[int, int]], ticks_per_beat: int) -> None:
        at = {0: DEFAULT_TEMPO} | dict(sorted(changes, key=lambda change: change[0]))
        self.changes = tuple(at.items())
        self.ticks_per_beat = ticks_per_beat
        self._ticks = np.array(list(at), dtype=np.int64)
        self._scale = np.array(list(at.values())) / (ticks_per_beat * 1e6)  # seconds a tick
        lengths = np.diff(self._ticks) * self._scale[:-1]
        self._seconds = np.concatenate(([0.0], np.cumsum(lengths)))

    @overload
    def seconds(self, ticks: int) -> float: ...
    @overload
    def seconds(self, ticks: NDArray[np.int64]) -> NDArray[np.float64]: ...
    def seconds(self, ticks: int | NDArray[np.int64]) -> float | NDArray[np.float64]:
        """Return the seconds from the start at ``ticks``."""
        i = np.searchsorted(self._ticks, ticks, side="right") - 1
        result: Any = self._seconds[i] + (ticks - self._ticks[i]) * self._scale[i]
        return float(result) if np.ndim(result) == 0 else result

    @overload
    def ticks(self, seconds: float) -> int: ...
    @overload
    def ticks(self, seconds: NDArray[np.float64]) -> NDArray[np.int64]: ...
    def ticks(self, seconds: float | NDArray[np.float64]) -> int | NDArray[np.int64]:
        """Return the tick nearest to ``seconds`` from the start."""
        i = np.maximum(np.searchsorted(self._seconds, seconds, side="right") - 1, 0)
        result: Any = self._ticks[i] + np.rint((seconds - self._seconds[i]) / self._scale[i])
        return int(result) if np.ndim(result) == 0 else result.astype(np.int64)

    def tempo_at(self, tick: int) -> int:
        """Return the microseconds a beat in force at ``tick``."""
        return self.changes[int(np.searchsorted(self._ticks, tick, side="right")) - 1][1]

    @overload
    def bpm_at(self, ticks: int) -> float: ...
    @overload
    def bpm_at(self, ticks: NDArray[np.int64]) -> NDArray[np.float64]: ...
    def bpm_at(self, ticks: int | NDArray[np.int64]) -> float | NDArray[np.float64]:
        """Return the beats (quarter notes) a minute in force at ``ticks``."""
        i = np.maximum(np.searchsorted(self._ticks, ticks, side="right") - 1, 0)
        result: Any = 60 / (self._scale[i] * self.ticks_per_beat)
        return float(result) if np.ndim(result) == 0 else result


class MeterMap:
    """Meter changes as (tick, numerator, denominator), by tick; the last one at a tick counts.

    4/4 is in force before the first. A change begins a new bar, in the middle of one too; a
    meter that is only said again changes nothing. A bar may be a fraction of a tick long or end
    between two ticks (1/128 at 24 ticks a beat): its line is then the next tick.
    """

    def __init__(self, changes: Iterable[tuple[int, int, int]], ticks_per_beat: int) -> None:
        at = {0: DEFAULT_METER}
        for tick, numerator, denominator in sorted(changes, key=lambda change: change[0]):
            at[tick] = (numerator, denominator)
        self.changes = tuple(_without_repeats(at))
        table = np.array(self.changes, dtype=np.int64)
        self._ticks = table[:, 0]
        self._parts = table[:, 2]  # a bar is _whole / _parts ticks long
        self._whole = table[:, 1] * 4 * ticks_per_beat
        bars = -(-np.diff(self._ticks) * self._parts[:-1] // self._whole[:-1])
        self._bars = np.concatenate(([0], np.cumsum(bars)))  # bars before each change

    def _segment(self, tick: Ticks) -> Any:
        return np.searchsorted(self._ticks, tick, side="right") - 1

    def _line(self, segment: Any, bar: Any) -> Any:
        """Return the tick of the ``bar``-th line of a segment."""
        return self._ticks[segment] - (-bar * self._whole[segment] // self._parts[segment])

    def _bar(self, segment: Any, tick: Any) -> Any:
        """Return the bar, counted from the segment's first, that holds ``tick``."""
        return (tick - self._ticks[segment]) * self._parts[segment] // self._whole[segment]

    def bar_start(self, tick: Ticks) -> Ticks:
        """Return the tick of the bar that holds ``tick``."""
        segment = self._segment(tick)
        return _like(tick, self._line(segment, self._bar(segment, tick)))

    def next_bar_line(self, tick: Ticks) -> Ticks:
        """Return the first bar line at or after ``tick``."""
        segment = self._segment(tick)
        bar = self._bar(segment, tick)
        line = self._line(segment, bar)
        following = np.append(self._ticks[1:], np.iinfo(np.int64).max)[segment]
        behind = np.minimum(self._line(segment, bar + 1), following)
        return _like(tick, np.where(line == tick, line, behind))

    def bar_index(self, tick: Ticks) -> Ticks:
        """Return the number (from 0) of the bar that holds ``tick``."""
        segment = self._segment(tick)
        return _like(tick, self._bars[segment] + self._bar(segment, tick))

    def bar_line(self, index: Ticks) -> Ticks:
        """Return the tick where bar ``index`` (from 0) begins; the inverse of bar_index."""
        segment = np.searchsorted(self._bars, index, side="right") - 1
        return _like(index, self._line(segment, index - self._bars[segment]))

    def bar_ticks(self, tick: Ticks) -> Ticks:
        """Return how long a full bar is at ``tick``, in ticks (rounded down, at least 1)."""
        segment = self._segment(tick)
        return _like(tick, np.maximum(self._whole[segment] // self._parts[segment], 1))

    def meter_at(self, tick: int) -> tuple[int, int]:
        """Return the (numerator, denominator) in force at ``tick``."""
        return self.changes[int(self._segment(tick))][1:]


def _like(given: Ticks, result: Any) -> Ticks:
    """Return a plain int for a plain int, an array for an array."""
    like: Ticks = int(result) if isinstance(given, int) else result
    return like


def _without_repeats(at: dict[int, tuple[int, int]]) -> Iterable[tuple[int, int, int]]:
    last = None
    for tick, meter in at.items():
        if meter != last:
            yield tick, *meter
        last = meter
