"""Ink while it is drawn: where its points will lie on the pages, roughly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from seqgen.api.press import END, Item, Press
from seqgen.api.scribe import Advance, Dot
from seqgen.frontends.handwriting.page.page import ASCENDER, DESCENDER, PageSettings
from seqgen.frontends.handwriting.writing.compose import Size
from seqgen.frontends.handwriting.writing.lines import ModelLine
from seqgen.frontends.handwriting.writing.plan import Plan

START = 0.5  # x-heights above the baseline, where a pen is set down
APART = 0.4  # spreads: ink so far behind a word, drawn on the space after it, is the next word's
Spot = tuple[int, float, float]
"""Page, and in mm left edge and baseline."""


@dataclass
class _Pen:
    """The pen of a line: the part it is at, and where parts begin in the model's unit."""

    part: int = 0
    origins: list[float] = field(default_factory=lambda: [0.0])
    right: float = 0.0
    is_up: bool = True
    at: int = 0  # the part that the stroke at hand belongs to

    def set_down(self, line: ModelLine, x: float, character: int) -> None:
        """Begin a stroke: it belongs to the part at hand, the next, or if far back to the last."""
        character = min(character, len(line.text) - 1)
        part = line.part_of(character)
        if line.text[character] == " " and x > self.right + APART:
            part += 1
        if part > self.part and x > self.origins[-1]:
            self.origins += [x] * (part - self.part)
            self.part = part
        back = x < self.origins[self.part] - APART and self.part > 0
        self.at = self.part - 1 if back else self.part


class PenStream:
    """Tells the ink of lines before they are settled, word by word, on pages of size ``sheet``.

    Words stand behind those that ``press`` has placed, as wide as words of the hand usually are.
    """

    def __init__(
        self, plan: Plan, lines: Sequence[ModelLine], page: PageSettings, press: Press, size: Size
    ) -> None:
        self._plan, self._lines, self._page, self._press = plan, lines, page, press
        self._guess = size
        self._spots: dict[Item, Spot] = {}
        self._pens: dict[int, _Pen] = {}
        self.sheet = page.sheet or self._fitting()

    @property
    def _size(self) -> Size:
        return self._press.size or self._guess

    def told(self, step: Advance) -> dict[str, Any]:
        """What a window can show of a step.

        Words whose ink is ``void``; those that have ``moved``, with the new page and how far
        across and down; and new ``ink``, word by word.
        """
        told: dict[str, Any] = {}
        if step.begun:
            told = self._begin(step.begun)
        if step.ink:
            told["ink"] = [one for k, dots in step.ink.items() for one in self._strokes(k, dots)]
        return told | {"sheet": list(self.sheet)} if told else told

    def _begin(self, begun: Sequence[int]) -> dict[str, Any]:
        """Find places for the words of lines, and better ones for those that wait for them."""
        void = {(p.paragraph, p.word) for k in begun if k in self._pens for p in self._places(k)}
        missing = {(p.paragraph, p.word) for k in begun for p in self._places(k)}
        moved = []
        for item, spot, _ in self._flow(self._press.ahead):
            if not missing:
                break
            missing.discard(item)
            old = self._spots.get(item, spot)
            if item not in void and old != spot:
                across, down = (round(a - b, 2) for a, b in zip(spot[1:], old[1:], strict=True))
                moved.append((item, spot[0], across, down))
            self._spots[item] = spot
        self._pens |= {k: _Pen() for k in begun}
        return {"void": sorted(void), "moved": moved}

    def _places(self, k: int) -> Sequence[Any]:
        return self._lines[k].places

    def _strokes(self, k: int, dots: Sequence[Dot]) -> Iterator[dict[str, Any]]:
        """Pieces of ink of one word and one stroke each."""
        line, pen = self._lines[k], self._pens[k]
        scale = self._page.x_height / self._size.x_height
        points: list[tuple[float, float]] = []
        for x, y, lift, character in dots:
            begins = pen.is_up
            if begins:
                pen.set_down(line, x, character)
            place = line.places[pen.at]
            page, left, baseline = self._spots[place.paragraph, place.word]
            if begins or not points:
                points = []
                item = {"word": (place.paragraph, place.word), "page": page}
                yield item | {"begins": begins, "points": points}
            across = left + (x - pen.origins[pen.at]) * scale
            down = baseline - START * self._page.x_height + y * scale
            points.append((round(across, 2), round(down, 2)))
            pen.right, pen.is_up = max(pen.right, x), bool(lift)

    def _flow(self, items: Sequence[Item]) -> Iterator[tuple[Item, Spot, float]]:
        """Where words will stand, and how wide they are in mm."""
        settings, size = self._page, self._size
        top, _, bottom, left = settings.edges
        x_height, right = settings.x_height, left + settings.text_width
        page, baseline, across = self._press.layout.tip
        lowest = settings.largest[1] - bottom - DESCENDER * x_height
        for paragraph, word in items:
            text = "" if word == END else self._plan.paragraphs[paragraph][word].text
            width = len(text) * size.pitch * x_height
            gap = 0.0 if across <= left else size.space * x_height
            if word == END or (gap and across + gap + width > right):
                across, gap, baseline = left, 0.0, baseline + settings.pitch
            if baseline > lowest:
                page, baseline = page + 1, top + ASCENDER * x_height
            if word != END:
                yield (paragraph, word), (page, across + gap, baseline), width
                across += gap + width

    def _fitting(self) -> tuple[float, float]:
        """A page that will hold all words."""
        _, right, bottom, left = self._page.edges
        spots = [(spot, width) for _, spot, width in self._flow(self._press.ahead)]
        width = max((x + width for (_, x, _), width in spots), default=left)
        lowest = max((y for (_, _, y), _ in spots), default=0.0)
        return width + right, lowest + DESCENDER * self._page.x_height + bottom
