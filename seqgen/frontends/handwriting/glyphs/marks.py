"""Letters with marks: which mark a character carries on which letter, and where it goes."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np

from seqgen.frontends.handwriting.glyphs.glyph import (
    Glyph,
    Mark,
    Trace,
    mark_named,
    own_glyph,
)
from seqgen.frontends.handwriting.ink.spline import Points

_COMBINING = {
    "\u0300": "grave",
    "\u0301": "acute",
    "\u0302": "circumflex",
    "\u0303": "tilde",
    "\u0304": "macron",
    "\u0306": "breve",
    "\u0307": "dot",
    "\u0308": "diaeresis",
    "\u030a": "ring",
    "\u030b": "double_acute",
    "\u030c": "caron",
    "\u0327": "cedilla",
    "\u0328": "ogonek",
}
_STRUCK = {"ø": ("o", "slash"), "Ø": ("O", "slash")}  # Unicode does not take these apart
_DOTLESS = {"i": "\u0131", "j": "\u0237"}
_FOOT = 0.12  # x-heights
_TALL = 1.3  # x-heights: above it a letter is a capital or has an ascender


@cache
def mark_of(character: str) -> tuple[str, str] | None:
    """Take a character apart into a letter that has a glyph and the name of a mark, else None.

    ``ü`` gives ``("u", "diaeresis")``. Under a mark above, i and j lose their dot: ``í``
    gives the dotless i (U+0131) and ``"acute"``.
    """
    if character in _STRUCK:
        return _STRUCK[character]
    codes = unicodedata.decomposition(character).split()
    if len(codes) != 2 or codes[0].startswith("<"):
        return None
    letter, combining = (chr(int(code, 16)) for code in codes)
    name = _COMBINING.get(combining)
    if name is None:
        return None
    if mark_named(name).rule == "above":
        letter = _DOTLESS.get(letter, letter)
    return (letter, name) if knows(letter) else None


def knows(character: str) -> bool:
    """Whether there is a glyph for the character. A space has none."""
    return len(character) == 1 and glyph_of(character) is not None


@cache
def glyph_of(character: str) -> Glyph | None:
    """The glyph of a character, with its mark if it carries one; None where there is none."""
    own = own_glyph(character)
    parts = None if own else mark_of(character)
    base = glyph_of(parts[0]) if parts else None
    if parts is None or base is None:
        return own
    mark = placed(mark_named(parts[1]), base.knots)
    return Glyph(base.traces + mark, base.advance)


def placed(mark: Mark, letter: Points) -> tuple[Trace, ...]:
    """Place a mark on a letter of points (P, 2), upright and in x-heights, y down.

    Above: over the middle of the letter's upper half, nearer to a tall letter. Below: at the
    lowest point. Tail: where the foot ends. Through: stretched from side to side.
    """
    low, high = letter.min(0), letter.max(0)
    if mark.rule == "through":
        return tuple(trace.mapped(high - low, low) for trace in mark.traces)
    if mark.rule == "below":
        place = letter[letter[:, 1].argmax()]
    elif mark.rule == "tail":
        foot = letter[letter[:, 1] > high[1] - _FOOT]
        place = foot[foot[:, 0].argmax()]
    else:
        upper = letter[letter[:, 1] <= (low[1] + high[1]) / 2, 0]
        nearer = 0.1 if high[1] - low[1] > _TALL else 0.0
        place = np.array([(upper.min() + upper.max()) / 2, low[1] + nearer])
    return tuple(trace.mapped(1.0, place) for trace in mark.traces)
