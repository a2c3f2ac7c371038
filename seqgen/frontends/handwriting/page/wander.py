"""How the lines of a hand stray from the straight: slowly, and by little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_SHARES = (0.3, 0.3, 0.4)  # of offset, slope and drift in the whole; they add up to 1
_WAVES = (0.5, 0.3, 0.2)  # weights of the waves of the drift; they add up to 1
_LENGTHS = (60.0, 35.0, 20.0)  # x-heights; how long these waves are, within a quarter


@dataclass(frozen=True)
class Wander:
    """The path of one line: y = amplitude * (0.3 offset + 0.3 slope x / reach + 0.4 drift(x)).

    Offset and slope are in [-1, 1]; the drift is a sum of three long sine waves, in [-1, 1]
    too. So for x from 0 to ``reach`` no baseline strays further than ``amplitude`` mm.
    ``edge``, in [0, 1], says how far from the margin the line starts.
    """

    amplitude: float
    reach: float  # mm
    edge: float
    offset: float
    slope: float
    lengths: Floats  # (3,) mm
    phases: Floats  # (3,) radians

    def down(self, x: Floats) -> Floats:
        """How far in mm (N,) the baseline lies below the straight at ``x`` (N,), in mm."""
        waves = np.sin(x[:, None] * (2 * np.pi / self.lengths) + self.phases) * _WAVES
        offset, slope, drift = _SHARES
        steady = offset * self.offset + slope * self.slope * x / self.reach
        path: Floats = self.amplitude * (steady + drift * waves.sum(axis=1))
        return path


def line_wander(key: tuple[int, int, int], x_height: float, wander: float, reach: float) -> Wander:
    """The wander of one line: nothing but ``key`` (seed, paragraph, number in it) draws it.

    ``wander`` is in x-heights, ``x_height`` and ``reach`` (the length of a full line) in mm.
    """
    draws = np.random.default_rng(key).random(3 + 2 * len(_WAVES))
    edge, offset, slope = draws[:3].tolist()
    stretch, turns = draws[3:].reshape(2, -1)
    return Wander(
        amplitude=wander * x_height,
        reach=reach,
        edge=edge,
        offset=2 * offset - 1,
        slope=2 * slope - 1,
        lengths=x_height * np.array(_LENGTHS) * (0.75 + 0.5 * stretch),
        phases=2 * np.pi * turns,
    )
