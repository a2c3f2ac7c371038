"""Lines that no model wrote: letters as polylines of a known baseline, x-height and slant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.handwriting.page.word import Word
from seqgen.frontends.handwriting.writing.compose import MEASURED, Composer, Redrawn, cut_line
from seqgen.frontends.handwriting.writing.drawn import DrawnLine
from seqgen.frontends.handwriting.writing.lines import ModelLine, model_lines
from seqgen.frontends.handwriting.writing.plan import Plan, plan_text

LEARNED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIKLMNOPRSTUVWY.,'\"-?!:;()")
X = 1.6  # the x-height of these lines, in the unit of a model
ADVANCE, SPACE = 1.0, 0.6  # x-heights
TALL = frozenset("bdfhklt") | frozenset("ABCDEFGHIKLMNOPRSTUVWY")
DEEP = frozenset("gpqyj")
Points = NDArray[np.float64]


def plan_of(text: str) -> Plan:
    return plan_text(text, LEARNED)


def paragraphs_of(
    plan: Plan,
    drawn: Sequence[DrawnLine],
    x_height: float,
    rng: np.random.Generator,
    redrawn: Sequence[Redrawn] = (),
) -> list[list[Word]]:
    """The words of all paragraphs, composed from lines that are all there."""
    lines = [cut_line(line) for line in drawn]
    composer = Composer(plan, lines[:MEASURED], x_height, rng, redrawn)
    for line in lines:
        composer.take(line)
    return [
        [composer.word(paragraph, word) for word in range(len(words))]
        for paragraph, words in enumerate(plan.paragraphs)
    ]


def line_of(text: str) -> ModelLine:
    """The one line that a model writes for a text."""
    [line] = model_lines(plan_of(text))
    return line


@dataclass
class Hand:
    """A pen over a line, or over that of a text: sizes are x-heights, upright and level, y down.

    What comes out has x-heights of ``x_height``, letters that lean by ``slant``, and the
    baseline y = ``height`` + ``slope`` x.
    """

    line: ModelLine | str
    x_height: float = X
    height: float = 0.0
    slope: float = 0.0
    slant: float = 0.0
    points: list[Points] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    lifts: list[bool] = field(default_factory=list)

    def stroke(self, points: Iterable[tuple[float, float]], *places: int) -> None:
        """A stroke; its places are shared out evenly along it."""
        knots = np.array(list(points))
        self.points.append(knots)
        self.places += [places[k * len(places) // len(knots)] for k in range(len(knots))]
        self.lifts += [False] * (len(knots) - 1) + [True]

    def done(self, ended: bool = True) -> DrawnLine:
        shear = np.array([[1.0, -self.slant], [0.0, 1.0]])
        points = np.concatenate([np.empty((0, 2)), *self.points]) @ shear.T * self.x_height
        points[:, 1] += self.height + self.slope * points[:, 0]
        places = np.array(self.places, np.int64)
        line = line_of(self.line) if isinstance(self.line, str) else self.line
        return DrawnLine(line, points, np.array(self.lifts, bool), places, ended)


def letter(character: str, left: float) -> list[tuple[float, float]]:
    """A stroke of nine points: down to its foot and up again, 0.6 x-heights wide."""
    if character in ".,'\"-?!:;()":
        return [(left, -0.1), (left + 0.05, -0.05), (left + 0.05, 0.0)]
    top = -2.0 if character in TALL else -1.0
    foot = 1.0 if character in DEEP else 0.0
    down = [(left, y) for y in np.linspace(top, foot, 5).tolist()]
    up = [(left + 0.6, y) for y in np.linspace(foot, -1.0, 4).tolist()]
    return down + up


def lefts(text: str) -> list[float]:
    """Where each character begins, in x-heights."""
    steps = [SPACE if character == " " else ADVANCE for character in text]
    return [sum(steps[:k]) for k in range(len(steps))]


def written(
    line: ModelLine | str, joined: bool = False, without: str = "", **look: Any
) -> DrawnLine:
    """A line in print, or with ``joined`` with n for every letter and a stroke for every word."""
    line = line_of(line) if isinstance(line, str) else line
    hand = Hand(line, **look)
    for part, place in enumerate(line.starts):
        last = line.span(part)[1]
        if joined:
            points = [p for k in range(place, last) for p in letter("n", lefts(line.text)[k])]
            hand.stroke(points, *range(place, last))
            continue
        for k in range(place, last):
            if line.text[k] not in without:
                hand.stroke(letter(line.text[k], lefts(line.text)[k]), k)
    return hand.done()
