"""How drums sound: a falling tone and a burst of noise, by the keys of General MIDI."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from seqgen_gui.sound.voices import RATE, SILENT, Wave


@dataclass(frozen=True)
class Drum:
    """A tone that falls from ``high`` to ``low`` Hz, and noise between two frequencies.

    ``ring`` and ``hiss`` are the time constants of their decays in seconds, ``noise`` the share
    of the noise (0 to 1).
    """

    high: float
    low: float
    ring: float
    noise: float
    hiss: float
    band: tuple[float, float] = (200.0, 12_000.0)
    gain: float = 1.0


_KICK = Drum(150, 48, 0.13, 0.06, 0.01, gain=1.5)
_SNARE = Drum(240, 180, 0.06, 0.7, 0.09, (900, 11_000), gain=0.9)
_CLAP = Drum(900, 900, 0.005, 0.95, 0.07, (900, 6000), gain=0.8)
_HAT = Drum(8000, 8000, 0.005, 0.97, 0.028, (6500, 15_000), gain=0.5)
_OPEN_HAT = Drum(8000, 8000, 0.01, 0.98, 0.17, (6000, 15_000), gain=0.45)
_CRASH = Drum(5000, 5000, 0.02, 0.98, 0.5, (2500, 15_000), gain=0.55)
_RIDE = Drum(5200, 5200, 0.25, 0.8, 0.3, (4500, 14_000), gain=0.35)
_SHAKER = Drum(6000, 6000, 0.005, 0.97, 0.04, (4500, 13_000), gain=0.4)
_BLOCK = Drum(1100, 1050, 0.03, 0.1, 0.005, gain=0.7)
_TRIANGLE = Drum(5400, 5400, 0.4, 0.05, 0.01, gain=0.3)


def _skin(frequency: float) -> Drum:
    return Drum(frequency * 1.5, frequency, 0.14, 0.12, 0.02, (300, 5000), gain=1.1)


_DRUMS = {
    **dict.fromkeys((35, 36), _KICK),
    **dict.fromkeys((38, 40), _SNARE),
    **dict.fromkeys((37, 75, 76, 77), _BLOCK),
    39: _CLAP,
    **dict.fromkeys((42, 44), _HAT),
    46: _OPEN_HAT,
    **{key: _skin(75 + 15 * i) for i, key in enumerate((41, 43, 45, 47, 48, 50))},
    **dict.fromkeys((49, 52, 55, 57), _CRASH),
    **dict.fromkeys((51, 53, 59), _RIDE),
    **dict.fromkeys((54, 69, 70, 82), _SHAKER),
    56: Drum(560, 540, 0.1, 0.1, 0.01, gain=0.5),
    **{key: _skin(170 + 40 * i) for i, key in enumerate((64, 63, 62, 61, 60, 66, 65))},
    **{
        key: Drum(pitch, pitch, 0.12, 0.05, 0.01, gain=0.5)
        for key, pitch in ((67, 920), (68, 690))
    },
    **dict.fromkeys((80, 81), _TRIANGLE),
}


def drum(key: int, velocity: int) -> Wave:
    """A stroke (samples,) at RATE on the drum of a key; unknown keys are shaken."""
    loud = 0.1 + 0.9 * (velocity / 127) ** 1.5
    return np.asarray(_stroke(_DRUMS.get(key, _SHAKER)) * np.float32(loud), np.float32)


@lru_cache(maxsize=64)
def _stroke(kind: Drum) -> Wave:
    longest = -np.log(SILENT) * max(kind.ring, kind.hiss)
    time = np.arange(round(longest * RATE)) / RATE
    pitch = kind.low + (kind.high - kind.low) * np.exp(-time / 0.03)
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.exp(-time / kind.ring)
    spectrum = np.fft.rfft(np.random.default_rng(0).standard_normal(len(time)))
    frequency = np.fft.rfftfreq(len(time), 1 / RATE)
    low, high = kind.band
    spectrum[(frequency < low) | (frequency > high)] = 0
    noise = np.fft.irfft(spectrum, len(time))
    noise *= np.exp(-time / kind.hiss) / max(float(noise.std()), 1e-9) / 2
    mixed = (1 - kind.noise) * tone + kind.noise * noise
    fade = np.minimum(np.arange(len(time), 0, -1) / 200, 1)
    return np.asarray(kind.gain * mixed * fade, np.float32)
