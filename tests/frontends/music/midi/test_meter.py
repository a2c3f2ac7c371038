from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqgen.frontends.music.midi.meter import MeterMap, TempoMap

METERS = st.lists(
    st.tuples(st.integers(0, 20_000), st.integers(1, 32), st.sampled_from([1, 2, 4, 8, 64, 128])),
    max_size=6,
)


def test_without_tempo_a_beat_lasts_half_a_second() -> None:
    tempos = TempoMap([], 480)
    assert tempos.changes == ((0, 500_000),)
    assert tempos.seconds(960) == 1.0
    assert tempos.bpm_at(10**9) == 120.0


def test_the_default_tempo_is_in_force_until_the_first_change() -> None:
    tempos = TempoMap([(480, 1_000_000)], 480)
    assert tempos.seconds(960) == 1.5
    assert (tempos.tempo_at(479), tempos.tempo_at(480)) == (500_000, 1_000_000)


def test_of_two_tempos_at_one_tick_the_last_counts() -> None:
    assert TempoMap([(0, 1), (0, 250_000)], 480).seconds(480) == 0.25


def test_tempo_changes_are_sorted() -> None:
    tempos = TempoMap([(960, 250_000), (480, 1_000_000)], 480)
    assert tempos.changes == ((0, 500_000), (480, 1_000_000), (960, 250_000))


def test_an_array_of_ticks_gives_an_array_of_seconds() -> None:
    tempos = TempoMap([(480, 1_000_000)], 480)
    ticks = np.array([0, 240, 480, 720, 960])
    np.testing.assert_allclose(tempos.seconds(ticks), [0, 0.25, 0.5, 1.0, 1.5])
    np.testing.assert_array_equal(tempos.ticks(tempos.seconds(ticks)), ticks)


@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(1_000, 10_000_000)), max_size=9),
    st.integers(0, 20_000),
)
def test_seconds_lead_back_to_the_tick(changes: list[tuple[int, int]], tick: int) -> None:
    tempos = TempoMap(changes, 96)
    assert tempos.ticks(tempos.seconds(tick)) == tick


def test_ticks_far_beyond_any_music_do_not_overflow() -> None:
    assert TempoMap([(0, 0xFFFFFF)], 1).seconds(1 << 50) == pytest.approx(1.8889e16, rel=1e-4)


def test_without_meter_bars_are_four_quarters() -> None:
    meters = MeterMap([], 480)
    assert meters.changes == ((0, 4, 4),)
    assert (meters.bar_start(2000), meters.bar_index(2000)) == (1920, 1)
    assert meters.bar_ticks(0) == 1920
    assert meters.next_bar_line(1920) == 1920
    assert meters.next_bar_line(1921) == 3840


def test_a_meter_in_mid_bar_begins_a_new_bar() -> None:
    meters = MeterMap([(0, 4, 4), (1000, 3, 4)], 480)
    assert meters.next_bar_line(1) == 1000
    assert (meters.bar_start(999), meters.bar_start(1000)) == (0, 1000)
    assert (meters.bar_index(999), meters.bar_index(1000), meters.bar_index(2440)) == (0, 1, 2)
    assert (meters.meter_at(999), meters.meter_at(1000)) == ((4, 4), (3, 4))


def test_a_meter_said_again_in_mid_bar_begins_no_bar() -> None:
    assert MeterMap([(1000, 4, 4)], 480).changes == ((0, 4, 4),)


def test_a_bar_between_two_ticks_begins_at_the_next() -> None:
    meters = MeterMap([(0, 3, 16)], 2)  # 1.5 ticks a bar
    assert [meters.bar_start(tick) for tick in range(5)] == [0, 0, 2, 3, 3]
    assert [meters.next_bar_line(tick) for tick in range(5)] == [0, 2, 2, 3, 5]


def test_an_array_of_ticks_gives_arrays_of_bars() -> None:
    meters = MeterMap([(0, 3, 4), (2880, 4, 4)], 480)
    ticks = np.array([0, 1439, 1440, 2880, 4800])
    np.testing.assert_array_equal(meters.bar_index(ticks), [0, 0, 1, 2, 3])
    np.testing.assert_array_equal(meters.bar_start(ticks), [0, 0, 1440, 2880, 4800])
    np.testing.assert_array_equal(meters.bar_ticks(ticks), [1440, 1440, 1440, 1920, 1920])
    assert isinstance(meters.bar_index(5), int)


@given(METERS, st.integers(0, 50_000), st.integers(1, 480))
def test_bars_follow_each_other(changes: list[tuple[int, int, int]], tick: int, beat: int) -> None:
    meters = MeterMap(changes, beat)
    start, line = meters.bar_start(tick), meters.next_bar_line(tick)
    assert start <= tick <= line
    assert meters.bar_start(line) == line
    assert meters.next_bar_line(start) == start
    assert meters.bar_line(meters.bar_index(tick)) == start
    if start < tick:
        assert meters.bar_index(line) > meters.bar_index(tick)
        assert meters.bar_start(line - 1) == start
