from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seqgen_gui.music.notes import MOST_LONG, notes_of

ROWS = st.lists(
    st.tuples(st.integers(0, 500), st.integers(1, 300)).map(
        lambda pair: (pair[0], pair[0] + pair[1], 60, 64, 0)
    ),
    max_size=200,
)


@given(ROWS, st.integers(0, 800), st.integers(0, 100))
def test_the_notes_in_sight_are_those_that_sound_there(
    rows: list[tuple[int, int, int, int, int]], first: int, width: int
) -> None:
    notes = notes_of(rows)
    wanted = [row for row in sorted(rows) if row[0] <= first + width and row[1] > first]
    assert sorted(notes.rows(notes.visible(first, first + width))) == wanted


def test_a_held_note_is_found_among_many_short_ones() -> None:
    rows = [(i, i + 1, 60, 64, 0) for i in range(4 * MOST_LONG)]
    notes = notes_of([*rows, (0, 10_000, 30, 64, 1)])
    assert notes.rows(notes.visible(9000, 9001)) == [(0, 10_000, 30, 64, 1)]


def test_notes_before_a_tick_end_there() -> None:
    notes = notes_of([(0, 100, 60, 64, 0), (50, 150, 62, 64, 0), (100, 120, 64, 64, 0)])
    assert notes.before(100).rows() == [(0, 100, 60, 64, 0), (50, 100, 62, 64, 0)]
    assert notes.since(100).rows() == [(100, 120, 64, 64, 0)]
