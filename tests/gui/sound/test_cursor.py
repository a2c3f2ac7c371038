from __future__ import annotations

import math

import pytest

from seqgen_gui.sound.cursor import Cursor
from seqgen_gui.sound.score import Instrument, Note, Playing, Score

Told = tuple[float, int, int, int]


def score(*notes: Note) -> Score:
    return Score(tuple(sorted(notes)), (Instrument(), Instrument()))


def told(cursor: Cursor, seconds: float = 100.0) -> list[Told]:
    """What happens in so many seconds of the clock, each with its second."""
    now, found = 0.0, []
    while True:
        found += [(round(now, 6), *stroke) for stroke in cursor.due()]
        if now + cursor.wait > seconds:
            return found
        now += cursor.wait
        cursor.advance(cursor.wait)


def test_notes_begin_and_end_in_time() -> None:
    cursor = Cursor(score((0.5, 1.0, 60, 90, 0), (1.0, 2.0, 62, 80, 1)), Playing())
    assert cursor.wait == 0.5
    assert told(cursor) == [(0.5, 0, 60, 90), (1.0, 0, 60, 0), (1.0, 1, 62, 80), (2.0, 1, 62, 0)]
    assert cursor.wait == math.inf


def test_a_faster_tempo_takes_less_of_the_clock() -> None:
    cursor = Cursor(score((1.0, 2.0, 60, 90, 0)), Playing(tempo=2.0))
    assert told(cursor) == [(0.5, 0, 60, 90), (1.0, 0, 60, 0)]


def test_notes_before_the_place_where_it_begins_are_left_out() -> None:
    cursor = Cursor(score((0.0, 2.0, 60, 90, 0), (1.5, 2.0, 62, 90, 0)), Playing(), 1.0)
    assert told(cursor) == [(0.5, 0, 62, 90), (1.0, 0, 62, 0)]


def test_muted_tracks_are_left_out() -> None:
    muted = Playing(muted=frozenset({0}))
    cursor = Cursor(score((0.0, 1.0, 60, 90, 0), (0.0, 1.0, 62, 90, 1)), muted)
    assert {track for _, track, _, _ in told(cursor)} == {1}


def test_a_key_struck_again_is_let_go_first_and_once() -> None:
    cursor = Cursor(score((0.0, 3.0, 60, 90, 0), (1.0, 2.0, 60, 70, 0)), Playing())
    assert told(cursor) == [(0.0, 0, 60, 90), (1.0, 0, 60, 0), (1.0, 0, 60, 70), (2.0, 0, 60, 0)]


def test_a_note_of_no_length_ends_after_it_began() -> None:
    (begin, end) = told(Cursor(score((1.0, 1.0, 60, 90, 0)), Playing()))
    assert (begin[3], end[3]) == (90, 0)
    assert begin[0] < end[0]


def test_at_the_end_of_a_loop_all_is_let_go_and_it_comes_round() -> None:
    notes = score((0.0, 5.0, 60, 90, 0), (0.5, 9.0, 62, 80, 0))
    cursor = Cursor(notes, Playing(loop=(0.0, 1.0)))
    assert told(cursor, 1.6) == [
        (0.0, 0, 60, 90),
        (0.5, 0, 62, 80),
        (1.0, 0, 60, 0),
        (1.0, 0, 62, 0),
        (1.0, 0, 60, 90),
        (1.5, 0, 62, 80),
    ]
    assert 0.0 <= cursor.position < 1.0


def test_behind_a_loop_it_plays_on_to_the_end() -> None:
    cursor = Cursor(score((3.0, 4.0, 60, 90, 0)), Playing(loop=(0.0, 1.0)), 2.0)
    assert [when for when, *_ in told(cursor)] == [1.0, 2.0]


def test_a_loop_of_no_length_is_none() -> None:
    cursor = Cursor(score((0.0, 1.0, 60, 90, 0)), Playing(loop=(0.0, 0.0)))
    assert len(told(cursor)) == 2


@pytest.mark.parametrize("late", [0.0, 0.3, 2.4])
def test_whatever_begins_ends_however_late_it_is_looked(late: float) -> None:
    notes = [(i * 0.1, i * 0.1 + 0.35, 60 + i % 3, 90, i % 2) for i in range(40)]
    cursor = Cursor(score(*notes), Playing(loop=(0.5, 1.7)))
    sounding: set[tuple[int, int]] = set()
    for _ in range(60):
        for track, pitch, velocity in cursor.due():
            if velocity:
                assert (track, pitch) not in sounding
                sounding.add((track, pitch))
            else:
                sounding.remove((track, pitch))
        cursor.advance(cursor.wait + late)
    sounding -= {(track, pitch) for track, pitch, _ in cursor.silence()}
    assert sounding == set()


def test_another_score_goes_on_where_it_was_and_what_sounds_ends_in_its_time() -> None:
    first = (0.0, 2.0, 60, 90, 0)
    cursor = Cursor(score(first, (1.5, 3.0, 62, 90, 0)), Playing())
    cursor.due()
    cursor.advance(1.0)
    cursor.load(score(first, (0.5, 3.0, 61, 90, 0), (1.6, 1.8, 64, 90, 1)))
    assert told(cursor) == [(0.6, 1, 64, 90), (0.8, 1, 64, 0), (1.0, 0, 60, 0)]


def test_a_note_that_was_begun_is_not_begun_again_by_another_score() -> None:
    notes = score((0.0, 2.0, 60, 90, 0))
    cursor = Cursor(notes, Playing())
    assert len(cursor.due()) == 1
    cursor.load(notes)
    assert cursor.due() == []


def test_what_is_muted_on_the_way_ends_there_and_then() -> None:
    cursor = Cursor(score((0.0, 2.0, 60, 90, 0), (0.0, 2.0, 62, 90, 1)), Playing())
    cursor.due()
    assert cursor.change(Playing(muted=frozenset({1}))) == [(1, 62, 0)]
    assert told(cursor) == [(2.0, 0, 60, 0)]


def test_a_loop_and_a_tempo_on_the_way_count_from_there() -> None:
    cursor = Cursor(score((0.0, 9.0, 60, 90, 0)), Playing())
    cursor.due()
    cursor.advance(1.0)
    assert cursor.change(Playing(tempo=2.0, loop=(0.0, 2.0))) == []
    assert cursor.wait == 0.5
    cursor.advance(0.5)
    assert cursor.due() == [(0, 60, 0), (0, 60, 90)]
