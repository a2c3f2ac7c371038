from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from seqgen.frontends.handwriting.writing.drawn import DrawnLine, drawn_line
from seqgen.frontends.handwriting.writing.faults import (
    LINGERS,
    PACE,
    faults_of,
    limit,
)
from tests.frontends.handwriting.writing.made_up import line_of, written

LONG = int(LINGERS * PACE)


def resting(text: str, *rests: int, ended: bool = True) -> DrawnLine:
    """A line on whose characters the window rests for so many points."""
    places = np.repeat(np.arange(len(rests)), rests)
    return drawn_line(line_of(text), np.ones((len(places), 3), np.float32), places, ended)


def test_a_line_as_people_write_it_has_no_fault() -> None:
    assert faults_of(written("The quick brown fox, he jumps.")) == []


def test_a_line_that_met_its_limit_ran_away() -> None:
    assert faults_of(dataclasses.replace(written("fox"), ended=False)) == ["runaway"]


def test_a_letter_on_which_the_window_hardly_rested_is_skipped() -> None:
    assert faults_of(resting("fox", 9, 2, 9)) == []
    assert faults_of(resting("fox", 9, 1, 9)) == ["skipped"]
    assert faults_of(resting("fox", 9, 0, 9)) == ["skipped"]
    assert faults_of(resting("fox", 9, 9)) == ["skipped"]


def test_a_narrow_letter_may_be_passed_in_a_point_but_not_in_none() -> None:
    assert faults_of(resting("ill", 1, 1, 1)) == []
    assert faults_of(resting("ill", 1, 0, 1)) == ["skipped"]


def test_blanks_and_punctuation_need_no_rest() -> None:
    assert faults_of(resting("a b.", 9, 0, 9, 0)) == []


def test_a_character_on_which_the_window_rests_too_long_stutters() -> None:
    assert faults_of(resting("a b", 9, LONG, 9)) == []
    assert faults_of(resting("a b", 9, LONG + 1, 9)) == ["stutter"]


def test_a_line_can_have_every_fault_at_once() -> None:
    faults = faults_of(resting("abc", LONG + 1, 0, 9, ended=False))
    assert faults == ["runaway", "skipped", "stutter"]


def test_a_line_without_a_point_is_skipped() -> None:
    assert faults_of(resting("ab")) == ["skipped"]


@pytest.mark.parametrize("characters", [1, 2, 30, 60])
def test_the_limit_leaves_room_for_slow_writing(characters: int) -> None:
    assert limit(characters) > 2 * PACE * characters
    assert limit(characters + 1) > limit(characters)


def test_a_model_that_sees_more_points_has_more_time() -> None:
    lingering = resting("a b", 9, LONG + 1, 9)
    assert faults_of(lingering, pace=2 * PACE) == []
    assert limit(10, 2 * PACE) == 2 * limit(10)
    assert faults_of(resting("fox", 9, 3, 9), pace=2 * PACE) == ["skipped"]
