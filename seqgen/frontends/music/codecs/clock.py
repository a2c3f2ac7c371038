"""Clocks: how ticks become the units a codec counts in, beats on a grid or plain time."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.music.midi.meter import TempoMap
from seqgen.frontends.music.midi.score import Score

UNITS_PER_BEAT = 12
UNITS_PER_SECOND = 100
ON_GRID = 0.7  # mean resultant length from which on onsets count as lying on a grid
EXACT_PHASE = 1 / 64  # beats: a smaller phase is taken for none


@dataclass(frozen=True)
class MetricClock:
    """Metric time: 12 units a beat from tick ``phase`` on, which lies near a beat."""

    ticks_per_beat: int
    phase: int = 0
    kind: str = "metric"

    def units(self, ticks: NDArray[np.int64]) -> NDArray[np.float64]:
        """Units, not rounded, from ticks."""
        return np.asarray(
            (ticks - self.phase) * (UNITS_PER_BEAT / self.ticks_per_beat), np.float64
        )

    def ticks(self, units: NDArray[np.int64]) -> NDArray[np.int64]:
        """Nearest ticks from units."""
        exact = units * (self.ticks_per_beat / UNITS_PER_BEAT) + self.phase
        return np.asarray(np.rint(exact), np.int64)


@dataclass(frozen=True)
class FreeClock:
    """Free time: 100 units a second, whatever the beat."""

    tempos: TempoMap
    kind: str = "free"

    def units(self, ticks: NDArray[np.int64]) -> NDArray[np.float64]:
        """Units, not rounded, from ticks."""
        return self.tempos.seconds(ticks) * UNITS_PER_SECOND

    def ticks(self, units: NDArray[np.int64]) -> NDArray[np.int64]:
        """Nearest ticks from units."""
        return self.tempos.ticks(units / UNITS_PER_SECOND)


Clock = MetricClock | FreeClock


def choose_clock(score: Score, time: str = "auto") -> Clock:
    """Return the clock for a score: ``metric`` or ``free``, or what its onsets suggest.

    Onsets lie on a grid when their phases within a 16th, an eighth triplet or a 12th of a beat
    agree (mean resultant length of the phases >= 0.7; Mardia & Jupp 2000, eq. 2.3.1). A constant
    shift of all onsets, as alignment to a recording leaves it, becomes the clock's phase.
    """
    if time == "free":
        return FreeClock(score.tempos)
    onsets = np.unique(score.notes["start"])
    for parts in (4, 3, UNITS_PER_BEAT):
        phase = _common_phase(onsets / score.ticks_per_beat, parts)
        if phase is not None:
            shift = 0.0 if abs(phase) < EXACT_PHASE else phase
            return MetricClock(score.ticks_per_beat, round(shift * score.ticks_per_beat))
    if time == "metric" or len(onsets) == 0:
        return MetricClock(score.ticks_per_beat)
    return FreeClock(score.tempos)


def _common_phase(beats: NDArray[np.float64], parts: int) -> float | None:
    """The shift in beats against a grid of ``parts`` a beat, None where there is no such grid."""
    if len(beats) == 0:
        return None
    mean = np.exp(2j * math.pi * parts * beats).mean()
    if abs(mean) < ON_GRID:
        return None
    centre = float(np.angle(mean)) / (2 * math.pi * parts)
    rest = (beats - centre) * parts
    return centre + float(np.median(rest - np.rint(rest))) / parts
