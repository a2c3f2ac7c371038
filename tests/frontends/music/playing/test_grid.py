from __future__ import annotations

import numpy as np

from seqgen.frontends.music.playing.grid import places_in_beat


def places(*onsets: int) -> list[int]:
    return np.flatnonzero(places_in_beat(np.array(onsets, np.int64))).tolist()


def test_a_primer_on_beats_or_16ths_is_continued_in_16ths() -> None:
    assert places(0, 12, 24, 36) == [0, 3, 6, 9]
    assert places(0, 3, 6, 21) == [0, 3, 6, 9]


def test_a_primer_in_triplets_is_continued_in_triplets() -> None:
    assert places(0, 4, 8, 12, 20) == [0, 4, 8]
    assert places(0, 12, 24, 36, 40, 44, 48) == [0, 4, 8]


def test_what_the_primer_often_does_beside_its_grid_may_be_done() -> None:
    straight = list(range(0, 1200, 6))
    assert places(*straight, 4) == [0, 3, 6, 9]
    assert places(*straight, *range(4, 64, 12)) == [0, 3, 4, 6, 9]


def test_without_a_grid_notes_may_start_anywhere() -> None:
    assert places(*range(0, 1200, 5)) == list(range(12))


def test_a_new_piece_may_use_16ths_and_triplets() -> None:
    assert places() == [0, 3, 4, 6, 8, 9]
