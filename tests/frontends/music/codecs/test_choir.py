from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from seqgen.frontends.music.codecs.choir import hear_choir
from seqgen.frontends.music.codecs.clock import MetricClock, choose_clock
from tests.frontends.music.songs import SONGS, score_of, song


def heard(data: bytes) -> tuple[NDArray[np.int16], tuple[int, ...], list[str]]:
    score = score_of(data)
    clock = choose_clock(score, "metric")
    assert isinstance(clock, MetricClock)
    choir = hear_choir(score, clock, score.end)
    return choir.rows, choir.tracks, [track.name for track in score.tracks]


def test_four_tracks_are_four_voices_by_height_wherever_they_stand() -> None:
    parts = {"b": 48, "s": 72, "t": 55, "a": 64}
    data = song({name: (i, 0, 80, [(0, 1, p)]) for i, (name, p) in enumerate(parts.items())})
    rows, tracks, names = heard(data)
    assert [names[track] for track in tracks] == ["s", "a", "t", "b"]
    assert rows.tolist() == [[72, 64, 55, 48]] * 4


@pytest.mark.parametrize(
    ("chord", "row"),
    [
        ([60], [60, -1, -1, -1]),
        ([48, 60], [60, -1, -1, 48]),
        ([48, 55, 64, 72], [72, 64, 55, 48]),
        ([48, 52, 55, 60, 64, 67], [67, 64, 52, 48]),
    ],
)
def test_chords_of_one_track_are_shared_out_from_outside(chord: list[int], row: list[int]) -> None:
    rows, tracks, _ = heard(song({"piano": (0, 0, 80, [(0, 1, pitch) for pitch in chord])}))
    assert rows.tolist() == [row] * 4
    assert len(set(tracks)) == 1


def test_two_and_three_tracks_sing_what_lies_near_them() -> None:
    for count, shares in ((2, [0, 0, 1, 1]), (3, [0, 0, 1, 2])):
        parts = {str(i): (i, 0, 80, [(0, 1, 72 - 10 * i)]) for i in range(count)}
        _, tracks, names = heard(song(parts))
        assert [names[track] for track in tracks] == [str(share) for share in shares]


def test_drums_are_not_sung() -> None:
    rows, tracks, names = heard(SONGS["loop"]())
    assert "Drums" not in {names[track] for track in tracks}
    assert rows.max() < 100
    assert len(rows) == 64


def test_rests_and_rows_count_from_the_first_bar_with_notes() -> None:
    rows, *_ = heard(song({"a": (0, 0, 80, [(9, 1, 60), (11, 1, 62)])}))
    assert rows[:, 0].tolist() == [-1] * 4 + [60] * 4 + [-1] * 4 + [62] * 4
