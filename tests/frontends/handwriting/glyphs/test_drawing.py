from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.frontends.handwriting.glyphs.drawing import MISSING, SPACE, Drawn, draw, draw_mark
from seqgen.frontends.handwriting.glyphs.marks import glyph_of, mark_of
from seqgen.frontends.handwriting.ink.ink import Ink, joined

KNOWN = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100)) if code != 0xAD]


def drawn(text: str, seed: int = 0, **changes: float) -> Drawn:
    return draw(text, **{"x_height": 2.0} | changes, rng=np.random.default_rng(seed))  # type: ignore[arg-type]


def part(whole: Drawn, number: int) -> Ink:
    return Ink(whole.ink.strokes[slice(*whole.spans[number])])


@given(st.text(st.sampled_from(KNOWN), max_size=12), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_every_character_but_the_space_leaves_ink_of_its_own(text: str, seed: int) -> None:
    whole = drawn(text, seed)
    assert len(whole.spans) == len(text)
    edges = [0, *(edge for span in whole.spans for edge in span), len(whole.ink.strokes)]
    assert edges == sorted(edges)
    assert all(a == b for (_, a), (b, _) in pairwise(whole.spans))
    for character, (start, stop) in zip(text, whole.spans, strict=True):
        assert (stop > start) == (character not in " \xa0")


def test_sizes_are_millimetres() -> None:
    box = drawn("x", jitter=0.0, x_height=3.0).ink.box()
    assert box.height == pytest.approx(3.0, rel=0.05)
    assert box.top == pytest.approx(-3.0, rel=0.05)
    glyph = glyph_of("x")
    assert glyph is not None
    assert drawn("x", jitter=0.0, x_height=3.0).advance == pytest.approx(3 * glyph.advance)


def test_advances_and_tracking_add_up() -> None:
    letters = sum(drawn(c, jitter=0.0).advance for c in "to")
    assert drawn("t o", jitter=0.0).advance == pytest.approx(letters + 2 * SPACE)
    wide = drawn("t o", jitter=0.0, width=1.5, tracking=0.1)
    assert wide.advance == pytest.approx(1.5 * (letters + 2 * SPACE) + 3 * 0.2)


def test_a_positive_slant_leans_to_the_right() -> None:
    straight, slanted = (drawn("l|T", jitter=0.0, slant=s).ink for s in (0.0, 0.5))
    for before, after in zip(straight.strokes, slanted.strokes, strict=True):
        np.testing.assert_allclose(after[0, 0] - before[0, 0], -0.5 * before[0, 1])
        np.testing.assert_allclose(after[:, 1].max(), before[:, 1].max())


def test_points_lie_close_enough_for_a_pen() -> None:
    for stroke in drawn("Quick & 1843, größer!").ink.strokes:
        steps = np.hypot(*np.diff(stroke, axis=0).T) / 2.0
        assert steps.max() < 0.13
        assert len(stroke) >= 2


def test_one_seed_gives_the_same_ink_and_another_seed_other_ink() -> None:
    one, same, other = drawn("1843", 5), drawn("1843", 5), drawn("1843", 6)
    for a, b in zip(one.ink.strokes, same.ink.strokes, strict=True):
        np.testing.assert_array_equal(a, b)
    assert one.advance == same.advance != other.advance


def test_a_recurring_digit_never_looks_twice_the_same() -> None:
    whole = drawn("7777777777")
    shapes = []
    for number in range(10):
        box = part(whole, number).box()
        shapes.append((box.width, box.height))
    for one, other in pairwise(sorted(shapes)):
        assert np.hypot(*np.subtract(one, other)) > 1e-3


def test_jitter_keeps_the_size_and_the_baseline() -> None:
    for seed in range(30):
        box = drawn("0H8E" * 5, seed).ink.box()
        assert box.bottom == pytest.approx(0, abs=0.4)
        assert box.top == pytest.approx(-3.5, abs=0.6)


def test_an_unknown_character_is_named_or_drawn_as_a_box() -> None:
    with pytest.raises(ValueError, match="there is no glyph for '語'"):
        drawn("a語")
    rng = np.random.default_rng(0)
    whole = draw("a語\n", x_height=2.0, jitter=0.0, rng=rng, missing=True)
    box = drawn(MISSING, jitter=0.0).ink.box()
    assert part(whole, 1).box().height == part(whole, 2).box().height == box.height


@pytest.mark.parametrize("wrong", [("x_height", 0.0), ("width", -1.0), ("jitter", -0.1)])
def test_sizes_must_make_sense(wrong: tuple[str, float]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        drawn("a", 0, **dict([wrong]))


@pytest.mark.parametrize("character", "üéçøåÃšŐ")
@pytest.mark.parametrize("slant", [-0.3, 0.0, 0.6])
def test_a_mark_on_foreign_ink_lies_as_in_our_own_glyph(character: str, slant: float) -> None:
    parts = mark_of(character)
    assert parts
    whole = drawn(character, jitter=0.0, slant=slant).ink.moved(70, -30)
    letter = drawn(parts[0], jitter=0.0, slant=slant).ink.moved(70, -30)
    rng = np.random.default_rng(0)
    mark = draw_mark(parts[1], letter, x_height=2.0, slant=slant, jitter=0.0, rng=rng)
    both = joined([letter, mark])
    assert len(both.strokes) == len(whole.strokes)
    for a, b in zip(both.strokes, whole.strokes, strict=True):
        np.testing.assert_allclose(a, b, atol=0.12)


def test_a_mark_jitters_around_itself_however_far_away_the_letter_is() -> None:
    letter = drawn("o").ink.moved(5000, 3000)
    for seed in range(20):
        rng = np.random.default_rng(seed)
        mark = draw_mark("diaeresis", letter, x_height=2.0, rng=rng).box()
        assert mark.left > letter.box().left - 0.5
        assert mark.right < letter.box().right + 0.5
        assert letter.box().top - 1.4 < mark.top < mark.bottom < letter.box().top


def test_a_mark_needs_a_letter_and_a_name_that_exists() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="no ink"):
        draw_mark("acute", Ink(), x_height=2.0, rng=rng)
    with pytest.raises(ValueError, match="there is no mark 'umlaut'"):
        draw_mark("umlaut", drawn("u").ink, x_height=2.0, rng=rng)
