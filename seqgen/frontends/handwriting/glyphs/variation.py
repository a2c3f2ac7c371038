"""Small differences between one writing of a glyph and the next."""

from __future__ import annotations

import math

import numpy as np

from seqgen.frontends.handwriting.glyphs.glyph import Trace
from seqgen.frontends.handwriting.ink.spline import Points

# Standard deviations in x-heights, or relative, at jitter 1.
_SIZE = 0.03
_LEAN = 0.02
_SWAY = 0.022
_STROKE = 0.01
_KNOT = 0.006
_WAVE = 0.45  # waves per x-height: neighbouring knots move together


def spread(rng: np.random.Generator, deviation: float, shape: tuple[int, ...] = ()) -> Points:
    """Normal draws that never leave two standard deviations, so that glyphs stay legible."""
    return np.clip(rng.standard_normal(shape), -2, 2) * deviation


def varied(
    traces: tuple[Trace, ...], jitter: float, rng: np.random.Generator
) -> tuple[Trace, ...]:
    """Return the traces of a glyph as a hand writes them this time.

    Size and lean differ per glyph, a slow wave bends it as a whole so that strokes which meet
    still meet, each stroke is set down a little off its place, and each knot is a little off.
    """
    linear = np.eye(2) + np.diag(spread(rng, _SIZE * jitter, (2,)))
    linear[0, 1] = spread(rng, _LEAN * jitter)
    turn, *phases = rng.uniform(0, 2 * math.pi, 3)
    direction = np.array([math.cos(turn), math.sin(turn)]) * 2 * math.pi * _WAVE
    sway = spread(rng, _SWAY * jitter, (2,))

    def moved(trace: Trace) -> Trace:
        wave = np.sin((trace.knots @ direction)[:, None] + phases) * sway
        stroke = spread(rng, _STROKE * jitter, (2,))
        knots = spread(rng, _KNOT * jitter, trace.knots.shape)
        return Trace(trace.knots @ linear.T + wave + stroke + knots, trace.corners)

    return tuple(map(moved, traces))
