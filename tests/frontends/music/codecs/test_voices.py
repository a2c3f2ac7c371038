from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from seqgen.core.steps import check_steps
from seqgen.frontends.music.codecs import voices

CHORDS = st.lists(
    st.tuples(
        st.tuples(
            *(st.one_of(st.just(-1), st.integers(low, high)) for low, high in voices.RANGES)
        ),
        st.integers(1, 40),
    ),
    max_size=12,
)


def rows_of(chords: list[tuple[tuple[int, ...], int]]) -> NDArray[np.int16]:
    rows = [chord for chord, length in chords for _ in range(length)]
    return np.array(rows, np.int16).reshape(-1, 4)


@given(CHORDS)
def test_voices_come_back_exactly(chords: list[tuple[tuple[int, ...], int]]) -> None:
    rows = rows_of(chords)
    steps = voices.encode(rows)
    check_steps(steps, voices.SPEC)
    np.testing.assert_array_equal(voices.decode(steps.fields), rows)


@given(CHORDS, st.integers(0, 200))
@settings(deadline=None)
def test_the_sides_of_a_step_depend_on_the_past_alone(
    chords: list[tuple[tuple[int, ...], int]], length: int
) -> None:
    rows = rows_of(chords)
    whole, part = voices.encode(rows), voices.encode(rows[:length])
    np.testing.assert_array_equal(whole.sides[: len(part)], part.sides)


@given(CHORDS, st.integers(-11, 11))
@settings(deadline=None)
def test_the_memory_of_the_guide_is_that_of_the_encoder(
    chords: list[tuple[tuple[int, ...], int]], start: int
) -> None:
    steps = voices.encode(rows_of(chords), start % voices.BAR)
    memory = voices.Memory(start % voices.BAR)
    for fields, sides in zip(steps.fields, steps.sides, strict=True):
        np.testing.assert_array_equal(memory.sides(), sides)
        memory.push(fields)


def test_pitches_out_of_reach_are_moved_by_octaves() -> None:
    rows = np.array([[100, 5, -1, 60]], np.int16)
    found = voices.pitches_of(voices.classes_of(rows))[0]
    assert found.tolist() == [76, 41, -1, 60]


def test_transpositions_keep_every_voice_in_its_range() -> None:
    rows = np.array([[72, 64, 55, 48]], np.int16)
    shifts = voices.transpositions(rows)
    assert shifts == list(range(-7, 10))
    assert voices.transpositions(np.array([[90, 60, 50, 40]], np.int16)) == [0]


def test_a_tune_heard_again_is_echoed() -> None:
    tune = np.array([[60 + step, 55, 52, 48] for step in (0, 2, 4, 5)], np.int16)
    steps = voices.encode(np.concatenate([tune, tune]))
    names = [side.name for side in voices.SPEC.sides]
    echoed = steps.sides[5:, names.index("chord echo soprano")]
    np.testing.assert_array_equal(echoed, steps.fields[5:, 0])
    assert steps.sides[5:, names.index("chord match")].tolist() == [1, 2, 3]
