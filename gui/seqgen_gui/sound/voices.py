"""How instruments sound: single notes made of harmonics under an envelope.

A note reads a wave table twice, bright and dark, and fades from one to the other as its strings
or its breath calm down. Harmonics that the sample rate cannot hold are left out of the table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

RATE = 44_100
TABLE = 4096  # samples of one period
HIGHEST = 15_000  # Hz of the highest harmonic
LONGEST = 60.0  # seconds of a note
SILENT = 1e-3  # of the loudest: 60 dB
Wave = NDArray[np.float32]


@dataclass(frozen=True)
class Timbre:
    """A way to sound.

    ``slope`` is how harmonics fall (amplitude ~ number ** -slope), ``even`` the share of the even
    ones. ``attack`` and ``release`` are seconds; ``decay`` is the time constant of the fall
    towards ``sustain`` (0 to 1), ``calm`` that of the fade from bright to dark. ``vibrato`` and
    ``width`` are parts of the frequency: how far it swings, how far two players differ.
    """

    slope: float
    attack: float
    decay: float
    sustain: float
    release: float
    even: float = 1.0
    calm: float = 0.5
    vibrato: float = 0.0
    width: float = 0.0
    gain: float = 1.0


_PIANO = Timbre(1.35, 0.004, 0.9, 0.0, 0.18, calm=0.35)
_MALLET = Timbre(2.4, 0.002, 0.5, 0.0, 0.4, even=0.2, calm=0.08, gain=1.1)
_ORGAN = Timbre(1.2, 0.012, 0.2, 0.9, 0.08, even=0.7, calm=9.0, width=0.001, gain=0.55)
_GUITAR = Timbre(1.25, 0.003, 0.55, 0.0, 0.12, calm=0.18)
_BASS = Timbre(1.5, 0.005, 0.8, 0.25, 0.08, calm=0.2, gain=1.25)
_STRINGS = Timbre(1.15, 0.09, 0.4, 0.85, 0.22, calm=3.0, vibrato=0.003, width=0.0025, gain=0.6)
_CHOIR = Timbre(1.7, 0.1, 0.4, 0.85, 0.28, calm=3.0, vibrato=0.003, width=0.002, gain=0.75)
_BRASS = Timbre(1.0, 0.03, 0.25, 0.75, 0.1, calm=0.4, vibrato=0.0015, gain=0.6)
_REED = Timbre(1.15, 0.02, 0.3, 0.8, 0.09, even=0.35, calm=1.5, vibrato=0.002, gain=0.65)
_PIPE = Timbre(2.2, 0.04, 0.3, 0.9, 0.1, even=0.5, calm=2.0, vibrato=0.003, gain=0.85)
_LEAD = Timbre(1.05, 0.008, 0.3, 0.7, 0.1, calm=0.6, width=0.002, gain=0.55)
_PAD = Timbre(1.4, 0.25, 0.6, 0.8, 0.6, calm=2.5, width=0.004, gain=0.6)
_PLUCKED = Timbre(1.1, 0.002, 0.4, 0.0, 0.15, calm=0.12)
_FAMILIES = (  # of General MIDI: eight programs each
    *(_PIANO, _MALLET, _ORGAN, _GUITAR, _BASS, _STRINGS, _CHOIR, _BRASS),
    *(_REED, _PIPE, _LEAD, _PAD, _PAD, _PLUCKED, _MALLET, _PAD),
)
_STRUCK_STRINGS = {45: _PLUCKED, 46: _PLUCKED, 47: _MALLET, 55: _STRINGS}
_BOWED = range(48, 52)


def timbre_of(program: int) -> Timbre:
    """The timbre of a General MIDI program (0 to 127)."""
    if program in _BOWED:
        return _STRINGS
    return _STRUCK_STRINGS.get(program, _FAMILIES[program // 8])


def note(timbre: Timbre, pitch: int, velocity: int, seconds: float) -> Wave:
    """A note (samples,) at RATE: ``seconds`` long until it is let go, then its release."""
    held = round(min(seconds, _heard(timbre)) * RATE)
    tail = round(timbre.release * RATE)
    frequency = 440.0 * 2 ** ((pitch - 69) / 12)
    time = np.arange(held + tail, dtype=np.float32) / np.float32(RATE)
    shape = _envelope(timbre, held, tail, time)
    wave = _tone(timbre, frequency, time)
    # softer is darker too, as on an instrument
    loud = timbre.gain * (0.15 + 0.85 * (velocity / 127) ** 1.5)
    return np.asarray(wave * shape * np.float32(loud), np.float32)


def _heard(timbre: Timbre) -> float:
    """The seconds after which a held note has died away."""
    if timbre.sustain:
        return LONGEST
    return min(-math.log(SILENT) * timbre.decay, LONGEST)


def _envelope(timbre: Timbre, held: int, tail: int, time: Wave) -> Wave:
    fall = np.exp(-time / np.float32(timbre.decay))
    shape = timbre.sustain + (1 - timbre.sustain) * fall
    rise = min(round(timbre.attack * RATE), held)
    shape[:rise] *= np.linspace(0, 1, rise, endpoint=False, dtype=np.float32)
    shape[held:] *= np.linspace(1, 0, tail, dtype=np.float32) ** 2
    return np.asarray(shape, np.float32)


def _tone(timbre: Timbre, frequency: float, time: Wave) -> Wave:
    harmonics = max(int(HIGHEST / frequency), 1)
    bright, dark = _tables(timbre, 1 << (harmonics.bit_length() - 1))
    periods = time.astype(np.float64) * frequency
    if timbre.vibrato:
        swing = np.minimum(time * 2, 1) * np.sin(time * np.float32(2 * np.pi * 5.3))
        periods += swing * (timbre.vibrato * frequency / (2 * np.pi * 5.3))
    calm = np.exp(-time / np.float32(timbre.calm))
    wave = _read(bright, dark, periods, calm)
    if timbre.width:
        wave = 0.6 * (wave + _read(bright, dark, periods * (1 + timbre.width), calm))
    return np.asarray(wave, np.float32)


def _read(bright: Wave, dark: Wave, periods: NDArray[np.float64], calm: Wave) -> Wave:
    places = (periods * TABLE).astype(np.int64) & (TABLE - 1)
    low = dark[places]
    return np.asarray(low + (bright[places] - low) * calm, np.float32)


@lru_cache(maxsize=256)
def _tables(timbre: Timbre, harmonics: int) -> tuple[Wave, Wave]:
    """One period bright and one dark, of so many harmonics at most."""
    numbers = np.arange(1, min(harmonics, 40) + 1)
    share = np.where(numbers % 2 == 0, timbre.even, 1.0)
    angle = 2 * np.pi * np.outer(numbers, np.arange(TABLE) / TABLE)
    tables = []
    for slope in (timbre.slope, timbre.slope + 1.0):
        amplitude = share * numbers.astype(np.float64) ** -slope
        wave = amplitude @ np.sin(angle)
        tables.append((wave / np.sqrt(np.sum(amplitude**2))).astype(np.float32))
    return tables[0], tables[1]
