"""Guards: what a continuation may not do, and how often it tried."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MIN_LOOP = 40
"""Steps that must repeat, and four times over, before a repetition is called a loop."""
LONGEST_LOOP = 64


class LoopGuard:
    """Notices when the steps go round in a circle."""

    def __init__(self) -> None:
        self._runs = np.zeros(LONGEST_LOOP + 1, np.int64)
        self._keys: list[int] = []

    def closes(self, key: int) -> bool:
        """Whether ``key`` as the next step would close a loop: a stretch heard four times over."""
        runs = self._extended(key)
        lags = np.arange(len(runs))
        return bool(np.any(runs[1:] >= np.maximum(MIN_LOOP, 4 * lags[1:])))

    def push(self, key: int) -> None:
        """Let a step pass."""
        self._runs = self._extended(key)
        self._keys = [*self._keys[-LONGEST_LOOP:], key]

    def _extended(self, key: int) -> NDArray[np.int64]:
        """How many steps up to ``key`` equal those a lag before, for every lag."""
        runs = np.zeros_like(self._runs)
        known = np.array(self._keys[::-1][:LONGEST_LOOP], np.int64)
        same = known == key
        runs[1 : len(known) + 1][same] = self._runs[1 : len(known) + 1][same] + 1
        return runs
