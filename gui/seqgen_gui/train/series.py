"""Numbers that come one by one and are drawn at any width at once."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator

BLOCK = 32  # numbers that are summed up together
FAN = 4  # entries of a level that one of the next stands for

Bucket = tuple[int, int, float, float]
"""First index, index behind the last, least and greatest value; NaN where none is finite."""


class Series:
    """A column of numbers with sums for running means, and peaks at every scale.

    Level k holds the least and the greatest of each FAN^(k + 1) numbers, so that a picture costs
    what it is wide, however long the column is. Numbers are kept in single precision.
    """

    def __init__(self) -> None:
        self._values = array("f")
        self._sums = array("d", [0.0])  # of the numbers before each multiple of BLOCK
        self._sum = 0.0
        self._levels: list[tuple[array[float], array[float]]] = []

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, index: int) -> float:
        return self._values[index]

    def __iter__(self) -> Iterator[float]:
        return iter(self._values)

    def append(self, value: float) -> None:
        """Add a number; one that is not finite is a gap."""
        finite = math.isfinite(value)
        self._values.append(value if finite else math.nan)
        self._sum += value if finite else 0.0
        if not len(self._values) % BLOCK:
            self._sums.append(self._sum)
        lows = highs = self._values
        for level in range(len(self._levels) + 1):
            if len(lows) % FAN:
                return
            if level == len(self._levels):
                self._levels.append((array("f"), array("f")))
            low, high = _extremes(lows, highs, len(lows) - FAN, len(lows))
            lows, highs = self._levels[level]
            lows.append(low)
            highs.append(high)

    def mean(self, index: int, window: int) -> float:
        """The mean of the number at ``index`` and those before it, ``window`` at the most."""
        first = max(0, index + 1 - window)
        return (self._sum_before(index + 1) - self._sum_before(first)) / (index + 1 - first)

    def _sum_before(self, index: int) -> float:
        block, rest = divmod(index, BLOCK)
        ones = self._values[index - rest : index]
        return self._sums[block] + sum(value for value in ones if value == value)

    def buckets(self, first: int, last: int, most: int) -> Iterator[Bucket]:
        """The numbers from ``first`` to before ``last``, in about ``most`` buckets or fewer."""
        level, size = -1, 1
        while (last - first) > size * most and level + 1 < len(self._levels):
            level, size = level + 1, size * FAN
        lows, highs = self._levels[level] if level >= 0 else (self._values, self._values)
        for number in range(first // size, -(-last // size)):
            begin, end = number * size, min((number + 1) * size, len(self))
            if number < len(lows):
                yield begin, end, lows[number], highs[number]
            else:
                yield begin, end, *_extremes(self._values, self._values, begin, end)


def _extremes(
    lows: array[float], highs: array[float], begin: int, end: int
) -> tuple[float, float]:
    """The least of ``lows`` and the greatest of ``highs``; NaN where all are."""
    low = min((value for value in lows[begin:end] if value == value), default=math.nan)
    high = max((value for value in highs[begin:end] if value == value), default=math.nan)
    return low, high
