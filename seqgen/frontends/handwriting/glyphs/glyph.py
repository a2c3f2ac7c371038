"""The glyphs and marks that ``glyphs.toml`` holds, as knots in x-heights."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.handwriting.ink.spline import Points

Rule = Literal["above", "below", "tail", "through"]


@dataclass(frozen=True)
class Trace:
    """One stroke as a hand plans it: knots (K, 2), and where they are corners (K,)."""

    knots: Points
    corners: NDArray[np.bool_]

    def mapped(self, scale: float | Points, move: tuple[float, float] | Points) -> Trace:
        """The same trace, larger by ``scale`` (a number, or one for x and y), then moved."""
        return Trace(self.knots * scale + move, self.corners)


@dataclass(frozen=True)
class Glyph:
    """A character: traces in the order of writing, baseline y = 0, and the pen's advance."""

    traces: tuple[Trace, ...]
    advance: float

    @property
    def knots(self) -> Points:
        """All knots (K, 2)."""
        return np.concatenate([trace.knots for trace in self.traces])


@dataclass(frozen=True)
class Mark:
    """A mark that a letter can carry, and the rule that says where."""

    rule: Rule
    traces: tuple[Trace, ...]


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("glyphs.toml").read_text("utf-8"))


@cache
def own_glyph(character: str) -> Glyph | None:
    """The glyph of a character that has one of its own, else None."""
    for name in ("small", "capital", "digit", "sign"):
        if text := _tables()[name].get(character):
            advance, _, strokes = text.partition(" | ")
            return Glyph(_traces(strokes), int(advance) / 100)
    if text := _tables()["assembled"].get(character):
        advance, _, parts = text.partition(" | ")
        return Glyph(tuple(_assembled(parts)), int(advance) / 100)
    return None


@cache
def mark_named(name: str) -> Mark:
    """The mark of a name; ValueError where there is none."""
    try:
        rule, _, strokes = _tables()["mark"][name].partition(" | ")
    except KeyError:
        raise ValueError(f"there is no mark {name!r}") from None
    return Mark(cast(Rule, rule), _traces(strokes))


def _traces(strokes: str) -> tuple[Trace, ...]:
    """Read ``x,y x,y! / x,y`` in hundredths."""
    return tuple(_trace(stroke.split()) for stroke in strokes.split(" / "))


def _trace(words: list[str]) -> Trace:
    knots = [[int(number) for number in word.rstrip("!").split(",")] for word in words]
    corners = [word.endswith("!") for word in words]
    return Trace(np.array(knots, np.float64) / 100, np.array(corners))


def _assembled(parts: str) -> Iterator[Trace]:
    """Read ``name scale x,y / ...``, each a glyph or a mark."""
    for part in parts.split(" / "):
        name, scale, place = part.split()
        x, y = place.split(",")
        glyph = own_glyph(name)
        for trace in (glyph or mark_named(name)).traces:
            yield trace.mapped(int(scale) / 100, (int(x) / 100, int(y) / 100))
