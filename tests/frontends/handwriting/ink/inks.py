"""Ink for tests: strategies of strokes and lines."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from seqgen.frontends.handwriting.ink.ink import Ink, Stroke

_COORDINATES = st.floats(-500, 500, allow_subnormal=False) | st.integers(-9, 9).map(float)


def strokes(most: int = 40) -> st.SearchStrategy[Stroke]:
    """Any points at all: repeated, reversed, on top of each other."""
    shapes = st.integers(1, most).map(lambda points: (points, 2))
    return arrays(np.float64, shapes, elements=_COORDINATES)


def pen_strokes(most: int = 60) -> st.SearchStrategy[Stroke]:
    """Strokes in small steps, as a pen makes them: (P, 2), up to 0.5 mm a step."""
    step = st.floats(-0.5, 0.5).map(lambda value: round(value, 3))
    shapes = st.integers(1, most).map(lambda points: (points, 2))
    return arrays(np.float64, shapes, elements=step).map(lambda steps: np.cumsum(steps, axis=0))


def inks() -> st.SearchStrategy[Ink]:
    return st.lists(strokes(), max_size=5).map(lambda some: Ink(tuple(some)))


def texts() -> st.SearchStrategy[str]:
    """What XML can hold and keeps: no controls, no surrogates, no space at the ends."""
    characters = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
    return st.text(characters, max_size=20).map(str.strip)
