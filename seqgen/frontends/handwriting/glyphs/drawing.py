"""Text drawn with glyphs: ink in the size, slant and jitter of the writing around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from seqgen.frontends.handwriting.glyphs.glyph import Glyph, Trace, mark_named
from seqgen.frontends.handwriting.glyphs.marks import glyph_of, placed
from seqgen.frontends.handwriting.glyphs.variation import spread, varied
from seqgen.frontends.handwriting.ink.ink import Ink, Stroke
from seqgen.frontends.handwriting.ink.spline import sampled

MISSING = "□"
"""The box that stands for a character without a glyph."""
SPACE = 0.75
"""The advance of a space, in x-heights."""

_SPACES = " \u00a0"
_DRIFT, _KEPT, _GAP = 0.015, 0.7, 0.02  # at jitter 1: of the baseline, kept of it, of advances


@dataclass(frozen=True)
class Drawn:
    """Drawn text: ink in mm, baseline y = 0, the pen from x = 0 to x = ``advance``.

    ``spans`` holds for each character the strokes [start, stop) that it left.
    """

    ink: Ink
    advance: float
    spans: tuple[tuple[int, int], ...]


def draw(
    text: str,
    *,
    x_height: float,
    rng: np.random.Generator,
    slant: float = 0.0,
    width: float = 1.0,
    tracking: float = 0.0,
    jitter: float = 1.0,
    spacing: float = 0.08,
    missing: bool = False,
) -> Drawn:
    """Draw one line of text, made of composed characters (Unicode NFC) and spaces.

    ``x_height`` in mm; ``slant`` the tangent of the angle, to the right where positive;
    ``width`` stretches along the line; ``tracking`` is added after each character and
    ``spacing`` is what lies between points, both in x-heights; ``jitter`` 0 draws a glyph
    always alike, 1 like an unhurried person, 2 loosely but legibly.

    Raises ValueError for a character without a glyph, naming it; with ``missing`` a box is
    drawn in its place.
    """
    hand = _Hand(x_height, slant, width, jitter, spacing)
    strokes, spans, pen, drift = list[Stroke](), list[tuple[int, int]](), 0.0, 0.0
    for character in text:
        start = len(strokes)
        advance = SPACE
        if character not in _SPACES:
            glyph = _glyph(character, missing)
            drift = _KEPT * drift + float(spread(rng, _DRIFT * jitter))
            strokes += hand.strokes(glyph.traces, (pen, drift), rng)
            advance = glyph.advance
        pen += advance * width + tracking + float(spread(rng, _GAP * jitter))
        spans.append((start, len(strokes)))
    return Drawn(Ink(tuple(strokes)), pen * x_height, tuple(spans))


def draw_mark(
    name: str,
    letter: Ink,
    *,
    x_height: float,
    rng: np.random.Generator,
    slant: float = 0.0,
    jitter: float = 1.0,
    spacing: float = 0.08,
) -> Ink:
    """Draw a mark (a name that ``mark_of`` gives) on a letter that somebody else has written.

    ``letter`` is in mm and lies anywhere; the mark comes in its coordinates. ValueError for an
    unknown name and for a letter without ink.
    """
    box = letter.box()
    left, bottom = box.left / x_height, box.bottom / x_height
    upright = np.concatenate(letter.strokes) / x_height - (left, bottom)
    upright[:, 0] += slant * upright[:, 1]
    traces = placed(mark_named(name), upright)
    hand = _Hand(x_height, slant, 1.0, jitter, spacing)
    return Ink(tuple(hand.strokes(traces, (left, bottom), rng)))


def _glyph(character: str, missing: bool) -> Glyph:
    glyph = glyph_of(character) or (glyph_of(MISSING) if missing else None)
    if glyph is None:
        raise ValueError(f"there is no glyph for {character!r}")
    return glyph


@dataclass(frozen=True)
class _Hand:
    x_height: float
    slant: float
    width: float
    jitter: float
    spacing: float

    def __post_init__(self) -> None:
        if min(self.x_height, self.width, self.spacing) <= 0 or self.jitter < 0:
            raise ValueError(f"sizes must be above 0 and jitter not below it: {self}")

    def strokes(
        self, traces: tuple[Trace, ...], place: tuple[float, float], rng: np.random.Generator
    ) -> list[Stroke]:
        """The strokes in mm of one glyph set down at a place in x-heights."""
        shear = np.array([[self.width, -self.slant], [0.0, 1.0]])
        return [
            (sampled(trace.knots, trace.corners, self.spacing) @ shear.T + place) * self.x_height
            for trace in varied(traces, self.jitter, rng)
        ]
