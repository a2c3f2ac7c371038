"""Words for the page: written parts and glyphs of one size, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from seqgen.frontends.handwriting.glyphs.drawing import draw, draw_mark
from seqgen.frontends.handwriting.ink.ink import Ink, joined
from seqgen.frontends.handwriting.page.word import Word
from seqgen.frontends.handwriting.writing.drawn import DrawnLine
from seqgen.frontends.handwriting.writing.lines import Place
from seqgen.frontends.handwriting.writing.plan import Part, Plan, PlannedWord
from seqgen.frontends.handwriting.writing.segment import parts_of
from seqgen.frontends.handwriting.writing.size import (
    TYPICAL_X_HEIGHT,
    baseline_of,
    slant_of,
    x_height_of,
)

GAP = 0.3  # x-heights between a glyph and a written part
SPACE = 1.5  # x-heights between words, where none was written
GLYPH_PITCH = 0.87  # x-heights a character, the mean of drawn words
WIDTHS = (0.75, 1.7)  # how narrow and how wide a hand glyphs follow
MEASURED = 16  # lines: a hand is measured on the first so many, 500 characters


@dataclass(frozen=True)
class CutLine:
    """A drawn line, and the ink of each of its parts and of their characters, see ``parts_of``."""

    drawn: DrawnLine
    parts: tuple[tuple[Ink, tuple[Ink, ...]], ...]


def cut_line(drawn: DrawnLine) -> CutLine:
    """Take a line apart, which takes most of the time that words take."""
    return CutLine(drawn, tuple(parts_of(drawn, baseline_of(drawn))))


@dataclass(frozen=True)
class Redrawn:
    """Words ``first`` to ``last`` of a paragraph, both in, from ``lines`` that were drawn anew."""

    paragraph: int
    first: int
    last: int
    lines: Sequence[CutLine]
    rng: np.random.Generator

    def holds(self, paragraph: int, word: int) -> bool:
        """Whether a word is one of these."""
        return paragraph == self.paragraph and self.first <= word <= self.last


@dataclass(frozen=True)
class Size:
    """What is measured of a hand: an x in the model's unit, in x-heights a character's width."""

    x_height: float = TYPICAL_X_HEIGHT
    pitch: float = GLYPH_PITCH
    space: float = SPACE


@dataclass(frozen=True)
class _Written:
    """A part in mm, its characters, and the space to the part before it on its line."""

    ink: Ink
    characters: tuple[Ink, ...]
    before: float | None


@dataclass(frozen=True)
class _Hand:
    """How glyphs are drawn beside written parts; ``width`` is a factor on their pitch."""

    x_height: float
    slant: float
    width: float
    rng: np.random.Generator

    def draw(self, text: str) -> Ink:
        """Text in glyphs as wide as the hand: half of it in the letters, half between them."""
        across = self.width**0.5
        return draw(
            text,
            x_height=self.x_height,
            slant=self.slant,
            width=across,
            tracking=(self.width - across) * GLYPH_PITCH,
            rng=self.rng,
            missing=True,
        ).ink


class Composer:
    """Words of a text in mm, baseline at y = 0, in the x-height asked for, one after the other.

    All lines are one hand's: its x-height, slant and width are measured over the ``MEASURED``
    lines that come first, and what glyphs draw takes them over. ``rng`` varies the glyphs. Words
    that were ``redrawn`` come, in the same size, in the place of those in the lines, the last
    redrawn of a word counting; all others stay as they are without.
    """

    def __init__(
        self,
        plan: Plan,
        first: Sequence[CutLine],
        x_height: float,
        rng: np.random.Generator,
        redrawn: Sequence[Redrawn] = (),
    ) -> None:
        drawn = [line.drawn for line in first]
        unit = x_height_of(drawn)
        self._plan, self._scale = plan, x_height / unit
        written = _written(first, self._scale)
        gaps = [part.before for part in written.values() if part.before is not None]
        self._space = float(np.median(gaps)) if gaps else SPACE * x_height
        pitch = _pitch(plan, written)
        width = float(np.clip(pitch / (GLYPH_PITCH * x_height) or 1.0, *WIDTHS))
        self._hand = _Hand(x_height, slant_of(drawn), width, rng)
        self.size = Size(unit, pitch / x_height or GLYPH_PITCH, self._space / x_height)
        self._parts: dict[Place, _Written] = {}
        self._redrawn = [
            (some, _written(some.lines, self._scale), replace(self._hand, rng=some.rng))
            for some in redrawn
        ]

    def take(self, line: CutLine) -> None:
        """Take in a line of the text."""
        self._parts |= _written([line], self._scale)

    def word(self, paragraph: int, number: int) -> Word:
        """The next word of the text, whose lines have been taken in."""
        planned = self._plan.paragraphs[paragraph][number]
        place = Place(paragraph, number, 0)
        word = _word(planned, place, self._parts, self._space, self._hand)
        for some, parts, pen in self._redrawn:
            if some.holds(paragraph, number):
                anew = _word(planned, place, parts, self._space, pen)
                before = word.before if number == some.first else anew.before
                word = replace(anew, before=before)
        return word


def _pitch(plan: Plan, written: Mapping[Place, _Written]) -> float:
    """What a character takes in mm in words of three characters and more, else 0."""
    pitches = []
    for place, part in written.items():
        text = plan.paragraphs[place.paragraph][place.word].parts[place.part].text
        if len(text) >= 3:
            pitches.append(part.ink.box().width / len(text))
    return float(np.median(pitches)) if pitches else 0.0


def _written(lines: Sequence[CutLine], scale: float) -> dict[Place, _Written]:
    """The parts of all lines that left ink."""
    found: dict[Place, _Written] = {}
    for line in lines:
        right: float | None = None
        for place, (ink, characters) in zip(line.drawn.line.places, line.parts, strict=True):
            if not ink:
                continue
            box = ink.box()
            before = None if right is None else (box.left - right) * scale
            moved = [part.moved(-box.left, 0).scaled(scale) for part in (ink, *characters)]
            found[place] = _Written(moved[0], tuple(moved[1:]), before)
            right = box.right
    return found


def _word(
    planned: PlannedWord,
    place: Place,
    written: Mapping[Place, _Written],
    space: float,
    hand: _Hand,
) -> Word:
    """A word; a part of which the model left no ink is drawn with glyphs."""
    parts: list[Ink] = []
    glyphs: list[bool] = []  # of every stroke
    edge, before, first = 0.0, space, 0
    joins = False
    for number, part in enumerate(planned.parts):
        found = written.get(Place(place.paragraph, place.word, number))
        typed, first = planned.text[first : first + len(part.text)], first + len(part.text)
        if found is not None:
            ink = _marked(part, found, hand)
            glyphs += [at >= len(found.ink.strokes) for at in range(len(ink.strokes))]
            if not number and found.before is not None:
                before = found.before
        else:
            ink = hand.draw(typed)
            glyphs += [True] * len(ink.strokes)
        gap = 0.0 if not parts else hand.x_height * (0.0 if joins and found else GAP)
        box = ink.box()
        parts.append(ink.moved(edge + gap - box.left, 0))
        edge, joins = edge + gap + box.width, found is not None
    drawn = frozenset(at for at, is_glyph in enumerate(glyphs) if is_glyph)
    return Word(planned.text, joined(parts), before, drawn)


def _marked(part: Part, found: _Written, hand: _Hand) -> Ink:
    """A written part with the marks that its letters carry; a letter without ink gets none."""
    marks = [
        draw_mark(
            name,
            found.characters[place],
            x_height=hand.x_height,
            rng=hand.rng,
            slant=hand.slant,
        )
        for place, name in part.marks
        if found.characters[place]
    ]
    return joined([found.ink, *marks])
