"""Words of made-up ink: boxes, waves and nothing at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.page.laid import LaidLine, LaidPage
from seqgen.frontends.handwriting.page.layout import Layout, Placed
from seqgen.frontends.handwriting.page.page import PageSettings
from seqgen.frontends.handwriting.page.word import Paragraph, Word
from seqgen.frontends.handwriting.page.wrap import Row, Wrapper


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


def wrapped(paragraphs: Iterable[Paragraph], settings: PageSettings) -> list[Row]:
    wrapper, rows = Wrapper(settings), list[Row]()
    for paragraph in paragraphs:
        for word in paragraph:
            rows += wrapper.add(word)
        rows.append(wrapper.end_paragraph())
    return rows


def lay_out(
    paragraphs: Iterable[Paragraph], settings: PageSettings, rng: np.random.Generator
) -> tuple[LaidPage, ...]:
    return finished(filled(paragraphs, settings, rng)[0])


def filled(
    paragraphs: Iterable[Paragraph], settings: PageSettings, rng: np.random.Generator
) -> tuple[Layout, list[Placed]]:
    """A layout of all words, and the lines as they found their places."""
    layout, placed = Layout(settings, rng), list[Placed]()
    for paragraph in paragraphs:
        for word in paragraph:
            placed += layout.add(word)
        placed += layout.end_paragraph()
    return layout, placed


def finished(layout: Layout) -> tuple[LaidPage, ...]:
    work = layout.finish()
    while True:
        try:
            next(work)
        except StopIteration as end:
            pages: tuple[LaidPage, ...] = end.value
            return pages


def laid(*paragraphs: Paragraph, seed: int = 1, **settings: Any) -> tuple[LaidPage, ...]:
    return lay_out(paragraphs, PageSettings(**settings), np.random.default_rng(seed))


def lines_of(pages: tuple[LaidPage, ...]) -> list[LaidLine]:
    return [line for page in pages for line in page.lines]
