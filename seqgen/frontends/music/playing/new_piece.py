"""A new piece: the empty sheet that a model starts on when there is no primer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from seqgen.frontends.music.midi.score import NOTE, Score, Track, read_score
from seqgen.frontends.music.midi.writer import new_piece

TICKS_PER_BEAT = 480
TEMPO = 666_667
"""Microseconds a beat: 90 beats a minute."""
_NAMES = {
    "melody": ("Melody", 0),
    "bridge": ("Bridge", 0),
    "harmony": ("Piano", 0),
    "bass": ("Bass", 33),
    "drums": ("Drums", 0),
}
_CHOIR = ("Soprano", "Alto", "Tenor", "Bass")
_CHOIR_AAHS = 52
_DRUM_CHANNEL = 9


def empty_sheet(roles: Sequence[str] | None) -> Score:
    """A score without notes, in 4/4 at 90 bpm, a track for each role, or for each voice."""
    if roles is None:
        tracks = [
            Track(index, name, index, _CHOIR_AAHS, False, "harmony")
            for index, name in enumerate(_CHOIR)
        ]
    else:
        tracks = [
            Track(index, *_part(role, index), role == "drums", role)
            for index, role in enumerate(roles)
        ]
    return read_score(new_piece(tracks, np.empty(0, NOTE), TICKS_PER_BEAT, TEMPO, (4, 4)))


def _part(role: str, index: int) -> tuple[str, int, int]:
    name, program = _NAMES[role]
    return name, _DRUM_CHANNEL if role == "drums" else index, program


def sheet_tracks(score: Score) -> list[int]:
    """The tracks of an empty sheet that are played: all but the conductor's."""
    return [track.index for track in score.tracks if track.name]
