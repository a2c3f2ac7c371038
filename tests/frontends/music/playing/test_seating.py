from __future__ import annotations

import numpy as np
import pytest

from seqgen.frontends.music.codecs.clock import choose_clock
from seqgen.frontends.music.midi.roles import ROLES
from seqgen.frontends.music.midi.score import Score
from seqgen.frontends.music.playing.seating import UNLIMITED, Seating, left_out, roles_for
from tests.frontends.music.songs import SONGS, score_of, song, tune


def seated(score: Score) -> Seating:
    return Seating(score, choose_clock(score), 10**6, [track.role for track in score.tracks])


def test_an_unknown_role_is_played_as_the_nearest_known_one() -> None:
    tracks = score_of(SONGS["loop"]()).tracks[1:]
    assert [track.role for track in tracks] == ["drums", "bass", "harmony", "melody"]
    assert roles_for(tracks, ROLES) == ["drums", "bass", "harmony", "melody"]
    assert roles_for(tracks, ["melody", "harmony"]) == [None, "harmony", "harmony", "melody"]
    assert roles_for(tracks, ["melody"]) == [None, "melody", "melody", "melody"]


def test_tracks_left_out_are_named_in_one_sentence() -> None:
    tracks = score_of(SONGS["loop"]()).tracks
    assert left_out([], "plays melody") == []
    assert left_out(tracks[1:3], "plays melody") == [
        "not continued, for the model plays melody: track 2 'Drums' (drums), 3 'Bass' (bass)"
    ]


@pytest.mark.parametrize(("pitch", "name"), [(127, "Flute"), (75, "Clarinet"), (0, "Bassoon")])
def test_of_a_role_the_track_that_plays_nearest_takes_a_pitch(pitch: int, name: str) -> None:
    score = score_of(SONGS["orchestra"]())
    melody = ROLES.index("melody")
    assert score.tracks[seated(score).tracks[melody, pitch]].name == name


def test_loudness_width_and_lone_lines_are_those_of_the_primer() -> None:
    score = score_of(SONGS["loop"]())
    found = seated(score)
    assert found.loudness.tolist() == [80, 110, 100, 60, 90]
    assert found.width.tolist() == [UNLIMITED, 2, 1, 3, 1]
    assert found.single.tolist() == [False, False, True, False, True]
    assert not found.accent[1:].any()


def test_two_tracks_of_a_role_keep_their_balance() -> None:
    score = score_of(song({"Lead": (0, 0, 100, tune()), "Vocal": (1, 0, 40, tune(root=48))}))
    assert seated(score).accent.tolist() == [0, 30, -30]


def test_a_role_reaches_less_than_an_octave_beyond_what_it_played() -> None:
    found = seated(score_of(song({"Lead": (0, 0, 100, [(0, 1, 60), (1, 1, 65)])})))
    reach = np.flatnonzero(found.reach[ROLES.index("melody")])
    assert (reach.min(), reach.max()) == (49, 76)
