"""A written word that has no place on a page yet."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from seqgen.frontends.handwriting.ink.ink import Ink


@dataclass(frozen=True)
class Word:
    """A word and its ink in mm: baseline at y = 0, left edge of the ink at x = 0.

    ``before`` is the space in mm between the ink of the word before and this ink, as it was
    written; it counts where both stand on one line, whether or not they were written on one.
    A word may have no ink: it then takes no room, and no space. ``glyphs`` are the numbers of
    the strokes that glyphs drew. ValueError where ``before`` is no finite number.
    """

    text: str
    ink: Ink
    before: float
    glyphs: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not isfinite(self.before):
            raise ValueError(f"the space before {self.text!r} must be finite, not {self.before}")


Paragraph = tuple[Word, ...]
"""The words of a paragraph in reading order; none make a blank line."""
