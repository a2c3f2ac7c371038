"""Devices that the test hears: one that is asked by hand, one that asks by the clock."""

from __future__ import annotations

import threading
import time

import numpy as np

from seqgen_gui.sound.device import Output, Pull
from seqgen_gui.sound.voices import RATE, Wave

PIECE = 441  # frames asked for at a time


class Device:
    """Is an ``Output``; ``open`` is an opener for the deck."""

    latency = 0.0

    def __init__(self) -> None:
        self.pull: Pull | None = None
        self.name = ""

    def open(self, pull: Pull, device: str) -> Output:
        self.pull, self.name = pull, device
        return self

    def close(self) -> None:
        self.pull = None

    def hear(self, seconds: float) -> Wave:
        """So many seconds of sound, in small pieces."""
        parts = []
        for _ in range(round(seconds * RATE / PIECE)):
            assert self.pull is not None
            parts.append(self.pull(PIECE))
        return np.concatenate(parts)


class Clock:
    """Asks for sound as fast as it would be heard."""

    latency = 0.0

    def __init__(self, pull: Pull, device: str) -> None:
        self._pull, self._on = pull, True
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        self._on = False

    def _run(self) -> None:
        due = time.monotonic()
        while self._on:
            self._pull(PIECE)
            due += PIECE / RATE
            time.sleep(max(due - time.monotonic(), 0))
