"""The echo: what followed the last time the music of this piece went as it goes now.

An LSTM forgets a phrase by the time it returns; a suffix match does not. What it finds is told
to the network as side inputs, which it learns to trust by the length of the match. The match
is exact and knows only what has already sounded.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

HISTORY = 2048
"""Steps that are remembered; older ones are forgotten, so that time a step stays bounded."""


class Echo:
    """Finds the longest earlier stretch of keys that ends like the keys so far."""

    def __init__(self) -> None:
        self._keys = np.zeros(2 * HISTORY, np.int64)
        self._runs = np.zeros(2 * HISTORY, np.int64)
        self._count = 0

    def push(self, key: int) -> None:
        """Let a key pass; O(HISTORY)."""
        if self._count == len(self._keys):
            self._count = HISTORY
            self._keys[:HISTORY] = self._keys[HISTORY:]
            self._runs[:HISTORY] = self._runs[HISTORY:]
        count = self._count
        before = np.concatenate([[0], self._runs[: max(0, count - 1)]])[:count]
        self._runs[:count] = np.where(self._keys[:count] == key, before + 1, 0)
        self._keys[count], self._runs[count] = key, 0
        self._count = count + 1

    def find(self) -> tuple[int, int]:
        """How far back the step lies that followed the match, and the match's length.

        The most recent of the longest matches counts; (0, 0) where nothing matches. A step back
        of 1 is the last one pushed.
        """
        runs = self._runs[: max(0, self._count - 1)]
        if len(runs) == 0 or runs.max() == 0:
            return 0, 0
        last = len(runs) - 1 - int(np.argmax(runs[::-1]))
        return self._count - 1 - last, int(runs[last])


def key_of(values: NDArray[np.integer]) -> int:
    """One number for a tuple of classes below 1024."""
    key = 0
    for value in values.tolist():
        key = key * 1024 + value
    return key
