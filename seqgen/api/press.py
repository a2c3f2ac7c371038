"""The press: composes and lays out a text while its lines are still being written."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence

import numpy as np

from seqgen.frontends.handwriting.page.laid import LaidPage
from seqgen.frontends.handwriting.page.layout import Layout, Placed
from seqgen.frontends.handwriting.page.page import PageSettings
from seqgen.frontends.handwriting.writing.compose import (
    MEASURED,
    Composer,
    CutLine,
    Redrawn,
    Size,
)
from seqgen.frontends.handwriting.writing.lines import ModelLine
from seqgen.frontends.handwriting.writing.plan import Plan

TURN = 16  # words: after so many work can be stopped
END = -1  # in place of a word: the paragraph ends
Item = tuple[int, int]
"""Paragraph and word, or END."""


class Press:
    """Takes the lines of a text as they are settled; words find their places in their order.

    What comes out is the same in whatever order and portions lines are taken.
    """

    def __init__(
        self,
        plan: Plan,
        lines: Sequence[ModelLine],
        page: PageSettings,
        seed: int,
        redrawn: Sequence[Redrawn] = (),
    ) -> None:
        glyph_rng, page_rng = np.random.default_rng((seed, 1 << 20)).spawn(2)
        self.layout = Layout(page, page_rng)
        self._plan, self._lines, self._redrawn, self._rng = plan, lines, redrawn, glyph_rng
        self._items = list(_items(plan))
        self._needs = _needs(lines)
        self._settled: dict[int, CutLine] = {}
        self._ready = 0  # lines of which none before them is missing
        self._done = 0  # items
        self._composer: Composer | None = None

    @property
    def size(self) -> Size | None:
        """The size of the hand, once it is measured."""
        return self._composer.size if self._composer else None

    @property
    def ahead(self) -> Sequence[Item]:
        """What has no place yet."""
        return self._items[self._done :]

    def take(self, settled: Mapping[int, CutLine]) -> Generator[None, None, list[Placed]]:
        """Take lines; returns those of the page that have a place since, yields now and then."""
        self._settled |= settled
        placed = list[Placed]()
        before = self._ready
        while self._ready in self._settled:
            self._ready += 1
        if self._composer is None:
            if self._ready < min(MEASURED, len(self._lines)):
                return placed
            first = [self._settled[k] for k in range(min(MEASURED, self._ready))]
            size = self.layout.settings.x_height
            self._composer = Composer(self._plan, first, size, self._rng, self._redrawn)
            before = 0
        for k in range(before, self._ready):
            self._composer.take(self._settled[k])
            yield
        while self.ahead_is_ready:
            placed += self._set(self._composer, self._items[self._done])
            self._done += 1
            if self._done % TURN == 0:
                yield
        return placed

    @property
    def ahead_is_ready(self) -> bool:
        """Whether all lines that the next word needs are there."""
        more = self._done < len(self._items)
        return more and self._needs.get(self._items[self._done], 0) <= self._ready

    def finish(self) -> Generator[None, None, tuple[LaidPage, ...]]:
        """All pages, once all lines are taken; yields now and then."""
        yield from self.take({})  # a text of glyphs alone has no lines
        return (yield from self.layout.finish())

    def _set(self, composer: Composer, item: Item) -> list[Placed]:
        paragraph, word = item
        if word == END:
            return self.layout.end_paragraph()
        return self.layout.add(composer.word(paragraph, word))


def _items(plan: Plan) -> Iterator[Item]:
    for paragraph, words in enumerate(plan.paragraphs):
        yield from ((paragraph, word) for word in range(len(words)))
        yield paragraph, END


def _needs(lines: Sequence[ModelLine]) -> dict[Item, int]:
    """How many of the lines each written word needs."""
    return {(p.paragraph, p.word): k for k, line in enumerate(lines, 1) for p in line.places}
