"""Ink: what a pen left on a surface, as strokes of points. x grows to the right, y downwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Stroke = NDArray[np.float64]


@dataclass(frozen=True)
class Box:
    """A rectangle, in the unit of the ink it holds."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right, never negative."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom, never negative."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Ink:
    """Strokes in the order they were written; a stroke is (P, 2) float64, P >= 1.

    A stroke of one point is a dot. The unit is millimetres unless it is said otherwise.
    """

    strokes: tuple[Stroke, ...] = ()

    def __post_init__(self) -> None:
        for stroke in self.strokes:
            if stroke.ndim != 2 or stroke.shape[1] != 2 or not len(stroke):
                raise ValueError(f"a stroke must be (P, 2) with P >= 1, not {stroke.shape}")

    def __bool__(self) -> bool:
        return bool(self.strokes)

    @property
    def points(self) -> int:
        """Number of points in all strokes."""
        return sum(map(len, self.strokes))

    def box(self) -> Box:
        """The least rectangle around all points; ValueError where there is no ink."""
        if not self.strokes:
            raise ValueError("there is no ink")
        every = np.concatenate(self.strokes)
        (left, top), (right, bottom) = every.min(0).tolist(), every.max(0).tolist()
        return Box(left, top, right, bottom)

    def moved(self, right: float, down: float) -> Ink:
        """The same ink elsewhere."""
        return Ink(tuple(stroke + np.array((right, down)) for stroke in self.strokes))

    def scaled(self, factor: float) -> Ink:
        """The same ink, larger by ``factor`` around the origin."""
        return Ink(tuple(stroke * factor for stroke in self.strokes))

    def mapped(self, matrix: NDArray[np.float64]) -> Ink:
        """The same ink under a linear map (2, 2): point p becomes ``matrix @ p``."""
        return Ink(tuple(stroke @ matrix.T for stroke in self.strokes))


def joined(parts: Iterable[Ink]) -> Ink:
    """All ink in one, in the order of the parts."""
    return Ink(tuple(stroke for part in parts for stroke in part.strokes))
