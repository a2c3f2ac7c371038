from __future__ import annotations

import math
import random
from itertools import pairwise

import pytest

from seqgen_gui.train.series import Series


def series(values: list[float]) -> Series:
    made = Series()
    for value in values:
        made.append(value)
    return made


@pytest.mark.parametrize("count", [1, 3, 4, 5, 63, 64, 65, 1000])
@pytest.mark.parametrize("most", [1, 7, 5000])
def test_buckets_hold_the_least_and_the_greatest_of_every_number(count: int, most: int) -> None:
    chance = random.Random(count)
    values = [chance.randrange(-999, 999) / 8 for _ in range(count)]  # in single precision
    first = count // 3
    found = list(series(values).buckets(first, count, most))
    assert found[0][0] <= first
    assert found[-1][1] == count
    assert all(before[1] == after[0] for before, after in pairwise(found))
    for begin, end, low, high in found:
        assert (low, high) == (min(values[begin:end]), max(values[begin:end]))


def test_a_picture_costs_what_it_is_wide() -> None:
    made = series([math.sin(number) for number in range(20_000)])
    assert len(list(made.buckets(0, 20_000, 600))) <= 600 + 1
    assert len(list(made.buckets(100, 160, 600))) == 60


def test_what_is_no_number_is_a_gap_and_spoils_no_mean() -> None:
    made = series([1.0, math.inf, 3.0, math.nan, math.nan, math.nan, math.nan, math.nan])
    assert [made.mean(index, 2) for index in (0, 2)] == [1.0, 1.5]
    full, empty = made.buckets(0, 8, 2)
    assert full == (0, 4, 1.0, 3.0)
    assert all(math.isnan(value) for value in empty[2:])


def test_a_running_mean_has_fewer_numbers_at_the_beginning() -> None:
    made = series([2.0, 4.0, 6.0, 8.0])
    assert [made.mean(index, 3) for index in range(4)] == [2.0, 3.0, 4.0, 6.0]


@pytest.mark.parametrize("window", [1, 5, 40, 250])
def test_a_running_mean_of_many_numbers_is_that_of_each(window: int) -> None:
    values = [math.nan if number % 50 == 7 else number / 4 for number in range(400)]
    made = series(values)
    for index in (window - 1, 63, 64, 300, 399):
        part = values[max(0, index + 1 - window) : index + 1]
        wanted = sum(value for value in part if value == value) / len(part)
        assert made.mean(index, window) == pytest.approx(wanted)
