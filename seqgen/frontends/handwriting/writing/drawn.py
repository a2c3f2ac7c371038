"""A line as a model drew it: points, lifts, and the character that every point belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.handwriting.writing.lines import ModelLine

Float = NDArray[np.float64]
Range = tuple[int, int]


@dataclass(frozen=True)
class DrawnLine:
    """Points (P, 2) in the model's unit, lifts (P,), and places (P,), characters of the text.

    A lift ends a stroke. ``ended`` tells whether the line came to its end, not to its limit.
    """

    line: ModelLine
    points: Float
    lifts: NDArray[np.bool_]
    places: NDArray[np.int64]
    ended: bool

    def strokes(self) -> list[Range]:
        """First point of every stroke and the one behind its last."""
        ends = np.flatnonzero(self.lifts) + 1
        cuts = [0, *ends.tolist(), len(self.points)]
        return [(a, b) for a, b in pairwise(cuts) if b > a]


def drawn_line(
    line: ModelLine,
    steps: NDArray[np.floating],
    places: NDArray[np.integer],
    ended: bool,
) -> DrawnLine:
    """A line from its steps (T, 3), dx, dy and lift, and its places (T,), one a step.

    The pen is set down where it starts: T steps make T points, and the first step, which only
    says how the pen came there, is not counted. A place behind the text is its last character.
    """
    last = len(line.text) - 1
    points = np.cumsum(steps[:, :2].astype(np.float64), axis=0)
    return DrawnLine(
        line,
        points - points[:1],
        steps[:, 2] > 0.5,
        np.minimum(places, last).astype(np.int64),
        ended,
    )
