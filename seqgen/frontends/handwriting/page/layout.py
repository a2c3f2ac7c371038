"""Layout: words into lines, and lines onto pages, in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from math import ceil

import numpy as np

from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.page.columns import Column, columns_of
from seqgen.frontends.handwriting.page.laid import LaidLine, LaidPage, LaidWord, Rules
from seqgen.frontends.handwriting.page.lines import Line, line_of
from seqgen.frontends.handwriting.page.page import ASCENDER, DESCENDER, PageSettings
from seqgen.frontends.handwriting.page.sizes import LEAST_SIDE
from seqgen.frontends.handwriting.page.word import Paragraph
from seqgen.frontends.handwriting.page.wrap import wrapped

_STEPS = 100  # a mm: the sides of a page that fits are rounded up to a hundredth
_ROUNDING = 1e-6  # steps


def lay_out(
    paragraphs: Sequence[Paragraph], settings: PageSettings, rng: np.random.Generator
) -> tuple[LaidPage, ...]:
    """Pages of the words in ``paragraphs``, at least one; no ink lies in a margin.

    ``rng`` gives one number. With the same number a line (by its paragraph and its place in
    it) wanders the same, whatever else the text holds. Ink that would reach into the top
    margin pushes the lines of its page down. UsageError for a word wider than a line, a line
    higher than a page, and a text too long for one page that fits.
    """
    seed = int(rng.integers(2**63))
    rows = wrapped(paragraphs, settings)
    width = settings.room[0]
    if settings.sheet is None:
        width = max((row.width for row in rows), default=0.0)
    columns = columns_of((line_of(row, settings, seed, width) for row in rows), settings)
    return tuple(_page(column, settings, width) for column in columns or [Column()])


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
