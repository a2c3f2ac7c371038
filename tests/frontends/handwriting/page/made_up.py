"""Words of made-up ink: boxes, waves and nothing at all."""

from __future__ import annotations

from typing import Any

import numpy as np

from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.page.laid import LaidLine, LaidPage
from seqgen.frontends.handwriting.page.layout import lay_out
from seqgen.frontends.handwriting.page.page import PageSettings
from seqgen.frontends.handwriting.page.word import Paragraph, Word


def box(
    width: float, text: str = "box", above: float = 3.0, below: float = 0.0, before: float = 4.0
) -> Word:
    """A rectangle from ``above`` the baseline to ``below`` it, and a dot inside."""
    corners = [(0, -above), (width, -above), (width, below), (0, below), (0, -above)]
    dot = [(width / 2, (below - above) / 2)]
    return Word(text, Ink((np.array(corners, float), np.array(dot, float))), before)


def wave(width: float, text: str = "wave", before: float = 4.0) -> Word:
    """A sine wave, 2 mm above and 1 mm below the baseline."""
    x = np.linspace(0, width, 20)
    return Word(text, Ink((np.column_stack([x, 1.5 * np.sin(x) - 0.5]),)), before)


def nothing(text: str = "?", before: float = 4.0) -> Word:
    return Word(text, Ink(), before)


def laid(*paragraphs: Paragraph, seed: int = 1, **settings: Any) -> tuple[LaidPage, ...]:
    return lay_out(paragraphs, PageSettings(**settings), np.random.default_rng(seed))


def lines_of(pages: tuple[LaidPage, ...]) -> list[LaidLine]:
    return [line for page in pages for line in page.lines]
