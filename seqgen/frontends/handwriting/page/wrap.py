"""Greedy wrapping: words into lines by the width of their ink."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.page.page import PageSettings
from seqgen.frontends.handwriting.page.word import Word

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


class Wrapper:
    """Wraps words, in their order, into lines as full as they get; each paragraph is one at least.

    Spaces are those of the words, but between LEAST_GAP and LARGEST_GAP. UsageError for a word
    that is wider than any line; on a page that fits, a word may be wider than the width at which
    lines wrap, and then stands alone. ``row`` is the line at hand.
    """

    def __init__(self, settings: PageSettings) -> None:
        self._settings = settings
        self._taken = 0  # words of the paragraph
        self.row = Row(0, 0, 0)

    def add(self, word: Word) -> list[Row]:
        """Take the next word; the line that it found no room on, if it ends one."""
        row, ended = self.row, []
        left, right = _extent(word, self._settings.room[0])
        start = row.width + _gap(word, self._settings.x_height) if row.inked else 0.0
        end = start + right - left
        if word.ink and row.inked and end > self._settings.text_width + _ROUNDING:
            ended.append(row)
            row = self.row = Row(row.paragraph, row.number + 1, self._taken)
            start, end = 0.0, right - left
        row.words.append(word)
        row.shifts.append(start - left)
        if word.ink:
            row.width, row.inked = end, True
        self._taken += 1
        return ended

    def end_paragraph(self) -> Row:
        """Begin the next paragraph; the last line of this one."""
        row, self._taken = self.row, 0
        self.row = Row(row.paragraph + 1, 0, 0)
        return row


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
