from __future__ import annotations

import string

import numpy as np
import pytest

from seqgen.frontends.handwriting.glyphs.glyph import mark_named
from seqgen.frontends.handwriting.glyphs.marks import glyph_of, knows, mark_of, placed
from seqgen.frontends.handwriting.ink.spline import Points

LATIN_1 = [chr(code) for code in range(0xA1, 0x100) if code != 0xAD]  # 0xAD is not printable
QUOTES = "\u2018\u2019\u201a\u201c\u201d\u201e"
PASTED = QUOTES + "\u2010\u2011\u2013\u2014\u2022\u2026\u2212€ŒœŠšŽžŸ"


def knots(character: str) -> Points:
    glyph = glyph_of(character)
    assert glyph is not None
    return glyph.knots


def test_every_printable_character_of_ascii_and_latin_1_is_known() -> None:
    printable = string.ascii_letters + string.digits + string.punctuation
    assert [c for c in (*printable, *LATIN_1, *PASTED) if not knows(c)] == []


@pytest.mark.parametrize("character", ["", " ", "\n", "\xad", "ab", "語", "🙂", "\u0301", "и"])
def test_what_has_no_glyph_is_not_known(character: str) -> None:
    assert not knows(character)


@pytest.mark.parametrize(
    ("character", "parts"),
    [
        ("ü", ("u", "diaeresis")),
        ("É", ("E", "acute")),
        ("ç", ("c", "cedilla")),
        ("Å", ("A", "ring")),
        ("Š", ("S", "caron")),
        ("ø", ("o", "slash")),
        ("í", ("\u0131", "acute")),
        ("ĵ", ("\u0237", "circumflex")),
        ("į", ("i", "ogonek")),
        ("ő", ("o", "double_acute")),
        ("u", None),
        ("ß", None),
        ("½", None),
        ("¨", None),
        ("ế", ("ê", "acute")),
        ("й", None),
        ("\u212b", None),
    ],
)
def test_a_character_is_taken_apart(character: str, parts: tuple[str, str] | None) -> None:
    assert mark_of(character) == parts


@pytest.mark.parametrize("character", ["à", "é", "î", "õ", "ü", "å", "Ä", "Š", "Ÿ", "ż", "ğ"])
def test_a_mark_above_clears_the_letter_and_sits_over_its_middle(character: str) -> None:
    parts = mark_of(character)
    assert parts
    letter = knots(parts[0])
    mark = knots(character)[len(letter) :]
    assert 0.15 < letter[:, 1].min() - mark[:, 1].max() < 0.4
    upper = letter[letter[:, 1] < letter[:, 1].min() + 0.5, 0]
    assert upper.mean() == pytest.approx((mark[:, 0].min() + mark[:, 0].max()) / 2, abs=0.2)


@pytest.mark.parametrize("character", ["ç", "Ç", "ş", "ę", "ą", "Ą"])
def test_a_mark_below_hangs_on_the_letter(character: str) -> None:
    parts = mark_of(character)
    assert parts
    letter = knots(parts[0])
    mark = knots(character)[len(letter) :]
    assert np.hypot(*(letter - mark[0]).T).min() < 0.05
    assert mark[:, 1].max() > letter[:, 1].max() + 0.2


def test_a_slash_goes_through_the_letter_from_side_to_side() -> None:
    letter = knots("O")
    (slash,) = placed(mark_named("slash"), letter)
    (right, top), (left, bottom) = slash.knots[[0, -1]]
    assert left < letter[:, 0].min() < letter[:, 0].max() < right
    assert top < letter[:, 1].min() < letter[:, 1].max() < bottom


def test_a_dotless_letter_carries_no_second_dot() -> None:
    assert len(knots("í")) == len(knots("\u0131")) + 2
