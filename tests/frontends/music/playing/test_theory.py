from __future__ import annotations

import numpy as np
import pytest

from seqgen.errors import UsageError
from seqgen.frontends.music.playing.theory import TONICS, find_key, parse_key, pitches_in

MAJOR = [0, 4, 7, 5, 9, 0, 7, 11, 2, 0, 4, 0]
MINOR = [0, 3, 7, 5, 8, 0, 7, 11, 2, 0, 3, 0]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("D minor", "D minor"),
        ("d", "D minor"),
        ("Dm", "D minor"),
        ("Db", "C# major"),
        (" f# min ", "F# minor"),
        ("Cb major", "B major"),
        ("G", "G major"),
        ("A#maj", "Bb major"),
    ],
)
def test_a_key_is_understood_however_it_is_spelled(text: str, key: str) -> None:
    assert parse_key(text) == key


@pytest.mark.parametrize("text", ["", "H", "D dorian", "minor", "Dminorr", "##", "D\nminor x"])
def test_another_word_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match='allowed: auto, off or a key like "D minor"'):
        parse_key(text)


@pytest.mark.parametrize("tonic", range(12))
def test_the_key_of_a_tune_is_found(tonic: int) -> None:
    ones = np.ones(len(MAJOR))
    assert find_key(np.array(MAJOR) + 60 + tonic, ones) == f"{TONICS[tonic]} major"
    assert find_key(np.array(MINOR) + 48 + tonic, ones) == f"{TONICS[tonic]} minor"


def test_all_twelve_tones_alike_have_some_key_and_no_warning() -> None:
    assert parse_key(find_key(np.arange(60, 72), np.ones(12)))


def test_a_scale_holds_seven_degrees_and_minor_both_sevenths() -> None:
    assert [p % 12 for p in np.flatnonzero(pitches_in("C major"))[:7]] == [0, 2, 4, 5, 7, 9, 11]
    assert {p % 12 for p in np.flatnonzero(pitches_in("A minor"))} == {9, 11, 0, 2, 4, 5, 7, 8}
