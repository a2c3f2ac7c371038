"""Waiting for what must come, without counting on how fast the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 60.0  # seconds: machines may be busy


def until(what: str, find: Callable[[], T | None], patience: float = PATIENCE) -> T:
    """What ``find`` gives once that is true; ``what`` names it where it does not come."""
    end = time.monotonic() + patience
    while True:
        found = find()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience:g} s in vain: {what}")
        time.sleep(0.05)
