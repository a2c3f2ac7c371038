"""Laid pages: words in place, in mm from the top left corner of their page."""

from __future__ import annotations

from dataclasses import dataclass

from seqgen.frontends.handwriting.ink.ink import Ink, joined


@dataclass(frozen=True)
class LaidWord:
    """A word in page coordinates; ``paragraph`` and ``word`` are its place in the text.

    ``glyphs`` are the numbers of the strokes that glyphs drew.
    """

    text: str
    ink: Ink
    paragraph: int
    word: int
    glyphs: frozenset[int] = frozenset()


@dataclass(frozen=True)
class LaidLine:
    """The words of a line in writing order; none on a blank line.

    ``baseline`` is the y of the straight that the line wanders around; ``number`` counts the
    lines of the paragraph.
    """

    words: tuple[LaidWord, ...]
    baseline: float
    paragraph: int
    number: int

    @property
    def ink(self) -> Ink:
        """The ink of all words, in writing order."""
        return joined(word.ink for word in self.words)


@dataclass(frozen=True)
class Rules:
    """The guides of one line from ``left`` to ``right``: the y of each, from top to bottom."""

    left: float
    right: float
    ascender: float
    x_height: float
    baseline: float
    descender: float


@dataclass(frozen=True)
class LaidPage:
    """A page: its size, its lines from top to bottom, and the guides of each line."""

    width: float
    height: float
    lines: tuple[LaidLine, ...]
    guides: tuple[Rules, ...]

    @property
    def ink(self) -> Ink:
        """The ink of all lines, in writing order."""
        return joined(line.ink for line in self.lines)
