"""How far apart lines are, the slow and sure way."""

from __future__ import annotations

import numpy as np

from seqgen.frontends.handwriting.ink.curves import to_segments
from seqgen.frontends.handwriting.ink.ink import Stroke


def farthest(points: Stroke, line: Stroke) -> float:
    """The largest distance from a point to a polyline; both (P, 2)."""
    starts, ends = (line[:-1], line[1:]) if len(line) > 1 else (line, line)
    each = np.repeat(points, len(starts), axis=0)
    many = len(points)
    distances = to_segments(each, np.tile(starts, (many, 1)), np.tile(ends, (many, 1)))
    return float(distances.reshape(many, -1).min(axis=1).max())


def dense(line: Stroke, parts: int = 8) -> Stroke:
    """The same polyline with every step cut into equal parts."""
    share = np.arange(parts)[:, None] / parts
    between = line[:-1, None] + share * np.diff(line, axis=0)[:, None]
    return np.concatenate([between.reshape(-1, 2), line[-1:]])


def apart(one: Stroke, other: Stroke) -> float:
    """The Hausdorff distance of two polylines, up to the spacing of the denser points."""
    return max(farthest(dense(one), other), farthest(dense(other), one))
