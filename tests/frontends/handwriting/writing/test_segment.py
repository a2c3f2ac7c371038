from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.writing.drawn import DrawnLine, drawn_line
from seqgen.frontends.handwriting.writing.segment import SPACING, SPLIT, parts_of
from seqgen.frontends.handwriting.writing.size import Baseline, baseline_of
from tests.frontends.handwriting.writing.made_up import Hand, X, lefts, letter, line_of, written

TEXT = "an old man, sitting"
LEVEL = Baseline(0.0, 0.0)


def inks(drawn: DrawnLine, baseline: Baseline = LEVEL) -> list[Ink]:
    return [ink for ink, _ in parts_of(drawn, baseline)]


def middle(ink: Ink) -> float:
    box = ink.box()
    return (box.left + box.right) / 2 / X


def farthest(ink: Ink, points: NDArray[np.float64]) -> float:
    """How far the farthest of some points lies from the nearest point of the ink."""
    every = np.concatenate(ink.strokes)
    apart = np.linalg.norm(points[:, None] - every[None], axis=2)
    return float(apart.min(axis=1).max())


def test_each_part_has_its_own_strokes() -> None:
    drawn = written(TEXT)
    found = inks(drawn)
    assert [len(ink.strokes) for ink in found] == [2, 3, 4, 7]
    for part, ink in enumerate(found):
        first, last = drawn.line.span(part)
        own = drawn.points[(drawn.places >= first) & (drawn.places < last)]
        assert ink.box().left == pytest.approx(own[:, 0].min(), abs=0.1)
        assert ink.box().right == pytest.approx(own[:, 0].max(), abs=0.1)
        assert farthest(ink, own) <= SPACING


def test_the_ink_lies_on_a_level_baseline() -> None:
    drawn = written("never more", height=5.0, slope=0.12)
    for ink in inks(drawn, baseline_of(drawn)):
        for stroke in ink.strokes:
            assert stroke[:, 1].max() == pytest.approx(0.0, abs=0.15 * X)
            assert stroke[:, 1].min() == pytest.approx(-X, abs=0.15 * X)


def test_points_are_as_near_to_each_other_as_a_pen_sets_them() -> None:
    for ink in inks(written(TEXT)):
        for stroke in ink.strokes:
            steps = np.hypot(*np.diff(stroke, axis=0).T)
            assert steps.max() < 1.6 * SPACING


def test_a_stroke_of_one_place_is_a_dot() -> None:
    hand = Hand("i,")
    hand.stroke(letter("i", 0.0), 0)
    hand.stroke([(1.0, 0.0)], 1)
    hand.stroke([(1.0, 0.1)] * 3, 1)
    [ink] = inks(hand.done())
    assert [len(stroke) for stroke in ink.strokes[1:]] == [1, 1]


def test_a_character_has_the_ink_that_was_drawn_while_the_window_lay_on_it() -> None:
    drawn = written("never so", joined=True)
    [(_, never), (_, so)] = parts_of(drawn, LEVEL)
    assert (len(never), len(so)) == (5, 2)
    for place, ink in enumerate(never):
        assert ink.box().left == pytest.approx(lefts("never so")[place] * X)
        assert len(ink.strokes) == 1


def test_dots_and_bars_that_were_set_late_go_to_the_word_they_lie_over() -> None:
    hand = Hand("it is")
    for place in (0, 1):
        hand.stroke(letter("n", place * 1.0), place)
    hand.stroke([(0.0, -1.6), (0.05, -1.55)], 3)  # the dot of the i and the bar of the t,
    hand.stroke([(0.8, -1.4), (1.6, -1.4)], 3)  # when the window lies on the next word already
    for place in (3, 4):
        hand.stroke(letter("n", place * 1.0), place)
    [(it, letters), (its, _)] = parts_of(hand.done(), LEVEL)
    assert len(it.strokes) == 4
    assert len(its.strokes) == 2
    assert it.box().top == pytest.approx(-1.6 * X)
    assert its.box().left == pytest.approx(3 * X, abs=0.1)
    assert [len(ink.strokes) for ink in letters] == [1, 1]


@pytest.mark.parametrize(("left", "counts"), [(0.8, [3, 1]), (1.9, [3, 1]), (2.6, [2, 2])])
def test_a_stroke_of_the_space_between_two_words_goes_to_the_nearer(
    left: float, counts: list[int]
) -> None:
    hand = Hand("at he")
    for place in (0, 1):
        hand.stroke(letter("n", place * 1.0), place)
    hand.stroke([(left, y) for y in np.linspace(-2.0, 0.0, 12).tolist()], 2)
    hand.stroke(letter("n", 3.0), 3)
    assert [len(ink.strokes) for ink in inks(hand.done())] == counts


def test_late_marks_of_a_word_do_not_draw_the_next_word_near() -> None:
    hand = Hand("that is")
    for place in range(4):
        hand.stroke(letter("n", place * 1.0), place)
    hand.stroke([(3.4, -1.2), (4.4, -1.2)], 4)  # the bar of the last t, on the space,
    hand.stroke([(0.0, -1.2), (0.8, -1.2)], 5)  # and that of the first
    hand.stroke(letter("n", 6.0), 5)
    assert [len(ink.strokes) for ink in inks(hand.done())] == [6, 1]


def test_a_word_that_was_begun_and_ended_on_the_space_before_it_has_its_ink() -> None:
    hand = Hand("so I")
    for place in (0, 1):
        hand.stroke(letter("n", place * 1.0), place)
    hand.stroke([(2.6, y) for y in np.linspace(-2.0, 0.0, 6).tolist()], 2)
    assert [len(ink.strokes) for ink in inks(hand.done())] == [2, 1]


def test_a_short_stroke_that_begins_a_word_stays_with_it() -> None:
    hand = Hand("so it")
    for place in (0, 1):
        hand.stroke(letter("n", place * 1.0), place)
    hand.stroke([(2.6, -1.5), (2.65, -1.4)], 3)  # a dot before its i
    for place in (3, 4):
        hand.stroke(letter("n", place - 0.4), place)
    assert [len(ink.strokes) for ink in inks(hand.done())] == [2, 3]


def test_a_word_keeps_at_least_one_stroke() -> None:
    hand = Hand("no i")
    for place in (0, 1):
        hand.stroke(letter("n", place * 1.0), place)
    hand.stroke([(0.5, -1.0), (0.5, 0.0)], 3)
    assert [len(ink.strokes) for ink in inks(hand.done())] == [2, 1]


def test_a_long_stroke_far_back_is_not_taken_for_a_dot() -> None:
    hand = Hand("no so")
    for place in (0, 1):
        hand.stroke(letter("n", place * 1.0), place)
    hand.stroke(letter("n", 0.5), 3)
    hand.stroke(letter("n", 3.0), 3)
    assert [len(ink.strokes) for ink in inks(hand.done())] == [2, 2]


@pytest.mark.parametrize("parts", [1, 2, 3, 5])
def test_a_stroke_that_runs_through_several_words_is_cut_between_them(parts: int) -> None:
    text = " ".join("abcde"[:parts])
    hand = Hand(text)
    hand.stroke([(0.1 * x, -0.5 * (x % 2)) for x in range(10 * parts)], *range(0, 2 * parts, 2))
    found = inks(hand.done())
    assert [len(ink.strokes) for ink in found] == [1] * parts
    lefts_ = [ink.box().left for ink in found]
    assert lefts_ == pytest.approx([1.0 * X * part for part in range(parts)])


@pytest.mark.parametrize(
    ("head", "tail", "strokes"), [(SPLIT, SPLIT, [1, 1]), (9, SPLIT - 1, [1, 0])]
)
def test_a_few_points_too_many_do_not_cut_a_stroke(
    head: int, tail: int, strokes: list[int]
) -> None:
    hand = Hand("a b")
    hand.stroke([(0.2 * x, 0.0) for x in range(head + tail)], 0)
    drawn = hand.done()
    drawn.places[head:] = 2
    assert [len(ink.strokes) for ink in inks(drawn)] == strokes


def test_a_stroke_that_begins_with_a_few_points_of_the_word_before_is_the_next_words() -> None:
    hand = Hand("a b c")
    hand.stroke([(0.2 * x, 0.0) for x in range(20)], 0)
    drawn = hand.done()
    drawn.places[2:] = 2
    drawn.places[10:] = 4
    assert [len(ink.strokes) for ink in inks(drawn)] == [0, 1, 1]


def test_a_word_that_was_left_out_has_no_ink_and_the_others_keep_theirs() -> None:
    found = parts_of(written("an ox is", without="ox"), LEVEL)
    assert [len(ink.strokes) for ink, _ in found] == [2, 0, 2]
    assert [len(characters) for _, characters in found] == [2, 2, 2]
    assert found[1][1] == (Ink(), Ink())


def test_a_line_without_a_point_has_no_ink_at_all() -> None:
    drawn = drawn_line(line_of("an ox"), np.empty((0, 3), np.float32), np.empty(0, int), True)
    assert inks(drawn, baseline_of(drawn)) == [Ink(), Ink()]


@given(st.integers(0, 2**32), st.integers(1, 120))
@settings(deadline=None, max_examples=50)
def test_no_point_of_a_scribble_is_lost(seed: int, points: int) -> None:
    rng = np.random.default_rng(seed)
    steps = rng.normal(0, 1, (points, 3))
    places = np.sort(rng.integers(0, 20, points)) + rng.integers(-1, 2, points)
    drawn = drawn_line(line_of(TEXT), steps, np.clip(places, 0, None), ended=True)
    found = inks(drawn)
    assert len(found) == 4
    strokes = sum(len(ink.strokes) for ink in found)
    assert strokes >= len(drawn.strokes())
    whole = Ink(tuple(stroke for ink in found for stroke in ink.strokes))
    ends = np.array([drawn.points[k] for a, b in drawn.strokes() for k in (a, b - 1)])
    assert farthest(whole, ends) < 1e-9
