"""Elliptical arcs as cubic curves.

Source: Scalable Vector Graphics (SVG) 1.1, W3C Recommendation 2011, appendix F.6.
"""

from __future__ import annotations

from math import atan2, ceil, cos, hypot, pi, radians, sin, sqrt, tan

import numpy as np

from seqgen.frontends.handwriting.ink.curves import Floats

_LEAST_RADIUS = 1e-6  # user units; an ellipse below it is a straight line
_STEP = pi / 4  # a curve over this angle is off by 4e-6 of the radius


def arc_curves(start: Floats, end: Floats, shape: Floats, *, large: bool, sweep: bool) -> Floats:
    """Curves (K, 3, 2), K >= 1, without their starts, from ``start`` to ``end``, both (2,).

    ``shape`` is (radius, radius, degrees from x to the first radius). Of the four arcs ``large``
    and ``sweep`` choose one. Radii too short to reach are made longer.
    """
    radii = np.abs(shape[:2])
    if radii.min() < _LEAST_RADIUS or (start == end).all():
        line: Floats = start + (end - start) * np.array([[1 / 3], [2 / 3], [1]])
        return line[None]
    turn = radians(shape[2])
    axes = np.array([[cos(turn), -sin(turn)], [sin(turn), cos(turn)]])
    half = axes.T @ (start - end) / 2 / radii  # on the unit circle, around its middle
    reach = hypot(*half)
    radii, half = radii * max(reach, 1.0), half / max(reach, 1.0)
    side = sqrt(max(1 / float(half @ half) - 1, 0.0)) * (1 if large != sweep else -1)
    centre = side * np.array([half[1], -half[0]])
    from_, to = half - centre, -half - centre
    first = atan2(from_[1], from_[0])
    angle = (atan2(to[1], to[0]) - first) % (2 * pi)  # of the arc whose angles grow
    angle = angle if sweep else angle - 2 * pi
    curves: Floats = (
        _unit_arc(first, angle) * radii @ axes.T + axes @ (centre * radii) + (start + end) / 2
    )
    curves[-1, 2] = end
    return curves


def _unit_arc(first: float, angle: float) -> Floats:
    """Curves (K, 3, 2) along the unit circle from an angle on, in radians."""
    count = max(1, ceil(abs(angle) / _STEP - 1e-9))
    angles = first + angle / count * np.arange(count + 1)
    places = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    tangents = np.stack([-places[:, 1], places[:, 0]], axis=1) * 4 / 3 * tan(angle / count / 4)
    handles = places[:-1] + tangents[:-1], places[1:] - tangents[1:]
    return np.stack([*handles, places[1:]], axis=1)
