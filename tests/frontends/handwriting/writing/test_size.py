from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.frontends.handwriting.writing.drawn import DrawnLine, drawn_line
from seqgen.frontends.handwriting.writing.size import (
    FEW,
    TYPICAL_X_HEIGHT,
    baseline_of,
    slant_of,
    x_height_of,
)
from tests.frontends.handwriting.writing.made_up import Hand, X, letter, line_of, written

TEXT = "Five young people may jump, quietly."
PENS = {
    "x_height": st.floats(0.5, 5),
    "height": st.floats(-9, 9),
    "slope": st.floats(-0.15, 0.15),
    "slant": st.floats(-0.5, 0.5),
}


def empty(text: str = "abcde") -> DrawnLine:
    return drawn_line(line_of(text), np.empty((0, 3), np.float32), np.empty(0, int), True)


@given(**PENS)
@settings(deadline=None, max_examples=40)
def test_baseline_x_height_and_slant_are_those_that_were_written(
    x_height: float, height: float, slope: float, slant: float
) -> None:
    drawn = written(TEXT, x_height=x_height, height=height, slope=slope, slant=slant)
    found = baseline_of(drawn)
    # a letter's foot lies beside its middle by up to 0.3 x-heights and its slant
    reach = abs(slope) * (0.3 + abs(slant)) * x_height
    assert found.slope == pytest.approx(slope, abs=0.01 + 0.03 * abs(slope))
    middle = np.median(drawn.points[:, 0], keepdims=True)
    wanted = height + slope * float(middle[0])
    assert float(found.at(middle)[0]) == pytest.approx(wanted, abs=0.05 * x_height + 2 * reach)
    assert x_height_of([drawn]) == pytest.approx(x_height, rel=0.05 + 1.2 * abs(slope))
    down = slant / (1 - slope * slant)  # a fall of the line makes its downstrokes longer
    assert slant_of([drawn]) == pytest.approx(down, abs=0.05)


def test_on_a_level_line_they_are_found_to_the_point() -> None:
    drawn = written(TEXT, height=3.0, slant=0.3)
    assert baseline_of(drawn).height == pytest.approx(3.0)
    assert baseline_of(drawn).slope == pytest.approx(0.0, abs=1e-12)
    assert x_height_of([drawn]) == pytest.approx(X)
    assert slant_of([drawn]) == pytest.approx(0.3, abs=0.01)


def test_a_letter_out_of_place_does_not_matter() -> None:
    drawn = written(TEXT, slope=0.1)
    points = drawn.points.copy()
    points[drawn.places == 8] += (0.0, 9.0)
    astray = dataclasses.replace(drawn, points=points)
    assert baseline_of(astray).slope == pytest.approx(baseline_of(drawn).slope, abs=0.02)
    assert x_height_of([astray]) == pytest.approx(x_height_of([drawn]), rel=0.1)


def test_descenders_do_not_pull_the_baseline_down() -> None:
    assert baseline_of(written("gap jog yap pop")).height == pytest.approx(0.0)


def test_where_all_letters_hang_the_baseline_lies_an_x_height_under_their_tops() -> None:
    assert baseline_of(written("gyp")).height == pytest.approx(TYPICAL_X_HEIGHT - X)
    assert baseline_of(written("gyp"), x_height=X).height == pytest.approx(0.0)


def test_where_no_letter_says_anything_the_baseline_lies_under_all_ink() -> None:
    assert baseline_of(written("jj", height=1.0)).height == pytest.approx(1.0 + X)


def test_a_few_letters_have_no_slope() -> None:
    assert baseline_of(written("abc", slope=0.2)).slope == 0.0
    assert baseline_of(written("abcd", slope=0.2)).slope == pytest.approx(0.2, abs=0.02)


def test_letters_above_each_other_have_no_slope() -> None:
    hand = Hand("abcde")
    for place in range(5):
        hand.stroke([(x, y + 3.0 * place) for x, y in letter("a", 0.0)], place)
    assert baseline_of(hand.done()).slope == 0.0


def test_a_line_that_falls_steeply_is_not_levelled_as_a_whole() -> None:
    assert baseline_of(written(TEXT, slope=2.0)).slope == 0.3
    assert baseline_of(written(TEXT, slope=-2.0)).slope == -0.3


def test_points_of_a_blank_are_of_no_letter() -> None:
    hand = Hand("a b")
    hand.stroke(letter("a", 0.0), 0)
    hand.stroke([(1.0, 5.0), (1.2, 6.0)], 1)
    hand.stroke(letter("b", 1.6), 2)
    assert baseline_of(hand.done()).height == 0.0


def test_a_letter_of_one_point_says_nothing_of_size() -> None:
    hand = Hand("ab")
    hand.stroke(letter("a", 0.0), 0)
    hand.stroke([(1.0, 7.0)], 1)
    assert baseline_of(hand.done()).height == 0.0


def test_the_x_height_is_that_of_all_lines_of_a_hand() -> None:
    lines = [written("on", x_height=2.0), written("in", x_height=2.0), written("an", x_height=2.0)]
    assert x_height_of(lines[:1]) == TYPICAL_X_HEIGHT
    assert x_height_of(lines) == pytest.approx(2.0)


@pytest.mark.parametrize("text", ["bdk", "gyp", "lit", "on"])
def test_with_few_letters_of_that_height_the_x_height_is_what_is_typical(text: str) -> None:
    assert sum(character in "acemnorsuvwxz" for character in text) < FEW
    assert x_height_of([written(text, x_height=9.0)]) == TYPICAL_X_HEIGHT


def test_without_lines_or_without_ink_there_is_a_size_too() -> None:
    for lines in ([], [empty()]):
        assert x_height_of(lines) == TYPICAL_X_HEIGHT
        assert slant_of(lines) == 0.0
    assert baseline_of(empty()).height == 0.0


def test_a_pen_in_the_air_has_no_slant() -> None:
    hand = Hand("ab")
    hand.stroke([(0.0, 0.0), (1.0, 0.0)], 0)
    hand.stroke([(0.0, 5.0), (1.0, 5.0)], 1)
    assert slant_of([hand.done()]) == 0.0


@pytest.mark.parametrize(("lean", "slant"), [(0.8, 0.8), (-0.8, -0.8)])
def test_a_slant_to_the_right_is_positive(lean: float, slant: float) -> None:
    hand = Hand("ll", slant=lean)
    hand.stroke([(0.0, -2.0), (0.0, 0.0)], 0)
    hand.stroke([(1.0, -2.0), (1.0, 0.0)], 1)
    drawn = hand.done()
    assert (drawn.points[0, 0] > drawn.points[1, 0]) == (lean > 0)
    assert slant_of([drawn]) == pytest.approx(slant)
    assert math.degrees(math.atan(slant_of([drawn]))) == pytest.approx(
        math.copysign(38.66, lean), abs=0.01
    )
