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


class RestGuard:
    """Lets no part rest longer than it did in the primer, between two and eight bars.

    ``starts`` and ``roles`` (N,) are those of the primer's notes, ``join`` and ``bar`` in the same
    units. A part that had fallen silent for longer by then is left in peace.
    """

    def __init__(
        self, starts: NDArray[np.int64], roles: NDArray[np.integer], *, join: int, bar: int
    ) -> None:
        self._last: dict[int, int] = {}
        self._limit: dict[int, int] = {}
        for role in np.unique(roles).tolist():
            mine = starts[roles == role]
            limit = min(max(int(np.diff(mine).max(initial=0)), 2 * bar), 8 * bar)
            if join - int(mine[-1]) <= limit:
                self._last[role], self._limit[role] = int(mine[-1]), limit

    def overdue(self, now: int) -> list[int]:
        """The roles that have rested for too long."""
        return [role for role, last in self._last.items() if now - last > self._limit[role]]

    def push(self, role: int, now: int) -> None:
        """Let a note of a role pass."""
        if role in self._last:
            self._last[role] = now
