"""Greedy wrapping: words into lines by the width of their ink."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import isfinite

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.page.page import PageSettings
from seqgen.frontends.handwriting.page.word import Paragraph, Word

LEAST_GAP = 0.8  # x-heights; narrower gaps, as in a tenth of lines of people, are hard to read
LARGEST_GAP = 3.0  # x-heights; 7 of 100 are wider
_ROUNDING = 1e-9  # mm


@dataclass
class Row:
    """The words of one line before they have a place: ``number`` counts in the paragraph.

    ``first`` is the index of the first word in the paragraph. ``shifts`` are what to add to
    the x of each word's ink, so that the ink of the line starts at 0 and ends at ``width``.
    """

    paragraph: int
    number: int
    first: int
    words: list[Word] = field(default_factory=list)
    shifts: list[float] = field(default_factory=list)
    width: float = 0.0
    inked: bool = False


def wrapped(paragraphs: Iterable[Paragraph], settings: PageSettings) -> list[Row]:
    """Lines as full as they get, at least one for each paragraph.

    Spaces are those of the words, but between LEAST_GAP and LARGEST_GAP. UsageError for a
    word that is wider than any line; on a page that fits, a word may be wider than the width
    at which lines wrap, and then stands alone.
    """
    return [
        row
        for index, paragraph in enumerate(paragraphs)
        for row in _rows(index, paragraph, settings)
    ]


def _rows(index: int, paragraph: Paragraph, settings: PageSettings) -> Iterator[Row]:
    room, limit, x_height = settings.room[0], settings.text_width, settings.x_height
    row = Row(index, 0, 0)
    for place, word in enumerate(paragraph):
        left, right = _extent(word, room)
        start = row.width + _gap(word, x_height) if row.inked else 0.0
        end = start + right - left
        if word.ink and row.inked and end > limit + _ROUNDING:
            yield row
            row, start, end = Row(index, row.number + 1, place), 0.0, right - left
        row.words.append(word)
        row.shifts.append(start - left)
        if word.ink:
            row.width, row.inked = end, True
    yield row


def _gap(word: Word, x_height: float) -> float:
    return min(max(word.before, LEAST_GAP * x_height), LARGEST_GAP * x_height)


def _extent(word: Word, room: float) -> tuple[float, float]:
    """Left and right edge of the ink of a word in mm, once it is known to fit in ``room``."""
    if not word.ink:
        return 0.0, 0.0
    box = word.ink.box()
    if not isfinite(box.width) or not isfinite(box.height):
        raise ValueError(f"the ink of {word.text!r} is not finite")
    if box.width > room + _ROUNDING:
        raise UsageError(
            f"the word {word.text!r} is {box.width:.1f} mm wide and a line has {room:.1f} mm, "
            "choose a smaller x-height or a larger page"
        )
    return box.left, box.right
