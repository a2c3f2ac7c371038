"""Smooth curves through ink: cubic Bezier splines fitted to strokes by least squares.

Source: Schneider, "An algorithm for automatically fitting digitized curves", Graphics Gems 1990;
here all intervals of a level are fitted at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.handwriting.ink.curves import (
    PATIENCE,
    TOLERANCE,
    Cubic,
    Floats,
    Indices,
    bezier,
    first_largest,
    ragged,
    to_segments,
)
from seqgen.frontends.handwriting.ink.ink import Stroke

_ARM = 3.0  # tolerances from a point to where its tangent is measured
_STEEP = 0.17  # cosine of 80 degrees: a handle may turn no farther from its chord
_REST = 1e-6  # mm; the pen has not moved
_SAFETY = 0.92  # of the tolerance is used, as the error is measured at samples
_ROUNDS = 3  # of fitting, with better parameters each time
_SAMPLES = (0.0, 0.25, 0.5, 0.75)  # of each step, where the error is measured


def smooth(stroke: Stroke, tolerance: float = TOLERANCE) -> Cubic:
    """The spline of one stroke: see ``smoothed``."""
    return smoothed([stroke], tolerance)[0]


def smoothed(strokes: Sequence[Stroke], tolerance: float = TOLERANCE) -> list[Cubic]:
    """Splines within ``tolerance`` of the polylines of strokes, and the polylines of them.

    Knots are points of a stroke, its ends among them. In a knot both handles lie on one line
    (the spline is C1 under a fitting parameter); where the pen turns back they may be of length
    0. Each curve moves only forward along its chord, so that there are neither loops nor
    overshoots. A stroke of one place becomes a dot. All strokes are fitted at once. ValueError
    for a tolerance not above 0.
    """
    if not tolerance > 0:
        raise ValueError(f"a tolerance must be above 0, not {tolerance:g}")
    if not strokes:
        return []
    path = _Path.along([_moving(stroke) for stroke in strokes], _ARM * tolerance)
    knots, handles = _knots(path, _SAFETY * tolerance)
    parts = np.stack([handles[0], path.points, handles[1]], axis=1)
    bounds = zip(path.first, path.last + 1, strict=True)
    return [Cubic(parts[a:b][knots[a:b]].reshape(-1, 2)[1:-1]) for a, b in bounds]


def _knots(path: _Path, tolerance: float) -> tuple[NDArray[np.bool_], Floats]:
    """Which points are knots (P,), and the handles before and behind each (2, P, 2)."""
    handles = np.stack([path.points, path.points])
    knots = np.zeros(len(path.points), dtype=bool)
    knots[path.first] = knots[path.last] = True
    starts, ends = (each[path.first < path.last] for each in (path.first, path.last))
    level = 0
    while len(starts):
        curves, errors, cuts = _fit(path, starts, ends, tolerance)
        good = errors <= tolerance
        handles[1, starts[good]], handles[0, ends[good]] = curves[good, 1], curves[good, 2]
        cuts = cuts if level < PATIENCE else (starts + ends) // 2
        starts, ends, cuts = (each[~good] for each in (starts, ends, cuts))
        knots[cuts] = True
        starts = np.stack([starts, cuts], axis=1).ravel()
        ends = np.stack([cuts, ends], axis=1).ravel()
        level += 1
    return knots, handles


def _moving(stroke: Stroke) -> Stroke:
    """The stroke without points that rest where the one before was."""
    steps = np.diff(stroke, axis=0, prepend=stroke[:1])
    way = np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))
    return stroke[np.diff(way // _REST, prepend=-1.0) > 0]


@dataclass(frozen=True)
class _Path:
    """The points (P, 2) of some strokes without repeats, and the ``way`` to each (P,).

    ``first`` and ``last`` (strokes,) are the ends of the strokes, ``tangents`` (P, 2) have length
    1, or 0 where there is none.
    """

    points: Floats
    way: Floats
    first: Indices
    last: Indices
    tangents: Floats

    @classmethod
    def along(cls, strokes: Sequence[Stroke], arm: float) -> _Path:
        points = np.concatenate(strokes)
        steps = np.diff(points, axis=0, prepend=points[:1])
        way = np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))
        after = np.cumsum([len(stroke) for stroke in strokes])
        first, last = np.concatenate([[0], after[:-1]]), after - 1
        return cls(points, way, first, last, _tangents(points, way, first, last, arm))


def _tangents(points: Floats, way: Floats, first: Indices, last: Indices, arm: float) -> Floats:
    """Unit tangents of the parabolas through each point and its neighbours an ``arm`` away."""
    here = np.arange(len(points))
    sizes = last - first + 1
    back = np.minimum(np.searchsorted(way, way - arm, "right") - 1, here - 1)
    back = np.maximum(back, np.repeat(first, sizes))
    ahead = np.maximum(np.searchsorted(way, way + arm), here + 1)
    ahead = np.minimum(ahead, np.repeat(last, sizes))
    before, behind = way - way[back], way[ahead] - way
    slope_before = _ratio(points - points[back], before)
    slope_behind = _ratio(points[ahead] - points, behind)
    whole = behind[:, None] * slope_before + before[:, None] * slope_behind
    tangents = _ratio(whole, before + behind)
    for ends, nexts, slopes in (
        (first, ahead[first], slope_behind),
        (last, back[last], slope_before),
    ):
        inner = (before[nexts] > 0) & (behind[nexts] > 0)
        bent = 2 * slopes[ends] - tangents[nexts]  # a parabola turns evenly
        tangents[ends] = np.where(inner[:, None], bent, slopes[ends])
    return _ratio(tangents, np.hypot(tangents[:, 0], tangents[:, 1]))


def _ratio(vectors: Floats, lengths: Floats) -> Floats:
    """Vectors (P, 2) by lengths (P,), and 0 by a length of 0."""
    divisors = lengths[:, None]
    ratio: Floats = np.divide(
        vectors, divisors, out=np.zeros_like(vectors), where=divisors > 1e-12
    )
    return ratio


def _fit(
    path: _Path, starts: Indices, ends: Indices, tolerance: float
) -> tuple[Floats, Floats, Indices]:
    """Curves (S, 4, 2) from ``starts`` to ``ends``, their errors (S,), and where to cut them.

    A curve over a single step is flat enough by its handles; its error counts as 0.
    """
    counts = ends - starts + 1
    owner, place = ragged(counts)
    points = path.points[starts[owner] + place]
    way = path.way[starts[owner] + place] - path.way[starts[owner]]
    u = way / (path.way[ends] - path.way[starts])[owner]
    frame = _Frame.between(path, starts, ends)
    curves = frame.curves(frame.fitted(points, u, counts))
    for _ in range(_ROUNDS - 1):
        u = _nearer(curves[owner], points, u)
        u[place == 0], u[place == counts[owner] - 1] = 0.0, 1.0
        curves = frame.curves(frame.fitted(points, u, counts))
    single = counts == 2
    curves[single] = frame.curves(frame.flat(tolerance))[single]
    errors, where = first_largest(_errors(curves[owner], points, u), counts)
    errors[single] = 0.0
    return curves, errors, np.clip(starts + where, starts + 1, ends - 1)


@dataclass(frozen=True)
class _Frame:
    """What is given of S curves before their handles have lengths.

    ``ends`` (S, 4, 2) are the curves with handles of length 0, ``tangents`` (S, 2, 2) the unit
    directions of both handles, ``chords`` (S, 2) go from end to end.
    """

    ends: Floats
    tangents: Floats
    chords: Floats

    @classmethod
    def between(cls, path: _Path, starts: Indices, ends: Indices) -> _Frame:
        corners = path.points[np.stack([starts, starts, ends, ends], axis=1)]
        tangents = np.stack([path.tangents[starts], -path.tangents[ends]], axis=1)
        return cls(corners, tangents, corners[:, 3] - corners[:, 0])

    def curves(self, lengths: Floats) -> Floats:
        """Curves (S, 4, 2) with handles of these lengths (S, 2), made to move forward only."""
        size = np.hypot(self.chords[:, 0], self.chords[:, 1])
        facing = np.stack([self.chords, -self.chords], axis=1)
        along = np.einsum("skd,skd->sk", self.tangents, facing)  # cosine times chord
        lengths = np.where(along > _STEEP * size[:, None], lengths, 0.0)
        used = (lengths * along).sum(axis=1)
        room = np.divide(size**2, used, out=np.ones_like(used), where=used > size**2)
        curves = self.ends.copy()
        curves[:, 1:3] += (lengths * room[:, None])[..., None] * self.tangents
        return curves

    def fitted(self, points: Floats, u: Floats, counts: Indices) -> Floats:
        """Lengths (S, 2) of handles by least squares; a third of the chord where there are none.

        ``points`` (P, 2) at ``u`` (P,) are those of each curve in turn, ``counts`` of them.
        """
        owner = np.repeat(np.arange(len(counts)), counts)
        v = 1 - u
        weights = np.stack([3 * u * v * v, 3 * u * u * v], axis=1)
        rest = points - bezier(self.ends[owner], u)
        pulls = weights[..., None] * self.tangents[owner]  # (P, 2 handles, 2)
        first = np.cumsum(counts) - counts
        (aa, ab), (_, bb) = np.add.reduceat(np.einsum("phd,pgd->hgp", pulls, pulls), first, axis=2)
        a, b = np.add.reduceat(np.einsum("phd,pd->hp", pulls, rest), first, axis=1)
        scale = aa * bb - ab * ab
        sound = scale > 1e-9 * aa * bb
        lengths = np.stack([bb * a - ab * b, aa * b - ab * a], axis=1)
        lengths = np.divide(
            lengths, scale[:, None], out=-np.ones_like(lengths), where=sound[:, None]
        )
        third = np.hypot(self.chords[:, 0], self.chords[:, 1])[:, None] / 3
        return np.where((lengths > 0).all(axis=1, keepdims=True), lengths, third)

    def flat(self, tolerance: float) -> Floats:
        """Lengths (S, 2) of handles that leave the chord by 3/4 of their height at the most."""
        size = np.hypot(self.chords[:, 0], self.chords[:, 1])[:, None]
        turned = self.chords[:, None, ::-1] * [1, -1]
        height = np.abs(np.einsum("skd,skd->sk", self.tangents, turned))  # sine times chord
        third = np.repeat(size / 3, 2, axis=1)
        low = height <= 4 * tolerance  # where a third of the chord is as good
        np.divide(4 / 3 * tolerance * size, height, out=third, where=~low)
        return third


def _nearer(curves: Floats, points: Floats, u: Floats) -> Floats:
    """Parameters of places nearer to the points: one step of Newton's method; all (P, ...)."""
    legs = 3 * np.diff(curves, axis=1)
    bends = 2 * np.diff(legs, axis=1)
    w, v = u[:, None], 1 - u[:, None]
    slope = v * v * legs[:, 0] + 2 * w * v * legs[:, 1] + w * w * legs[:, 2]
    bend = v * bends[:, 0] + w * bends[:, 1]
    off = bezier(curves, u) - points
    turn = (slope * slope + off * bend).sum(axis=1)
    step = np.divide((off * slope).sum(axis=1), turn, out=np.zeros_like(u), where=turn > 1e-12)
    nearer: Floats = np.clip(u - step, 0, 1)
    return nearer


def _errors(curves: Floats, points: Floats, u: Floats) -> Floats:
    """How far point and curve are apart, and curve and step behind the point: (P,).

    Steps from the last point of one curve to the first of the next count as 0.
    """
    errors: Floats = np.hypot(*(bezier(curves, u) - points).T)
    inside = np.flatnonzero(u[1:] > 0)
    for share in _SAMPLES:
        between = bezier(curves[inside], u[inside] + share * (u[inside + 1] - u[inside]))
        apart = to_segments(between, points[inside], points[inside + 1])
        errors[inside] = np.maximum(errors[inside], apart)
    return errors
