"""Between ink and offsets: repair, levelling, resampling in time, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.handwriting.ink.ink import Ink, Stroke

Float = NDArray[np.float64]
SPIKE = 3.5  # a step this many spreads long is the tracker's, not the hand's
GENTLE = 0.35  # the steepest baseline that is levelled, as a slope
FLAT = 1e-6  # ink this much lower than it is wide has no height but that of rounding


@dataclass(frozen=True)
class Trace:
    """Points (P, 2) of a line in the order of writing; ``lifts`` (P,): the pen leaves after it."""

    points: Float
    lifts: NDArray[np.bool_]


def trace_of(ink: Ink) -> Trace:
    """All points of the ink, one stroke after another."""
    lifts = np.zeros(ink.points, bool)
    if ink:
        lifts[np.cumsum([len(stroke) for stroke in ink.strokes]) - 1] = True
        return Trace(np.concatenate(ink.strokes), lifts)
    return Trace(np.empty((0, 2)), lifts)


def ink_of(points: Float, lifts: NDArray[np.bool_]) -> Ink:
    """The strokes of points (P, 2); a stroke ends where the pen lifts, and at the end."""
    ends = np.flatnonzero(lifts[:-1]) + 1
    return Ink(tuple(stroke for stroke in np.split(points, ends) if len(stroke)))


def baseline_slope(ink: Ink) -> float:
    """How steeply a line of writing falls: the slope of the regression of y on x, bounded.

    Lines shorter than three times their height have no slope worth the name: 0.
    """
    if not ink:
        return 0.0
    box, points = ink.box(), np.concatenate(ink.strokes)
    if not box.width or box.width < 3 * box.height:
        return 0.0
    slope = float(np.polyfit(points[:, 0], points[:, 1], 1)[0])
    return max(-GENTLE, min(GENTLE, slope))


def levelled(ink: Ink) -> Ink:
    """The ink sheared so that its baseline is level; upright strokes stay as they are."""
    slope = baseline_slope(ink)
    return ink.mapped(np.array([[1.0, 0.0], [-slope, 1.0]])) if slope else ink


def spread(lines: Sequence[Ink]) -> float:
    """The size of a hand: the median over its lines of the vertical standard deviation of points.

    It is about 0.6 x-heights, in the unit of the ink. ValueError where no line has any height.
    """
    sizes = []
    for line in lines:
        if line and (box := line.box()).height > FLAT * box.width:
            sizes.append(float(np.concatenate(line.strokes)[:, 1].std()))
    if not sizes:
        raise ValueError("the ink has no height")
    return float(np.median(sizes))


def repaired(ink: Ink, unit: float) -> Ink:
    """The ink without repeated points and tracker spikes; a jump inside a stroke parts it.

    A spike is a point further than ``SPIKE`` times ``unit`` from both its neighbours, or from
    the only one. A stroke whose points are all so far apart was drawn so, and stays.
    """
    strokes: list[Stroke] = []
    for stroke in ink.strokes:
        moved = np.any(np.diff(stroke, axis=0) != 0, axis=1)
        kept = stroke[np.concatenate([[True], moved])]
        far = np.hypot(*np.diff(kept, axis=0).T) > SPIKE * unit
        if far.all():
            strokes.append(kept)
            continue
        spiked = np.concatenate([[True], far]) & np.concatenate([far, [True]])
        kept = kept[~spiked]
        cuts = np.flatnonzero(np.hypot(*np.diff(kept, axis=0).T) > SPIKE * unit)
        strokes += np.split(kept, cuts + 1)
    return Ink(tuple(strokes))


def resampled(stroke: Stroke, thin: float, phase: float = 0.0) -> Stroke:
    """A stroke with one point where there were ``thin``, evenly in time, ends kept.

    ``phase`` in -0.5 .. 0.5 shifts the points between the ends; their number stays the same.
    """
    count = 1 + int(np.ceil((len(stroke) - 1) / thin))
    if count == len(stroke):
        return stroke
    times = np.linspace(0, len(stroke) - 1, count)
    times[1:-1] += phase * min(1.0, times[1]) if count > 2 else 0.0
    known = np.arange(len(stroke))
    return np.stack([np.interp(times, known, column) for column in stroke.T], axis=1)
