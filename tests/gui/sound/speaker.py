"""A device that is asked for samples by the test."""

from __future__ import annotations

import numpy as np

from seqgen_gui.sound.device import Output, Pull
from seqgen_gui.sound.voices import RATE, Wave


class Device:
    """Is an ``Output``; ``open`` is an opener for the player."""

    latency = 0.0

    def __init__(self) -> None:
        self.pull: Pull | None = None

    def open(self, pull: Pull) -> Output:
        self.pull = pull
        return self

    def close(self) -> None:
        self.pull = None

    def hear(self, seconds: float) -> Wave:
        """So many seconds of sound, in small pieces."""
        parts = []
        for _ in range(round(seconds * RATE / 441)):
            assert self.pull is not None
            parts.append(self.pull(441))
        return np.concatenate(parts)
