from __future__ import annotations

import numpy as np

from seqgen.frontends.handwriting.writing.drawn import drawn_line
from tests.frontends.handwriting.writing.made_up import line_of

STEPS = np.array([[5, 7, 0], [1, 0, 0], [0, 2, 1], [3, -1, 1], [1, 1, 0]], np.float32)


def test_offsets_add_up_from_where_the_pen_was_set_down() -> None:
    drawn = drawn_line(line_of("ab"), STEPS, np.array([0, 0, 1, 1, 2]), ended=True)
    assert drawn.points.tolist() == [[0, 0], [1, 0], [1, 2], [4, 1], [5, 2]]
    assert drawn.points.dtype == np.float64
    assert drawn.lifts.tolist() == [False, False, True, True, False]
    assert drawn.ended


def test_a_place_behind_the_text_is_its_last_character() -> None:
    drawn = drawn_line(line_of("ab"), STEPS, np.array([0, 0, 1, 2, 2]), ended=False)
    assert drawn.places.tolist() == [0, 0, 1, 1, 1]
    assert not drawn.ended


def test_a_lift_ends_a_stroke_and_so_does_the_line() -> None:
    places = np.zeros(5, int)
    assert drawn_line(line_of("a"), STEPS, places, True).strokes() == [(0, 3), (3, 4), (4, 5)]
    up = STEPS.copy()
    up[-1, 2] = 1
    assert drawn_line(line_of("a"), up, places, True).strokes() == [(0, 3), (3, 4), (4, 5)]


def test_no_steps_are_no_strokes() -> None:
    drawn = drawn_line(line_of("a"), np.empty((0, 3), np.float32), np.empty(0, int), True)
    assert drawn.strokes() == []
    assert drawn.points.shape == (0, 2)
