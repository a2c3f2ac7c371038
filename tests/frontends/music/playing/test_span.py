from __future__ import annotations

import numpy as np
import pytest

from seqgen.errors import UsageError
from seqgen.frontends.music.playing.span import (
    find_join,
    find_scale,
    find_span,
    overrun,
    playing_tracks,
)
from tests.frontends.music.songs import BEAT, SONGS, score_of, song, tune


@pytest.mark.parametrize(
    ("meter", "length", "join"),
    [((4, 4), 9, 12), ((3, 4), 9, 9), ((7, 8), 4, 7), ((5, 4), 5.1, 10), ((6, 8), 1, 3)],
)
def test_the_join_is_the_first_bar_line_after_the_music(
    meter: tuple[int, int], length: float, join: float
) -> None:
    score = score_of(song({"a": (0, 0, 80, [(0, length, 60)])}, meter))
    assert find_join(score, None) == join * BEAT


def test_a_bar_can_be_named_up_to_the_one_after_the_music() -> None:
    score = score_of(song({"a": (0, 0, 80, tune(4))}))
    assert find_join(score, 2) == 4 * BEAT
    assert find_join(score, 5) == find_join(score, None) == 16 * BEAT
    for bar in (-1, 0, 1, 6, 10**12):
        with pytest.raises(UsageError, match=f"bar {bar} is out of range, allowed: 2 to 5"):
            find_join(score, bar)


def test_a_span_counts_bars_seconds_or_notes() -> None:
    score = score_of(song({"a": (0, 0, 80, tune(4))}, (3, 4), bpm=60))
    assert find_span(score, 3 * BEAT, ("bars", 2)).end == 9 * BEAT
    assert find_span(score, 3 * BEAT, ("seconds", 2.5)).end == 5.5 * BEAT
    assert find_span(score, 3 * BEAT, ("notes", 5)).most == 5


def test_a_span_of_more_beats_than_anyone_hears_is_refused() -> None:
    score = score_of(song({"a": (0, 0, 80, tune(4))}, (3, 4), bpm=3000))
    with pytest.raises(UsageError, match=r"seconds 3600 are 180000 beats .* at most 40000"):
        find_span(score, 0, ("seconds", 3600.0))
    assert find_span(score, 0, ("seconds", 800.0)).end == 40_000 * BEAT


def test_a_last_note_just_over_the_line_is_noticed() -> None:
    for length, over in ((1.0, 0), (1.05, 24), (1.5, 0), (0.9, 0)):
        score = score_of(song({"a": (0, 0, 80, [(0, 3, 62), (3, length, 60)])}))
        assert overrun(score) == over


def test_the_key_is_that_of_the_notes_before_the_join_less_the_drums() -> None:
    drums = [(beat / 2, 0.2, 37 + beat % 5) for beat in range(60)]
    cadence = [(i, 1, 60 + p) for i, p in enumerate((0, 4, 7, 5, 9, 0, 7, 11, 2, 0, 4, 0))]
    score = score_of(song({"a": (0, 0, 80, cadence), "Drums": (9, 0, 80, drums)}))
    name, pitches = find_scale(score, 16 * BEAT, "auto")
    assert name == "C major"
    assert pitches is not None
    assert np.flatnonzero(pitches)[:3].tolist() == [0, 2, 4]
    assert find_scale(score, 16 * BEAT, "off") == (None, None)
    assert find_scale(score, 16 * BEAT, "eb")[0] == "Eb minor"


def test_a_key_is_not_found_in_two_tones() -> None:
    with pytest.raises(UsageError, match="three different pitches"):
        find_scale(score_of(SONGS["single"]()), BEAT, "auto")


def test_tracks_play_that_hold_notes_before_the_join() -> None:
    score = score_of(song({"a": (0, 0, 80, tune()), "b": (1, 0, 80, [(9, 1, 60)])}))
    names = [[score.tracks[i].name for i in playing_tracks(score, t * BEAT)] for t in (0, 9, 10)]
    assert names == [[], ["a"], ["a", "b"]]
