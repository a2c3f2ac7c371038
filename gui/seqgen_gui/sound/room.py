"""A small room around the instruments: convolution with noise that dies away."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seqgen_gui.sound.voices import RATE, Wave

SECONDS = 0.9
WET = 0.16


class Room:
    """Adds the room to blocks of sound of at most ``frames`` samples, by overlap and add."""

    def __init__(self, frames: int) -> None:
        length = round(SECONDS * RATE)
        self._size = 1 << (length + frames - 1).bit_length()
        time = np.arange(length) / RATE
        noise = np.random.default_rng(1).standard_normal((2, length))
        echo = noise * np.exp(-time / 0.16) * np.minimum(time / 0.012, 1)
        smooth = np.fft.rfftfreq(self._size, 1 / RATE)
        spectrum = np.fft.rfft(echo, self._size) / (1 + (smooth / 3500) ** 2)
        self._spectrum = spectrum * (WET / np.sqrt(np.sum(echo[0] ** 2)))
        self._tail = np.zeros((2, self._size))

    def add(self, dry: NDArray[np.float32]) -> Wave:
        """The block (2, samples) and its echoes."""
        frames = dry.shape[1]
        wet = np.fft.irfft(np.fft.rfft(dry.mean(0), self._size) * self._spectrum, self._size)
        wet += self._tail
        self._tail = np.concatenate((wet[:, frames:], np.zeros((2, frames))), axis=1)
        return np.asarray(dry + wet[:, :frames], np.float32)
