from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from seqgen.frontends.music.codecs.clock import FreeClock, MetricClock, choose_clock
from seqgen.frontends.music.midi.meter import TempoMap
from tests.frontends.music.songs import BEAT, score_of, song

RNG = np.random.default_rng(5)
SIXTEENTHS = np.sort(RNG.choice(400, 200, replace=False)) / 4
TRIPLETS = np.sort(RNG.choice(300, 200, replace=False)) / 3
SWING = np.arange(200) // 2 + np.where(np.arange(200) % 2, 2 / 3, 0)
RUBATO = np.cumsum(RNG.gamma(4, 0.1, 300))


def clock_of(beats: NDArray[np.float64], time: str = "auto") -> MetricClock | FreeClock:
    line = [(float(beat), 0.2, 60) for beat in beats]
    return choose_clock(score_of(song({"a": (0, 0, 80, line)})), time)


@pytest.mark.parametrize(
    "beats",
    [
        SIXTEENTHS,
        TRIPLETS,
        SWING,
        SIXTEENTHS + RNG.normal(0, 0.02, 200).clip(0),
        np.array([1.0]),
        np.array([0.0, 0.5, 4.0]),
    ],
    ids=["sixteenths", "triplets", "swing", "humanised", "one note", "three notes"],
)
def test_music_on_a_grid_has_metric_time(beats: NDArray[np.float64]) -> None:
    clock = clock_of(beats)
    assert isinstance(clock, MetricClock)
    assert abs(clock.phase) <= BEAT / 32


@pytest.mark.parametrize("shift", [-0.1, -0.05, 0.05, 0.1])
def test_a_grid_shifted_as_a_whole_is_found_with_its_shift(shift: float) -> None:
    clock = clock_of(SIXTEENTHS + 1 + shift)
    assert isinstance(clock, MetricClock)
    assert clock.phase == pytest.approx(shift * BEAT, abs=1)


def test_a_recording_without_a_grid_has_free_time() -> None:
    assert isinstance(clock_of(RUBATO), FreeClock)


def test_time_can_be_told() -> None:
    assert isinstance(clock_of(RUBATO, "metric"), MetricClock)
    assert isinstance(clock_of(SIXTEENTHS, "free"), FreeClock)


@given(
    st.integers(1, 2000),
    st.integers(-50, 50),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=20),
)
def test_units_go_to_ticks_and_back(ticks_per_beat: int, phase: int, units: list[int]) -> None:
    clock = MetricClock(ticks_per_beat, phase)
    error = np.abs(clock.units(clock.ticks(np.array(units))) - units)
    assert error.max() <= 6 / ticks_per_beat + 1e-6  # half a tick


@given(st.lists(st.integers(0, 10**5), min_size=1, max_size=20))
def test_free_time_goes_through_tempo_changes(units: list[int]) -> None:
    clock = FreeClock(TempoMap([(0, 400_000), (960, 700_000), (5000, 300_000)], BEAT))
    assert np.abs(clock.units(clock.ticks(np.array(units))) - units).max() <= 0.08  # half a tick
