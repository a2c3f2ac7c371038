"""Keys: naming them, finding them, and which pitches they allow."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import ArrayLike, NDArray

from seqgen.errors import UsageError

TONICS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_NATURAL = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10, 11),
}
# How well each pitch class fits a key, from its tonic up: Krumhansl & Kessler 1982, table 2.
_PROFILES = {
    "major": (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88),
    "minor": (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17),
}


def parse_key(text: str) -> str:
    """A key such as ``D minor`` in our spelling; UsageError for anything else.

    Sharps are #, flats b; ``Dm`` and ``d`` are D minor, a tonic alone is major.
    """
    found = re.fullmatch(r"([A-Ga-g])([#b]?)\s*(major|maj|minor|min|m)?", text.strip())
    if not found:
        raise UsageError(f'key {text!r} is unknown, allowed: auto, off or a key like "D minor"')
    letter, sign, mode = found.groups()
    tonic = (_NATURAL[letter.upper()] + {"#": 1, "b": -1, "": 0}[sign]) % 12
    small = mode in ("minor", "min", "m") or (mode is None and letter.islower())
    return f"{TONICS[tonic]} {'minor' if small else 'major'}"


def find_key(pitches: ArrayLike, weights: ArrayLike) -> str:
    """The key whose profile correlates best with the pitches, weighted by how long they sound.

    Krumhansl & Schmuckler's algorithm (Krumhansl 1990, chapter 4). Where no key fits better than
    another, as where all twelve pitch classes sound equally long, B minor is named.
    """
    classes = np.bincount(np.asarray(pitches, int) % 12, np.asarray(weights, float), 12)
    best = max(
        (float(_standard(np.roll(profile, tonic)) @ _standard(classes)), tonic, mode)
        for mode, profile in _PROFILES.items()
        for tonic in range(12)
    )
    return f"{TONICS[best[1]]} {best[2]}"


def _standard(values: ArrayLike) -> NDArray[np.float64]:
    """Values less their mean, in standard deviations."""
    rest = np.asarray(values, np.float64)
    rest = rest - rest.mean()
    return np.asarray(rest / max(float(rest.std()), 1e-9))


def pitches_in(key: str) -> NDArray[np.bool_]:
    """Which of the 128 pitches lie in a key; minor has both its seventh degrees."""
    tonic, mode = key.split()
    degrees = (np.arange(128) - TONICS.index(tonic)) % 12
    return np.isin(degrees, _SCALES[mode])
