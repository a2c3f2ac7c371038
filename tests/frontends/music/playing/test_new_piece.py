from __future__ import annotations

from seqgen.frontends.music.midi.roles import ROLES
from seqgen.frontends.music.playing.new_piece import empty_sheet, sheet_tracks


def test_there_is_a_track_for_each_role_and_none_other_is_played() -> None:
    score = empty_sheet(ROLES)
    played = [score.tracks[index] for index in sheet_tracks(score)]
    assert [track.role for track in played] == list(ROLES)
    assert [track.is_drums for track in played] == [role == "drums" for role in ROLES]
    assert len(score.notes) == 0


def test_without_roles_there_are_four_voices_on_channels_of_their_own() -> None:
    score = empty_sheet(None)
    played = [score.tracks[index] for index in sheet_tracks(score)]
    assert [track.name for track in played] == ["Soprano", "Alto", "Tenor", "Bass"]
    assert len({track.channel for track in played}) == 4
    assert score.meters.meter_at(0) == (4, 4)
    assert round(score.tempos.bpm_at(0)) == 90
