"""A smooth stroke through knots, sampled as a pen samples it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

DENSE = 12  # samples of a span between two knots


def sampled(knots: Points, corners: NDArray[np.bool_], spacing: float) -> Points:
    """Return points (P, 2) along the curve through knots (K, 2), K >= 2.

    Between corners it is a centripetal Catmull-Rom spline (Yuksel, Schaefer and Keyser 2011,
    "Parameterization and applications of Catmull-Rom curves"), which has no cusps and no loops
    inside a span. Points are evenly spaced between two corners, as near to ``spacing`` as
    a whole number of steps allows; knots at corners and ends are among them.
    """
    if spacing <= 0:
        raise ValueError(f"the spacing of points must be above 0, not {spacing}")
    bounds = [0, *(np.flatnonzero(corners[1:-1]) + 1).tolist(), len(knots) - 1]
    pieces = [knots[:1]]
    for start, end in pairwise(bounds):
        pieces.append(_evenly(curve(knots[start : end + 1]), spacing)[1:])
    return np.concatenate(pieces)


def curve(knots: Points) -> Points:
    """Points (P, 2) of a spline without corners, and without curvature at its two ends.

    There are ``DENSE`` between two knots, evenly in its parameter; two knots stay as they are.
    """
    if len(knots) < 3:
        return knots
    steps = np.diff(knots, axis=0)
    times = np.maximum(np.hypot(*steps.T), 1e-9)[:, None] ** 0.5  # centripetal
    slopes = steps / times
    inner = (slopes[:-1] * times[1:] + slopes[1:] * times[:-1]) / (times[:-1] + times[1:])
    first, last = (3 * slopes[:1] - inner[:1]) / 2, (3 * slopes[-1:] - inner[-1:]) / 2
    tangents = np.concatenate([first, inner, last])
    t = np.linspace(0, 1, DENSE, endpoint=False)[None, :, None]
    spans = (
        (2 * t**3 - 3 * t**2 + 1) * knots[:-1, None]
        + (t**3 - 2 * t**2 + t) * (times * tangents[:-1])[:, None]
        + (3 * t**2 - 2 * t**3) * knots[1:, None]
        + (t**3 - t**2) * (times * tangents[1:])[:, None]
    )
    return np.concatenate([spans.reshape(-1, 2), knots[-1:]])


def _evenly(points: Points, spacing: float) -> Points:
    lengths = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.linspace(0, along[-1], max(1, round(along[-1] / spacing)) + 1)
    return np.stack([np.interp(at, along, axis) for axis in points.T], axis=1)
