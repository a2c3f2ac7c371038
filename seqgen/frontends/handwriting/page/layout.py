"""Layout: words into lines, and lines onto pages, in millimetres."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from itertools import islice
from math import ceil

import numpy as np

from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.page.columns import Column, Columns
from seqgen.frontends.handwriting.page.laid import LaidLine, LaidPage, LaidWord, Rules
from seqgen.frontends.handwriting.page.lines import Line, line_of
from seqgen.frontends.handwriting.page.page import ASCENDER, DESCENDER, PageSettings
from seqgen.frontends.handwriting.page.sizes import LEAST_SIDE
from seqgen.frontends.handwriting.page.word import Word
from seqgen.frontends.handwriting.page.wrap import Row, Wrapper

_STEPS = 100  # a mm: the sides of a page that fits are rounded up to a hundredth
_ROUNDING = 1e-6  # steps


@dataclass(frozen=True)
class Placed:
    """A line that has its place, on the page of a number, with its guides.

    It keeps it unless a later line of the page reaches into the top margin.
    """

    page: int
    line: LaidLine
    rules: Rules


class Layout:
    """Lays the words of a text out in their order; no ink lies in a margin.

    ``rng`` gives one number. With the same number a line (by its paragraph and its place in
    it) wanders the same, whatever else the text holds. Ink that would reach into the top
    margin pushes the lines of its page down. UsageError for a word wider than a line, a line
    higher than a page, and a text too long for one page that fits.
    """

    def __init__(self, settings: PageSettings, rng: np.random.Generator) -> None:
        self.settings = settings
        self._seed = int(rng.integers(2**63))
        self._wrapper, self._columns = Wrapper(settings), Columns(settings)
        self._waiting: list[Row] = []  # for their width, on a page that fits

    def add(self, word: Word) -> list[Placed]:
        """Take the next word; the lines that have a place since."""
        return self._take(self._wrapper.add(word))

    def end_paragraph(self) -> list[Placed]:
        """End the paragraph at hand; the lines that have a place since."""
        return self._take([self._wrapper.end_paragraph()])

    @property
    def tip(self) -> tuple[int, float, float]:
        """Where the next word will stand, roughly: page, and in mm baseline and left edge."""
        top, _, bottom, left = self.settings.edges
        across, columns = left + self._wrapper.row.width, self._columns.columns
        first = top + ASCENDER * self.settings.x_height
        if not columns:
            return 0, first + len(self._waiting) * self.settings.pitch, across
        baseline = top + columns[-1].head + columns[-1].offsets[-1] + self.settings.pitch
        if baseline + DESCENDER * self.settings.x_height > self.settings.largest[1] - bottom:
            return len(columns), first, across
        return len(columns) - 1, baseline, across

    def finish(self) -> Generator[None, None, tuple[LaidPage, ...]]:
        """All pages, at least one; yields now and then."""
        width = self.settings.room[0]
        if self.settings.sheet is None:
            width = max((row.width for row in self._waiting), default=0.0)
        for row in self._waiting:
            self._columns.add(line_of(row, self.settings, self._seed, width))
            yield
        pages = []
        for column in self._columns.columns or [Column()]:
            pages.append(_page(column, self.settings, width))
            yield
        return tuple(pages)

    def _take(self, rows: list[Row]) -> list[Placed]:
        if self.settings.sheet is None:
            self._waiting += rows
            return []
        width = self.settings.room[0]
        lines = (line_of(row, self.settings, self._seed, width) for row in rows)
        return [self._placed(width) for line in lines if self._columns.add(line)]

    def _placed(self, width: float) -> Placed:
        """The line that was added last."""
        columns, (top, _, _, left) = self._columns.columns, self.settings.edges
        baseline = top + columns[-1].head + columns[-1].offsets[-1]
        rules = _rules(baseline, left, left + width, self.settings.x_height)
        return Placed(len(columns) - 1, _laid(columns[-1].lines[-1], left, baseline), rules)


def _page(column: Column, settings: PageSettings, width: float) -> LaidPage:
    top, right, bottom, left = settings.edges
    size = settings.sheet or (
        _side(left + width + right),
        _side(top + column.head + column.foot + bottom),
    )
    lines = tuple(
        _laid(line, left, top + column.head + offset)
        for line, offset in zip(column.lines, column.offsets, strict=True)
    )
    guides = tuple(_rules(line.baseline, left, left + width, settings.x_height) for line in lines)
    return LaidPage(*size, lines, guides)


def _side(length: float) -> float:
    return max(LEAST_SIDE, ceil(length * _STEPS - _ROUNDING) / _STEPS)


def _laid(line: Line, left: float, baseline: float) -> LaidLine:
    row = line.row
    lengths = [len(stroke) for word in row.words for stroke in word.ink.strokes]
    points = line.points + np.array([left, baseline])
    strokes = iter(np.split(points, np.cumsum(lengths)[:-1]))
    words = tuple(
        LaidWord(
            word.text,
            Ink(tuple(islice(strokes, len(word.ink.strokes)))),
            row.paragraph,
            at,
            word.glyphs,
        )
        for at, word in enumerate(row.words, row.first)
    )
    return LaidLine(words, baseline, row.paragraph, row.number)


def _rules(baseline: float, left: float, right: float, x_height: float) -> Rules:
    return Rules(
        left=left,
        right=right,
        ascender=baseline - ASCENDER * x_height,
        x_height=baseline - x_height,
        baseline=baseline,
        descender=baseline + DESCENDER * x_height,
    )
