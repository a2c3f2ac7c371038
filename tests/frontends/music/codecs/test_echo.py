from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from seqgen.frontends.music.codecs.echo import HISTORY, Echo, key_of


def longest_match(keys: list[int]) -> tuple[int, int]:
    """The longest earlier stretch that ends like ``keys``, by trying them all."""
    best = 0, 0
    for end in range(1, len(keys)):
        length = 0
        while length < end and keys[end - 1 - length] == keys[len(keys) - 1 - length]:
            length += 1
        if length and length >= best[1]:
            best = len(keys) - end, length
    return best


@given(st.lists(st.integers(0, 2), max_size=40))
def test_the_echo_is_the_most_recent_of_the_longest_matches(keys: list[int]) -> None:
    echo = Echo()
    for index, key in enumerate(keys):
        echo.push(key)
        assert echo.find() == longest_match(keys[: index + 1])


def test_a_phrase_is_found_as_long_as_it_is_remembered() -> None:
    echo = Echo()
    phrase = [7, 8, 9]
    for key in [*phrase, 5, *range(100, 100 + HISTORY // 2), *phrase]:
        echo.push(key)
    assert echo.find() == (HISTORY // 2 + 4, 3)
    for key in [*range(10_000, 10_000 + 3 * HISTORY), *phrase]:
        echo.push(key)
    assert echo.find() == (0, 0)


def test_keys_tell_tuples_apart() -> None:
    tuples = np.array([[0, 1, 2], [1, 0, 2], [0, 1, 1023], [1023, 0, 0]])
    assert len({key_of(row) for row in tuples}) == len(tuples)
