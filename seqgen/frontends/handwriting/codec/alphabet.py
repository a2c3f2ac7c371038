"""The alphabet of a model: the characters that it was shown, as classes of the core."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNKNOWN = 1
_LOOSE = (
    (re.compile(r" +([.,;:!?)\]])"), r"\1"),
    (re.compile(r"([(\[]) +"), r"\1"),
    (re.compile(r"(^| )(['\"]) (.+?) \2( |$|[.,;:!?)\]])"), r"\1\2\3\2\4"),
)


@dataclass(frozen=True)
class Alphabet:
    """Characters in a fixed order. Class 0 pads, 1 is a character out of the alphabet."""

    characters: str

    @property
    def size(self) -> int:
        """Number of classes."""
        return len(self.characters) + 2

    def encode(self, text: str) -> NDArray[np.int16]:
        """The classes (U,) int16 of a text's U characters."""
        classes = {character: k + 2 for k, character in enumerate(self.characters)}
        return np.array([classes.get(character, UNKNOWN) for character in text], np.int16)


def alphabet_of(counts: Counter[str], least: int) -> Alphabet:
    """The alphabet of all characters that occur ``least`` times or more."""
    return Alphabet("".join(sorted(c for c, count in counts.items() if count >= least)))


def count_characters(texts: Iterable[str]) -> Counter[str]:
    """How often every character occurs."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text)
    return counts


def closed_up(text: str) -> str:
    """A transcript with punctuation where people write it: ``Mr . Foot , "`` loses its gaps.

    Transcripts of printed corpora set every mark apart; the ink does not.
    """
    for pattern, replacement in _LOOSE:
        text = pattern.sub(replacement, text)
    return text
