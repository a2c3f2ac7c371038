from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqgen.frontends.music.midi.meter import MeterMap, TempoMap
from seqgen_gui.music.timeline import Meters, Tempos

METERS = st.lists(
    st.tuples(
        st.integers(1, 20_000), st.integers(1, 12), st.sampled_from([1, 2, 4, 8, 16, 32, 64])
    ),
    max_size=4,
)
TEMPOS = st.lists(st.tuples(st.integers(1, 20_000), st.integers(1000, 10**7)), max_size=4)


@given(METERS, st.sampled_from([24, 96, 480]), st.integers(0, 40_000))
def test_bars_are_those_of_the_worker(
    changes: list[tuple[int, int, int]], beat: int, tick: int
) -> None:
    theirs = MeterMap(changes, beat)
    ours = Meters(theirs.changes, beat)
    bar = ours.bar_at(tick)
    assert bar == theirs.bar_index(tick) + 1
    assert ours.line(bar) == theirs.bar_line(bar - 1)
    assert ours.line(bar) <= tick


@given(TEMPOS, st.integers(0, 40_000))
def test_seconds_are_those_of_the_worker(changes: list[tuple[int, int]], tick: int) -> None:
    theirs = TempoMap(changes, 480)
    ours = Tempos(theirs.changes, 480)
    assert ours.seconds(tick) == pytest.approx(theirs.seconds(tick))
    assert abs(ours.tick(ours.seconds(tick)) - tick) <= 1


def test_lines_and_beats_of_a_waltz_that_becomes_a_march() -> None:
    meters = Meters([(0, 3, 4), (2 * 288, 4, 4)], 96)
    assert list(meters.lines(0, 2 * 288 + 384)) == [(1, 0), (2, 288), (3, 576), (4, 960)]
    assert list(meters.beats(0, 288)) == [96, 192]
    assert list(meters.beats(576, 959)) == [672, 768, 864]


def test_every_fourth_line_is_counted_from_the_first_bar() -> None:
    meters = Meters([(0, 4, 4)], 96)
    assert [bar for bar, _ in meters.lines(400, 384 * 12, 4)] == [5, 9, 13]


def test_a_beat_is_an_eighth_where_the_meter_says_so() -> None:
    assert list(Meters([(0, 6, 8)], 96).beats(0, 287)) == [48, 96, 144, 192, 240]
