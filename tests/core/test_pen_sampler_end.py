"""When a line ends, with an engine that draws what it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from seqgen.core.pen_engine import START, Float, Mixture
from seqgen.core.pen_sampler import BACK, LATE_STEPS, LATE_STROKES, Drawn, write
from seqgen.core.sampler import Settings
from seqgen.core.steps import PenSpec

DOWN, UP = 0, 1
Script = list[tuple[int, float, int]]
"""Place of the window, dx and lift, step by step; the last goes on and on."""
WORD: Script = [(0, 1.0, DOWN), (0, 1.0, DOWN), (1, 1.0, DOWN), (1, 1.0, UP), (1, 0.5, DOWN)]
"""Up to a stroke in the second of two letters."""


@dataclass
class State:
    lanes: NDArray[np.int64]
    time: int
    attention: Float | None

    def keep(self, lanes: NDArray[np.integer]) -> State:
        assert self.attention is not None
        return State(self.lanes[lanes], self.time, self.attention[lanes])


@dataclass
class Scripted:
    """Draws each lane's script and keeps what it was fed: (lane, dx of the step before)."""

    scripts: Sequence[Script]
    name: str = "scripted"
    spec: PenSpec = field(default_factory=PenSpec)
    fed: list[list[tuple[int, float]]] = field(default_factory=list)

    def start(self, texts: Sequence[NDArray[np.integer]], styles: Float) -> State:
        places = max(map(len, texts)) + 1
        lanes = np.flatnonzero([bool(script) for script in self.scripts])
        return State(lanes, 0, np.zeros((len(lanes), places), np.float32))

    def style(self, row: int) -> Float:
        return np.zeros(0, np.float32)

    def advance(self, state: State, previous: Float) -> Mixture:
        assert state.attention is not None
        assert len(previous) == len(state.lanes)
        self.fed.append(
            [(int(k), float(p[0])) for k, p in zip(state.lanes, previous, strict=True)]
        )
        rows = [self.scripts[k][min(state.time, len(self.scripts[k]) - 1)] for k in state.lanes]
        state.attention[:] = 0
        state.attention[np.arange(len(rows)), [place for place, _, _ in rows]] = 1
        state.time += 1
        ones = np.ones((len(rows), 1), np.float32)
        mu = np.array([[[dx, 0.0]] for _, dx, _ in rows], np.float32)
        lift = np.array([9.0 if up else -9.0 for _, _, up in rows], np.float32)
        return Mixture(ones, mu, np.ones_like(mu), 0 * ones, lift)


def steps_of(*scripts: Script, limits: Sequence[int] = ()) -> tuple[list[Drawn], Scripted]:
    """All lines write a text of two characters; one without a script writes none."""
    engine = Scripted(scripts)
    texts = [np.array([2, 3] if script else [], np.int16) for script in scripts]
    rngs = [np.random.default_rng(0) for _ in scripts]
    styles = np.zeros((len(scripts), 0), np.float32)
    most = limits or [1000] * len(scripts)
    return list(write(engine, texts, styles, Settings(temperature=0), rngs, most)), engine


def written(script: Script, limit: int = 1000) -> tuple[list[float], bool]:
    """The dx of all steps of a line, and whether it ended."""
    steps, _ = steps_of(script, limits=[limit])
    dx = [float(step.steps[0, 0]) for step in steps if len(step.lines)]
    return dx, any(0 in step.ended for step in steps)


def test_a_line_ends_at_the_lift_after_the_window_has_passed_its_text() -> None:
    script = [*WORD, (2, 0.25, DOWN), (2, 0.125, UP), (2, 3.0, DOWN)]
    assert written(script) == ([1.0, 1.0, 1.0, 1.0, 0.5, 0.25, 0.125], True)


def test_a_stroke_that_has_not_begun_when_the_window_passes_is_not_drawn() -> None:
    assert written([*WORD[:-1], (2, 3.0, DOWN)]) == ([1.0, 1.0, 1.0, 1.0], True)


def test_a_window_that_comes_back_from_behind_the_text_has_passed_it() -> None:
    script = [*WORD, (2, 0.25, DOWN), (1, 0.125, UP), (1, 3.0, DOWN)]
    assert written(script) == ([1.0, 1.0, 1.0, 1.0, 0.5, 0.25, 0.125], True)


@pytest.mark.parametrize("late", [1, 2, 3])
def test_dots_and_bars_further_back_are_still_drawn_but_not_for_ever(late: int) -> None:
    script = [*WORD, (2, 0.25, UP), *late * [(2, -4.0, DOWN), (2, 0.75, UP)], (2, 3.0, DOWN)]
    dots = min(late, LATE_STROKES) * [-4.0, 0.75]
    assert written(script) == ([1.0, 1.0, 1.0, 1.0, 0.5, 0.25, *dots], True)


def test_a_stroke_that_begins_hardly_further_back_is_not_a_late_one() -> None:
    near, far = -BACK * 0.9, -BACK * 1.1
    for dx, drawn in ((near, False), (far, True)):
        steps, ended = written([*WORD, (2, 0.25, UP), (2, dx, UP), (2, 3.0, DOWN)])
        assert (len(steps) == 7) == drawn
        assert ended


def test_a_pen_that_is_never_lifted_behind_the_text_is_taken_away() -> None:
    steps, ended = written([*WORD, (2, 0.25, DOWN)])
    assert len(WORD) < len(steps) <= len(WORD) + LATE_STEPS
    assert ended


def test_a_window_that_passes_the_text_at_once_leaves_a_line_without_a_step() -> None:
    assert written([(2, 1.0, DOWN)]) == ([], True)


@pytest.mark.parametrize("limit", [1, 4, 7])
def test_a_line_that_meets_its_limit_does_not_end(limit: int) -> None:
    steps, ended = written(WORD, limit)
    assert len(steps) == limit
    assert not ended


def test_lines_end_one_by_one_and_each_goes_on_from_its_own_step() -> None:
    short: Script = [(0, 2.0, UP), (2, 9.0, DOWN)]
    long: Script = [*WORD, (2, 0.25, UP), (2, 3.0, DOWN)]
    steps, engine = steps_of(long, short, [], WORD, limits=[99, 99, 99, 3])
    assert [step.lines.tolist() for step in steps] == [
        [0, 1, 3],
        [0, 3],
        [0, 3],
        [0],
        [0],
        [0],
        [],
    ]
    assert [sorted(step.ended) for step in steps] == [[], [1], [], [], [], [], [0]]
    assert engine.fed[:3] == [
        [(0, START[0]), (1, START[0]), (3, START[0])],
        [(0, 1.0), (1, 2.0), (3, 1.0)],
        [(0, 1.0), (3, 1.0)],
    ]
    assert engine.fed[5] == [(0, 0.5)]


def test_the_window_is_looked_for_on_the_characters_of_a_line_alone() -> None:
    """Beside a longer text: what lies on places far behind the shorter one does not count."""
    engine = Scripted([[(0, 1.0, DOWN), (3, 1.0, DOWN)], WORD])
    texts = [np.array([2], np.int16), np.array([2, 3, 4], np.int16)]
    rngs = [np.random.default_rng(0)] * 2
    styles = np.zeros((2, 0), np.float32)
    work = write(engine, texts, styles, Settings(temperature=0), rngs, [5, 5])
    assert [step.places.tolist() for step in work][:2] == [[0, 0], [0, 0]]
