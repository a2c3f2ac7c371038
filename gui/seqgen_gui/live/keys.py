"""Keys that sound as long as they are held, for who plays a keyboard without sounds."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Protocol

import numpy as np

from seqgen_gui.live.channels import DRUMS
from seqgen_gui.sound.device import RATE
from seqgen_gui.sound.drums import drum
from seqgen_gui.sound.voices import Wave, note, timbre_of

HELD = 4.0  # seconds that a key sounds at most
READY = range(36, 97)  # keys that are made before they are pressed
RELEASE = 0.12  # seconds in which it dies away
LEVEL = 0.4


class Keys(Protocol):
    """An instrument under the fingers; each call may come from another thread."""

    def strike(self, channel: int, pitch: int, velocity: int) -> None:
        """Press a key, or let it go with velocity 0."""
        ...

    def render(self, frames: int) -> Wave:
        """The next samples (frames, 2), from -1 to 1."""
        ...

    def close(self) -> None:
        """Let it go; it must not be used any more."""
        ...


class OwnKeys:
    """The piano and the drums of our own synth.

    Making a key takes longer than a device waits: those of a usual keyboard are made first.
    """

    def __init__(self) -> None:
        for pitch in READY:
            _piano(pitch)
        self._lock = threading.Lock()
        self._down: dict[tuple[int, int], tuple[Wave, int]] = {}  # wave, samples heard
        self._fading: list[tuple[Wave, int]] = []

    def strike(self, channel: int, pitch: int, velocity: int) -> None:
        """See ``Keys``."""
        wave = _wave(channel, pitch, velocity) if velocity else None
        with self._lock:
            before = self._down.pop((channel, pitch), None)
            if before is not None:
                self._fading.append((_faded(*before), 0))
            if wave is not None:
                self._down[channel, pitch] = wave, 0

    def render(self, frames: int) -> Wave:
        """See ``Keys``."""
        out = np.zeros(frames, np.float32)
        with self._lock:
            down = {key: _mix(out, *voice) for key, voice in self._down.items()}
            self._down = {key: voice for key, voice in down.items() if voice[1] < len(voice[0])}
            fading = [_mix(out, *voice) for voice in self._fading]
            self._fading = [voice for voice in fading if voice[1] < len(voice[0])]
        mixed: Wave = np.tanh(np.repeat(out[:, None] * np.float32(LEVEL), 2, axis=1))
        return mixed

    def close(self) -> None:
        """There is nothing to let go."""


def _wave(channel: int, pitch: int, velocity: int) -> Wave:
    if channel == DRUMS:
        return drum(pitch, velocity)
    return np.asarray(_piano(pitch) * np.float32((velocity / 127) ** 1.5), np.float32)


@lru_cache(maxsize=88)
def _piano(pitch: int) -> Wave:
    return note(timbre_of(0), pitch, 127, HELD)


def _faded(wave: Wave, at: int) -> Wave:
    rest = wave[at : at + round(RELEASE * RATE)]
    return np.asarray(rest * np.linspace(1, 0, len(rest), dtype=np.float32) ** 2, np.float32)


def _mix(out: Wave, wave: Wave, at: int) -> tuple[Wave, int]:
    part = wave[at : at + len(out)]
    out[: len(part)] += part
    return wave, at + len(part)
