from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from seqgen.core.steps import check_steps
from seqgen.frontends.music.codecs import bins, events
from seqgen.frontends.music.codecs.clock import (
    UNITS_PER_BEAT,
    FreeClock,
    MetricClock,
    choose_clock,
)
from seqgen.frontends.music.midi.meter import MeterMap, TempoMap
from tests.frontends.music.songs import SONGS, score_of

BEAT = UNITS_PER_BEAT
NOTES = st.lists(
    st.tuples(
        st.integers(0, 4000),
        st.integers(1, bins.LONGEST),
        st.integers(0, 127),
        st.integers(1, 127),
        st.integers(0, 4),
    ),
    max_size=30,
)


def timeline(*meters: tuple[int, int, int]) -> events.Timeline:
    return events.Timeline(MetricClock(BEAT), MeterMap(meters, BEAT), TempoMap([], BEAT))


def sorted_events(rows: list[tuple[int, int, int, int, int]]) -> NDArray[np.void]:
    found = np.array(rows, events.EVENT)
    return np.sort(found, order=("start", "role", "pitch", "duration"))


@given(NOTES)
def test_notes_come_back_within_the_stated_resolution(
    rows: list[tuple[int, int, int, int, int]],
) -> None:
    notes = sorted_events(rows)
    steps = events.encode(notes, timeline())
    check_steps(steps, events.SPEC)
    again = events.decode(steps.fields, int(notes["start"][0]) if len(notes) else 0)
    for name in ("pitch", "role"):
        np.testing.assert_array_equal(again[name], notes[name])
    assert (np.abs(again["velocity"].astype(int) - notes["velocity"]) <= 3).all()
    error = np.abs(again["duration"] - notes["duration"])
    assert (error <= np.where(notes["duration"] <= 96, 0, 0.5 + 0.022 * notes["duration"])).all()
    gap = np.diff(notes["start"], prepend=notes["start"][:1])
    longest = np.maximum.accumulate(gap) if len(gap) else gap
    early = notes["start"] - again["start"]
    kept = longest <= 0.9 * bins.LONGEST
    assert (early >= 0).all()
    assert (early <= 0.046 * longest)[kept].all()
    assert (early == 0)[longest <= bins.EXACT].all()
    assert (np.diff(again["start"])[np.diff(notes["start"]) == 0] == 0).all()


def test_what_rounding_takes_from_a_long_gap_is_made_good_by_the_next() -> None:
    gaps = np.array([10, 203, 0, 0, 12, 5, 0])
    shifts = bins.VALUES[events.shift_classes(gaps)]
    assert shifts.tolist() == [10, 201, 0, 0, 14, 5, 0]


@given(NOTES, st.integers(0, 29))
def test_the_sides_of_a_step_depend_on_the_past_alone(
    rows: list[tuple[int, int, int, int, int]], length: int
) -> None:
    notes = sorted_events(rows)
    whole = events.encode(notes, timeline())
    part = events.encode(notes[:length], timeline())
    np.testing.assert_array_equal(whole.sides[:length], part.sides)


def test_the_position_counts_twelfths_from_the_bar_line() -> None:
    units = np.array([0, 1, 47, 48, 96 + 5])
    assert timeline().sides(units)[:, 0].tolist() == [0, 1, 47, 0, 5]
    waltz = timeline((0, 3, 4)).sides(units)
    assert waltz[:, 0].tolist() == [0, 1, 11, 12, 29]
    assert waltz[:, 1].tolist() == [6] * 5


def test_bars_of_one_and_two_beats_are_joined_to_four() -> None:
    found = timeline((0, 2, 4)).sides(np.arange(0, 96, 12))
    assert found[:, 0].tolist() == [0, 12, 24, 36, 0, 12, 24, 36]
    assert set(found[:, 1]) == {8}


def test_free_time_knows_no_bar() -> None:
    line = events.Timeline(FreeClock(TempoMap([], BEAT)), MeterMap([], BEAT), TempoMap([], BEAT))
    assert line.sides(np.arange(3))[:, :2].tolist() == [[events.POSITIONS, 0]] * 3


@pytest.mark.parametrize("name", SONGS)
@pytest.mark.parametrize("time", ["metric", "free"])
def test_songs_become_steps_in_range(name: str, time: str) -> None:
    score = score_of(SONGS[name]())
    clock = choose_clock(score, time)
    steps = events.encode(events.events_of(score, clock), events.timeline_of(score, clock))
    assert len(steps) == len(score.notes)
    check_steps(steps, events.SPEC)


def test_tracks_without_a_role_are_left_out() -> None:
    score = score_of(SONGS["loop"]())
    clock = choose_clock(score)
    roles = ["melody" if track.name == "Lead" else None for track in score.tracks]
    assert set(events.events_of(score, clock, roles)["role"]) == {0}
    assert len(events.events_of(score, clock, [None] * len(roles))) == 0
