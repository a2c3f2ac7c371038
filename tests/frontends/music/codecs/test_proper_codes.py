"""Nats only mean something for a proper code.

The steps must give the music back, and what is known at a step beforehand (its sides) must
follow from the steps before it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from seqgen.core.steps import Steps, check_steps
from seqgen.frontends.music.codecs import bins, events, voices
from seqgen.frontends.music.codecs.clock import FreeClock, MetricClock
from seqgen.frontends.music.midi.meter import MeterMap, TempoMap

Rows = NDArray[np.int64]
TEMPOS = TempoMap([(0, 500_000), (960, 350_000), (5000, 900_000)], 480)
METERS = MeterMap([(0, 4, 4), (1920, 3, 4), (4800, 6, 8)], 480)
TIMELINES = (
    events.Timeline(MetricClock(480, 37), METERS, TEMPOS),
    events.Timeline(FreeClock(TEMPOS), METERS, TEMPOS),
)


def leaks(one: Steps, other: Steps) -> list[int]:
    """The sides that differ between two sequences although no step before them does."""
    shared = min(len(one), len(other))
    same = np.all(one.fields[:shared] == other.fields[:shared], axis=1)
    alike = shared if same.all() else int(np.argmin(same))
    known = slice(0, min(alike + 1, shared))
    return np.flatnonzero(np.any(one.sides[known] != other.sides[known], axis=0)).tolist()


@st.composite
def rows_of_voices(draw: st.DrawFn) -> Rows:
    """Rows of few chords, many of them held, some for longer than a step can tell."""
    pitch = st.one_of(st.just(-1), st.integers(60, 62), st.integers(30, 84))
    chords = st.lists(st.tuples(*[pitch] * 4), min_size=1, max_size=3)
    palette = np.array(draw(chords), np.int64)
    picks = draw(st.lists(st.integers(0, len(palette) - 1), min_size=1, max_size=12))
    holds = draw(st.lists(st.integers(1, 40), min_size=len(picks), max_size=len(picks)))
    return np.repeat(palette[picks], holds, axis=0)


@st.composite
def sorted_events(draw: st.DrawFn) -> NDArray[np.void]:
    """Notes whose gaps, durations and velocities the codec tells exactly, in its order."""
    note = st.tuples(
        st.sampled_from([0, 0, 1, 3, 6, 12, 96, 136, 3072]),
        st.sampled_from(bins.VALUES[1:].tolist()),
        st.integers(58, 64),
        st.integers(0, 31).map(lambda loud: 4 * loud + 2),
        st.integers(0, 4),
    )
    notes = draw(st.lists(note, min_size=1, max_size=20))
    found = np.array(notes, events.EVENT)
    found["start"] = np.cumsum(found["start"])
    return np.sort(found, order=("start", "role", "pitch", "duration"))


@given(rows_of_voices())
def test_rows_of_voices_come_back(rows: Rows) -> None:
    steps = voices.encode(rows)
    check_steps(steps, voices.SPEC)
    np.testing.assert_array_equal(voices.decode(steps.fields), rows)


@given(rows_of_voices(), rows_of_voices(), st.integers(0, 100))
def test_other_music_after_a_cell_leaves_the_sides_before_it(
    rows: Rows, others: Rows, cut: int
) -> None:
    mixed = np.concatenate([rows[:cut], others])
    assert leaks(voices.encode(rows), voices.encode(mixed)) == []


@given(sorted_events(), st.sampled_from(TIMELINES))
def test_events_come_back(notes: NDArray[np.void], timeline: events.Timeline) -> None:
    steps = events.encode(notes, timeline)
    check_steps(steps, events.SPEC)
    np.testing.assert_array_equal(events.decode(steps.fields, int(notes["start"][0])), notes)


@given(sorted_events(), sorted_events(), st.integers(0, 20), st.sampled_from(TIMELINES))
def test_other_notes_after_a_note_leave_the_sides_before_it(
    notes: NDArray[np.void], others: NDArray[np.void], cut: int, timeline: events.Timeline
) -> None:
    start = notes["start"][cut - 1] if 0 < cut <= len(notes) else notes["start"][0]
    moved = others.copy()
    moved["start"] += start - others["start"][0] + 1
    mixed = np.concatenate([notes[: max(1, cut)], moved])
    mixed = np.sort(mixed, order=("start", "role", "pitch", "duration"))
    encode = partial(events.encode, timeline=timeline)
    assert leaks(encode(notes), encode(mixed)) == []


def peeking(encode: Callable[[Rows], Steps]) -> Callable[[Rows], Steps]:
    """Give every step a side of the step after it."""

    def encoded(rows: Rows) -> Steps:
        steps = encode(rows)
        sides = steps.sides.copy()
        sides[:-1, 0] = steps.fields[1:, 0]
        return Steps(steps.fields, sides)

    return encoded


def test_a_side_that_looks_ahead_is_found() -> None:
    rows = np.repeat(np.array([[60, 57, 53, 41], [62, 57, 53, 41], [64, 57, 53, 41]]), 4, axis=0)
    other = rows.copy()
    other[8:, 0] = 67
    assert leaks(voices.encode(rows), voices.encode(other)) == []
    assert leaks(peeking(voices.encode)(rows), peeking(voices.encode)(other)) == [0]
