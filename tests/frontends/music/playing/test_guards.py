from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from seqgen.frontends.music.playing.guards import LONGEST_LOOP, MIN_LOOP, LoopGuard, RestGuard


def closed_at(keys: list[int]) -> int | None:
    guard = LoopGuard()
    for index, key in enumerate(keys):
        if guard.closes(key):
            return index
        guard.push(key)
    return None


def circles(keys: list[int]) -> bool:
    """Whether the last steps repeat themselves, by trying every length."""
    for lag in range(1, LONGEST_LOOP + 1):
        run = 0
        while run + lag < len(keys) and keys[-1 - run] == keys[-1 - run - lag]:
            run += 1
        if run >= max(MIN_LOOP, 4 * lag):
            return True
    return False


def test_a_circle_is_noticed_after_four_rounds() -> None:
    assert closed_at([1] * 100) == MIN_LOOP
    assert closed_at(list(range(16)) * 10) == 16 + 64 - 1
    assert closed_at(list(range(LONGEST_LOOP + 1)) * 10) is None


def test_three_rounds_of_a_phrase_are_music() -> None:
    assert closed_at(list(range(16)) * 4) is None


@given(st.lists(st.lists(st.integers(0, 1), min_size=1, max_size=9), max_size=3), st.data())
def test_the_guard_closes_where_the_steps_circle(
    parts: list[list[int]], data: st.DataObject
) -> None:
    keys = [key for part in parts for key in part * data.draw(st.integers(1, 60))]
    first = next((i for i in range(len(keys)) if circles(keys[: i + 1])), None)
    assert closed_at(keys) == first


def test_a_part_may_rest_as_long_as_it_did_before_and_two_bars_at_least() -> None:
    starts, roles = np.array([0, 4, 8, 12, 40, 44, 48]), np.array([0, 1, 0, 1, 0, 1, 1])
    guard = RestGuard(starts, roles, join=50, bar=10)
    assert guard.overdue(40 + 32) == []  # role 0 once rested 32
    assert guard.overdue(40 + 33) == [0]
    guard.push(0, 73)
    assert guard.overdue(80) == []
    assert guard.overdue(48 + 33) == [1]


def test_a_part_that_has_long_been_silent_is_left_in_peace() -> None:
    guard = RestGuard(np.array([0, 5, 90]), np.array([0, 0, 1]), join=100, bar=10)
    assert guard.overdue(10_000) == [1]
