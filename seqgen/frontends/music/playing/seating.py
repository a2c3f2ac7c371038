"""Seating: which track of a primer plays what is drawn, and how loud."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.music.codecs.clock import Clock
from seqgen.frontends.music.midi.roles import ROLES
from seqgen.frontends.music.midi.score import Score, Track

_STAND_INS = {
    "melody": ("bridge", "harmony"),
    "bridge": ("melody", "harmony"),
    "harmony": ("bridge", "melody"),
    "bass": ("harmony", "bridge", "melody"),
    "drums": (),
}
RECENT = 64
"""Notes of a track that say where it plays now, and how loud."""
MIDDLE, LOUD = 60.0, 80.0
"""The pitch and velocity of a track that has not played."""
UNLIMITED = 128


def left_out(tracks: Sequence[Track], reason: str) -> list[str]:
    """The sentence that names the tracks that are not continued, where there are any."""
    if not tracks:
        return []
    named = ", ".join(f"{track.index + 1} {track.name!r} ({track.role})" for track in tracks)
    return [f"not continued, for the model {reason}: track {named}"]


def roles_for(tracks: Sequence[Track], known: Sequence[str]) -> list[str | None]:
    """What each track plays for a model that knows only some roles; None where it cannot."""
    return [
        next((role for role in (track.role, *_STAND_INS[track.role]) if role in known), None)
        for track in tracks
    ]


class Seating:
    """The tracks of a score that play on, as they played before ``join``.

    ``roles`` has one entry a track, None where it does not play. ``tracks`` (roles, 128) is the
    track that takes a pitch of a role: of several the one that plays nearest; ``reach`` (roles,
    128) the pitches less than an octave outside what the role has played. By track there
    are its ``channel``, its mean velocity ``loudness``, ``accent``, how much louder it is than
    all of its role together, ``width``, how many notes it ever starts together, and ``single``,
    whether its notes follow one another without overlapping.
    """

    def __init__(self, score: Score, clock: Clock, join: int, roles: Sequence[str | None]) -> None:
        before = score.notes[score.notes["start"] < join]
        played = [before[before["track"] == track.index] for track in score.tracks]
        recent = [notes[-RECENT:] for notes in played]
        height = np.array([_mean(notes["pitch"], MIDDLE) for notes in recent])
        self.channel = np.array([track.channel for track in score.tracks], np.int64)
        self.loudness = np.array([_mean(notes["velocity"], LOUD) for notes in recent])
        self.accent = np.zeros(len(recent))
        self.width = np.array([_width(notes, clock) for notes in played])
        single = np.array([_is_single(notes, clock) for notes in played])
        self.single = single & (self.width == 1)
        self.tracks = np.zeros((len(ROLES), 128), np.int64)
        self.reach = np.zeros((len(ROLES), 128), np.bool_)
        for number, role in enumerate(ROLES):
            mine = np.array([i for i, own in enumerate(roles) if own == role], np.int64)
            if len(mine):
                nearest = np.abs(height[mine, None] - np.arange(128)).argmin(axis=0)
                self.tracks[number] = mine[nearest]
                together = np.concatenate([recent[track]["velocity"] for track in mine])
                pitches = np.concatenate([played[track]["pitch"] for track in mine])
                self.reach[number] = _reach(pitches)
                self.accent[mine] = self.loudness[mine] - _mean(together, LOUD)


def _reach(pitches: NDArray[np.uint8]) -> NDArray[np.bool_]:
    low, high = (int(pitches.min()), int(pitches.max())) if len(pitches) else (0, 127)
    return (np.arange(128) > low - 12) & (np.arange(128) < high + 12)


def _width(notes: NDArray[np.void], clock: Clock) -> int:
    """The most notes that start in one unit; no limit for a track that has not played."""
    if len(notes) < 2:
        return len(notes) or UNLIMITED
    units = np.rint(clock.units(notes["start"]))
    return int(np.unique(units, return_counts=True)[1].max())


def _is_single(notes: NDArray[np.void], clock: Clock) -> bool:
    """Whether notes end where the next one starts, but for one in twenty."""
    start, end = clock.units(notes["start"][1:]), clock.units(notes["end"][:-1])
    return len(notes) > 1 and float(np.mean(end > start + 1)) <= 0.05


def _mean(values: NDArray[np.integer], otherwise: float) -> float:
    return float(values.mean()) if len(values) else otherwise
