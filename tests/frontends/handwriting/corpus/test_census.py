from __future__ import annotations

import numpy as np

from seqgen.frontends.handwriting.corpus.census import census
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.ink.ink import Ink


def line(hand: str, text: str, *strokes: list[tuple[float, float]]) -> Line:
    return Line("x", hand, text, Ink(tuple(np.array(stroke, float) for stroke in strokes)))


def test_lines_hands_strokes_points_and_characters_are_counted() -> None:
    found = census([line("a", "aba", [(0, 0), (1, 0)], [(5, 5)]), line("a", "b ", [(0, 0)])])
    assert (found.lines, found.hands, found.strokes, found.points) == (2, 1, 3, 4)
    assert found.characters == {"a": 2, "b": 2, " ": 1}
    assert (found.longest_points, found.longest_text) == (3, 3)


def test_only_steps_inside_strokes_are_spikes() -> None:
    far = line("a", "x", [(0, 0)], [(900, 0), (900, 300)])
    assert (census([far]).spikes, census([far]).spike_lines) == (0, 0)
    spike = line("a", "x", [(0, 0), (0, 301), (0, 0)], [(900, 0)])
    assert (census([spike, far]).spikes, census([spike, far]).spike_lines) == (2, 1)


def test_only_points_inside_strokes_repeat_the_one_before() -> None:
    assert census([line("a", "x", [(1, 1), (1, 1), (1, 1)], [(1, 1), (2, 1)])]).repeats == 2


def test_no_lines_are_counted_as_none() -> None:
    assert census([]).characters == {}
    assert census([]).longest_points == 0
