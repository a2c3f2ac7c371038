"""Ink as a reader sees it: the same for a pen of 100 points a second and for smooth curves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.handwriting.codec.points import (
    Float,
    Trace,
    baseline_slope,
    ink_of,
    levelled,
    repaired,
    spread,
    trace_of,
)
from seqgen.frontends.handwriting.ink.curves import ragged
from seqgen.frontends.handwriting.ink.ink import Ink

STEP = 0.25  # spreads (some 0.15 x-heights) from point to point of a stroke
AIR = 0.6  # spreads, of the way from stroke to stroke
CHANNELS = 5
BEHIND = 8.0  # spreads to the left of the ink's right end, at the most


@dataclass(frozen=True)
class Seen:
    """A line along its arc: points (N, 2), and whether ink leads to each, (N,)."""

    points: Float
    inked: NDArray[np.bool_]


def normalised(ink: Ink) -> Trace:
    """The ink in spreads, level, around its middle; all measured along the arc, not in time.

    ValueError where the ink has no height.
    """
    ink = repaired(ink, spread([levelled(ink)]))
    even = _even(ink)
    slope = baseline_slope(even)
    shear = np.array([[1.0, 0.0], [-slope, 1.0]])
    even, ink = even.mapped(shear), ink.mapped(shear)
    unit, middle = spread([even]), float(np.concatenate(even.strokes)[:, 1].mean())
    trace = trace_of(ink.moved(-ink.box().left, -middle).scaled(1 / unit))
    return Trace(trace.points, trace.lifts)


def _even(ink: Ink) -> Ink:
    """The ink with points at even distances, in its own unit."""
    unit = spread([levelled(ink)])
    seen = along_arc(trace_of(ink.scaled(1 / unit)))
    return ink_of(seen.points[seen.inked], np.zeros(int(seen.inked.sum()), bool)).scaled(unit)


def thinned(trace: Trace, first: int) -> Trace:
    """Every second point, counted from ``first``, and the ends of strokes."""
    kept = (np.arange(len(trace.points)) - first) % 2 == 0
    kept |= trace.lifts | _starts(trace)
    return Trace(trace.points[kept], trace.lifts[kept])


def rounded(trace: Trace) -> Trace:
    """A point more between any two of a stroke, on a smooth curve through them.

    Source: Dyn, Levin and Gregory 1987, "A 4-point interpolatory subdivision scheme".
    """
    points, starts = trace.points, _starts(trace)
    every = np.arange(len(points))
    before = np.where(starts, every, every - 1)
    after = np.where(trace.lifts, every, np.minimum(every + 1, len(points) - 1))
    left = every[~trace.lifts & (every + 1 < len(points))]
    right = left + 1
    between = (
        9 * (points[left] + points[right]) - points[before[left]] - points[after[right]]
    ) / 16
    order = np.argsort(np.concatenate([every, left + 0.5]), kind="stable")
    lifts = np.concatenate([trace.lifts, np.zeros(len(left), bool)])
    return Trace(np.concatenate([points, between])[order], lifts[order])


def along_arc(trace: Trace) -> Seen:
    """Points at even distances, slightly smoothed; the way through the air is among them.

    A dot is one point. Corners are rounded by the mean of a point (1/2) and its neighbours.
    """
    lengths = np.hypot(*np.diff(trace.points, axis=0).T)
    arc = np.concatenate([[0.0], np.cumsum(lengths)])
    ends = np.flatnonzero(trace.lifts)
    starts = np.concatenate([[0], ends[:-1] + 1])
    bounds = arc[np.stack([starts, ends], axis=1).ravel()]
    pieces = np.diff(bounds)  # ink, air, ink, ... ink
    wanted = np.where(np.arange(len(pieces)) % 2 == 0, STEP, AIR)
    counts = np.maximum(1, np.ceil(pieces / wanted)).astype(np.int64)
    owner, place = ragged(counts)
    at = bounds[owner] + pieces[owner] * (place + 1) / counts[owner]
    points = np.stack([np.interp(at, arc, column) for column in trace.points.T], axis=1)
    inked = owner % 2 == 0
    inner = np.flatnonzero((owner[:-2] == owner[2:]) & inked[1:-1]) + 1
    smooth = points.copy()
    smooth[inner] = (points[inner - 1] + 2 * points[inner] + points[inner + 1]) / 4
    return Seen(smooth, inked)


def features(trace: Trace) -> NDArray[np.float32]:
    """What a reader sees of a normalised line: (N, 5) float32.

    The step right and down (1 is a whole step of its kind), ink or air, the height over the
    middle, and how far behind the right end of the ink so far it is (1 is ``BEHIND``).
    """
    seen = along_arc(rounded(trace))
    steps = np.diff(seen.points, axis=0, prepend=trace.points[:1])
    steps /= np.where(seen.inked, STEP, AIR)[:, None]
    right = np.maximum.accumulate(seen.points[:, 0])
    behind = np.minimum(right - seen.points[:, 0], BEHIND) / BEHIND
    height = np.clip(seen.points[:, 1], -6, 6) / 2
    columns = (steps[:, 0], steps[:, 1], seen.inked, height, behind)
    return np.stack(columns, axis=1).astype(np.float32)


def varied(trace: Trace, rng: np.random.Generator) -> Trace:
    """The line as another day's writing: other size, width, slant and slope, shaken, thinned."""
    if rng.random() < 0.5:
        trace = thinned(trace, int(rng.integers(2)))
    width, height = np.exp(rng.normal(0, (0.12, 0.08)))
    matrix = np.array([[width, rng.normal(0, 0.15)], [rng.normal(0, 0.005), height]])
    points = trace.points @ matrix.T + rng.normal(0, 0.015, trace.points.shape)
    return Trace(points, trace.lifts)


def _starts(trace: Trace) -> NDArray[np.bool_]:
    return np.concatenate([[True], trace.lifts[:-1]])
