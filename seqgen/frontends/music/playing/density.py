"""Density: notes per time, as a multiple of what the model would play of itself.

The time to the next note is drawn from p(t) exp(-l t) instead of p(t): of all distributions with
a given mean this is the one nearest to p (Csiszar 1975, I-divergence geometry). The model hears
what was drawn and plays on as fast or slow as that, so l is not fixed: it is chosen at each step
so that the mean time becomes the model's own, times a factor that brings the music to the pace
that is wanted and holds it there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LIKELY = 1e-3
"""Times that are less than so many times as likely as the likeliest stay out of a tilt."""
MEMORY = 0.98
"""How much of the past counts a note later, for the model's own pace."""
FURTHEST = 4.0
"""The mean time is changed by this factor at most, up or down."""
STEEPEST, CHOICES, ROUNDS = 200.0, 32, 3
"""The search of l over (-STEEPEST, STEEPEST) / limit: CHOICES values, narrowed in ROUNDS."""


@dataclass(frozen=True)
class Wish:
    """The notes per unit of time that a model plays of itself, and how many times as many."""

    own: float
    density: float


class Pace:
    """Steers one sequence to the density of a wish.

    ``times`` (classes,) are the units of time that the classes of a field stand for; those above
    ``limit``, about a bar, count as ``limit``.
    """

    def __init__(self, wish: Wish, times: NDArray[np.int64], limit: int) -> None:
        self._wanted = wish.own * wish.density
        self._limit = limit
        self._times: NDArray[np.float64] = np.minimum(times, limit) / limit
        self._time, self._notes = 2.0 * limit, 2.0 * limit * wish.own
        self._late = 0.0
        self._mean = 0.0

    @property
    def factor(self) -> float:
        """What the model's mean time to the next note is to be multiplied with now."""
        own = self._notes / self._time
        wanted = own / self._wanted * math.exp(-self._late / self._limit)
        return min(max(wanted, 1 / FURTHEST), FURTHEST)

    def tilted(
        self, logits: NDArray[np.floating], allowed: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """Logits (classes,) of the time to the next note, tilted; some class is allowed."""
        values = np.where(allowed, np.asarray(logits, np.float64), -np.inf)
        chances = np.exp(values - values.max())
        likely = np.flatnonzero(chances >= LIKELY)
        chances, times = chances[likely] / chances[likely].sum(), self._times[likely]
        mean = float(chances @ times)
        self._mean = mean * self._limit
        found = np.full(len(values), -np.inf)
        found[likely] = values[likely] - _slope(chances, times, mean * self.factor) * times
        return found

    def push(self, time: int, notes: int) -> None:
        """Let a step pass that began ``notes`` notes and took ``time``."""
        self._notes = MEMORY * self._notes + notes
        self._time = MEMORY * self._time + self._mean
        late = self._late + time - notes / self._wanted
        self._late = min(max(late, -2.0 * self._limit), 2.0 * self._limit)


def _slope(chances: NDArray[np.float64], times: NDArray[np.float64], mean: float) -> float:
    """The l for which the mean of ``times`` under chances exp(-l times) is nearest to ``mean``."""
    low, high = -STEEPEST, STEEPEST
    for _ in range(ROUNDS):
        slopes = np.linspace(low, high, CHOICES)
        powers = -slopes[:, None] * times
        weights = chances * np.exp(powers - powers.max(axis=1, keepdims=True))
        means = (weights @ times) / weights.sum(axis=1)
        best = int(np.abs(means - mean).argmin())
        low, high = slopes[max(best - 1, 0)], slopes[min(best + 1, CHOICES - 1)]
    return float(slopes[best])
