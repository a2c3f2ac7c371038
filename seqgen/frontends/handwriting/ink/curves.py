"""Curves: strokes with fewer points, and strokes as smooth cubic splines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.handwriting.ink.ink import Stroke

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

TOLERANCE = 0.03  # mm; a tenth of the line of a fine pen
PATIENCE = 32  # splits in a row at the worst point, before intervals are halved


@dataclass(frozen=True)
class Cubic:
    """A chain of cubic Bezier curves: ``points`` (3N + 1, 2) are knot, handle, handle, knot ...

    With N = 0 it is a dot.
    """

    points: Floats

    def __post_init__(self) -> None:
        if self.points.ndim != 2 or self.points.shape[1] != 2 or len(self.points) % 3 != 1:
            raise ValueError(f"a cubic must be (3N + 1, 2), not {self.points.shape}")

    @property
    def knots(self) -> Stroke:
        """Where the curves meet, and both ends: (N + 1, 2)."""
        return self.points[::3]

    def curves(self) -> Floats:
        """The control points of each curve: (N, 4, 2)."""
        first = 3 * np.arange(len(self.points) // 3)
        curves: Floats = self.points[first[:, None] + np.arange(4)]
        return curves

    def pieces(self, tolerance: float) -> Indices:
        """Into how many equal parts of its parameter each curve must be cut: (N,).

        The chords then stay within ``tolerance``: n = sqrt(6/8 M / tolerance) with M the largest
        second difference of the control points (Wang 1984).
        """
        if not tolerance > 0:
            raise ValueError(f"a tolerance must be above 0, not {tolerance:g}")
        bends = np.diff(self.curves(), n=2, axis=1)
        most = np.hypot(bends[..., 0], bends[..., 1]).max(axis=1, initial=0.0)
        pieces = np.ceil(np.sqrt(0.75 * most / tolerance))
        return np.asarray(np.maximum(pieces, 1), dtype=np.int64)


def flattened(cubic: Cubic, tolerance: float) -> Stroke:
    """The polyline (P, 2) through points of the curve that stays within ``tolerance`` of it."""
    pieces = cubic.pieces(tolerance)
    owner, step = ragged(pieces)
    points = bezier(cubic.curves()[owner], step / pieces[owner])
    return np.concatenate([points, cubic.points[-1:]])


def bezier(curves: Floats, u: Floats) -> Floats:
    """The points (P, 2) of cubic curves (P, 4, 2) at ``u`` (P,), each from 0 to 1."""
    u = u[:, None]
    v = 1 - u
    points: Floats = (
        v**3 * curves[:, 0]
        + 3 * u * v * v * curves[:, 1]
        + 3 * u * u * v * curves[:, 2]
        + u**3 * curves[:, 3]
    )
    return points


def ragged(counts: Indices) -> tuple[Indices, Indices]:
    """Number rows of ``counts`` cells: the row of each cell, and its place there from 0."""
    owner = np.repeat(np.arange(len(counts)), counts)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)


def to_segments(points: Floats, starts: Floats, ends: Floats) -> Floats:
    """Distances (P,) from points to straight segments, all (P, 2)."""
    along = ends - starts
    squares = np.einsum("pi,pi->p", along, along)
    reach = np.einsum("pi,pi->p", points - starts, along)
    with np.errstate(over="ignore"):  # a segment so short that its square nearly is 0
        place = np.divide(reach, squares, out=np.zeros_like(reach), where=squares > 0)
    apart = points - starts - np.clip(place, 0, 1)[:, None] * along
    distances: Floats = np.hypot(apart[:, 0], apart[:, 1])
    return distances


def first_largest(values: Floats, counts: Indices) -> tuple[Floats, Indices]:
    """The largest value of each row of ``counts`` (>= 1) values, and its first place there."""
    owner, place = ragged(counts)
    largest = np.maximum.reduceat(values, np.cumsum(counts) - counts)
    hits = np.flatnonzero(values == largest[owner])[::-1]
    first = np.zeros(len(counts), dtype=np.int64)
    first[owner[hits]] = place[hits]
    return largest, first


def thinned(stroke: Stroke, tolerance: float) -> Stroke:
    """Keep few of the points of a stroke, its ends among them, so that none was farther off.

    No point of the stroke, or between its points, is more than ``tolerance`` from the result.
    Ramer 1972, Douglas & Peucker 1973, with distances to segments and not to endless lines, and
    all intervals of a level at once: O(n) a level. After PATIENCE levels intervals are halved,
    so that no stroke takes more than PATIENCE + log2(n) levels. ValueError below 0.
    """
    if not tolerance >= 0:
        raise ValueError(f"a tolerance must be 0 or more, not {tolerance:g}")
    keep = np.zeros(len(stroke), dtype=bool)
    keep[[0, -1]] = True
    starts, ends = np.array([0]), np.array([len(stroke) - 1])
    level = 0
    while (wide := ends - starts > 1).any():
        starts, ends = starts[wide], ends[wide]
        counts = ends - starts - 1
        owner, place = ragged(counts)
        inner = stroke[starts[owner] + 1 + place]
        distances = to_segments(inner, stroke[starts[owner]], stroke[ends[owner]])
        worst, where = first_largest(distances, counts)
        cuts = starts + 1 + where if level < PATIENCE else (starts + ends) // 2
        starts, ends, cuts = (each[worst > tolerance] for each in (starts, ends, cuts))
        keep[cuts] = True
        starts, ends = np.concatenate([starts, cuts]), np.concatenate([cuts, ends])
        level += 1
    return stroke[keep]
