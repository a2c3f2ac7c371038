"""The size of drawn ink: baseline, x-height and slant, found with the letters it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.handwriting.writing.drawn import DrawnLine

Float = NDArray[np.float64]
X_HIGH = frozenset("acemnorsuvwxz")
SITTING = frozenset("abcdehiklmnorstuvwxzABCDEFGHIKLMNOPRSTUVWXYZ")
HANGING = frozenset("gpqy")
TYPICAL_X_HEIGHT = 1.55  # spreads: what lines of IAM-OnDB measure in the middle
FEW = 4  # letters: from so many on a slope is measured


@dataclass(frozen=True)
class Baseline:
    """The line y = ``height`` + ``slope`` x that letters sit on."""

    height: float
    slope: float

    def at(self, x: Float) -> Float:
        """The baseline's y at every x."""
        return self.height + self.slope * x


@dataclass(frozen=True)
class _Letter:
    character: str
    middle: float
    top: float
    bottom: float


def _letters(drawn: DrawnLine) -> list[_Letter]:
    found = []
    for place, character in enumerate(drawn.line.text):
        ink = drawn.points[drawn.places == place]
        if character != " " and len(ink) > 1:
            (left, top), (right, bottom) = ink.min(0).tolist(), ink.max(0).tolist()
            found.append(_Letter(character, (left + right) / 2, top, bottom))
    return found


def baseline_of(drawn: DrawnLine, x_height: float = TYPICAL_X_HEIGHT) -> Baseline:
    """The baseline of a line, from the feet of its letters without descenders.

    Where there are none, it lies an x-height under the tops of the letters that hang, else
    under all ink.
    """
    letters = _letters(drawn)
    feet = [letter for letter in letters if letter.character in SITTING]
    if feet:
        x = np.array([letter.middle for letter in feet])
        y = np.array([letter.bottom for letter in feet])
        slope = _slope(x, y)
        return Baseline(float(np.median(y - slope * x)), slope)
    hanging = [letter.top for letter in letters if letter.character in HANGING]
    if hanging:
        return Baseline(float(np.median(hanging)) + x_height, 0.0)
    return Baseline(float(drawn.points[:, 1].max(initial=0.0)), 0.0)


def _slope(x: Float, y: Float) -> float:
    """The median of the slopes between all pairs (Theil 1950, Sen 1968), for few pairs 0."""
    if len(x) < FEW:
        return 0.0
    i, j = np.triu_indices(len(x), 1)
    apart = x[j] - x[i]
    far = np.abs(apart) > np.abs(apart).max() / 4
    slopes = (y[j] - y[i])[far] / apart[far]
    return float(np.clip(np.median(slopes), -0.3, 0.3)) if len(slopes) else 0.0


def x_height_of(lines: Sequence[DrawnLine]) -> float:
    """The x-height of a hand in the model's unit: the median over its x-high letters.

    Without any such letter it is what is typical of the training data.
    """
    heights = []
    for drawn in lines:
        line = baseline_of(drawn)
        heights += [
            line.height + line.slope * letter.middle - letter.top
            for letter in _letters(drawn)
            if letter.character in X_HIGH
        ]
    heights = [height for height in heights if height > 0]
    return float(np.median(heights)) if len(heights) >= FEW else TYPICAL_X_HEIGHT


def slant_of(lines: Sequence[DrawnLine]) -> float:
    """The slant of a hand: the tangent of the angle of its downstrokes, right is positive."""
    across = down = 0.0
    for drawn in lines:
        steps = np.diff(drawn.points, axis=0)[~drawn.lifts[:-1]]
        falling = steps[steps[:, 1] > 1.2 * np.abs(steps[:, 0])]
        across, down = across - falling[:, 0].sum(), down + falling[:, 1].sum()
    return float(np.clip(across / down, -1.0, 1.0)) if down > 0 else 0.0
