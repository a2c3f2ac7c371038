"""Continuation: where a primer is joined, who plays on, and the new notes as notes of the file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from seqgen.core.guide import Guide
from seqgen.core.steps import Steps
from seqgen.errors import InputFileError, UsageError
from seqgen.frontends.music import events, theory, voices
from seqgen.frontends.music.choir import Choir, hear_choir
from seqgen.frontends.music.clock import Clock, MetricClock, choose_clock
from seqgen.frontends.music.event_guide import EventGuide
from seqgen.frontends.music.roles import ROLES
from seqgen.frontends.music.score import NOTE, Score, Track
from seqgen.frontends.music.voice_guide import VoiceGuide

_STAND_INS = {
    "melody": ("bridge", "harmony"),
    "bridge": ("melody", "harmony"),
    "harmony": ("bridge", "melody"),
    "bass": ("harmony", "bridge", "melody"),
    "drums": (),
}
RECENT = 64
"""Notes of a track that say where it plays now, and how loud."""
LOUD = 80


@dataclass(frozen=True)
class Span:
    """The new music: from tick ``join`` to tick ``end``, ``most`` notes where that is set."""

    join: int
    end: int
    most: int | None = None


class Continuation(Protocol):
    """A primer made ready for the sampler: feed ``steps``, then let ``guide`` draw."""

    steps: Steps
    clock: Clock
    silent: list[Track]

    def guide(self) -> Guide:
        """A fresh guide for one take."""
        ...

    def notes(self, guide: Guide) -> NDArray[np.void]:
        """The notes a guide took, as NOTEs on the primer's tracks."""
        ...


def playing_tracks(score: Score, join: int) -> list[int]:
    """The tracks that hold notes before the join."""
    before = score.notes[score.notes["start"] < join]
    return [int(index) for index in np.unique(before["track"])]


def find_join(score: Score, at: int | None) -> int:
    """The tick where the new music starts: the first bar line after all notes, or bar ``at``."""
    end = int(score.notes["end"].max()) if len(score.notes) else 0
    if at is None:
        return score.meters.next_bar_line(end)
    last = score.meters.bar_index(score.meters.next_bar_line(end)) + 1
    if not 2 <= at <= last:
        raise UsageError(
            f"bar {at} is out of range, allowed: 2 to {last}, the bar after the music"
        )
    return score.meters.bar_line(at - 1)


def find_span(score: Score, join: int, length: tuple[str, float]) -> Span:
    """The span of ``length``, a number of ``bars``, ``seconds`` or ``notes``, from ``join`` on."""
    unit, amount = length
    meters, tempos = score.meters, score.tempos
    if unit == "bars":
        return Span(join, meters.bar_line(meters.bar_index(join) + int(amount)))
    if unit == "seconds":
        return Span(join, max(join + 1, tempos.ticks(tempos.seconds(join) + amount)))
    return Span(join, np.iinfo(np.int64).max // 4, int(amount))


def find_scale(score: Score, join: int, key: str) -> tuple[str | None, NDArray[np.bool_] | None]:
    """The key to keep to and its pitches; ``auto`` finds it in the notes before ``join``."""
    if key == "off":
        return None, None
    if key != "auto":
        name = theory.parse_key(key)
        return name, theory.pitches_in(name)
    drums = np.array([track.is_drums for track in score.tracks], bool)
    notes = score.notes[(score.notes["start"] < join)]
    notes = notes[~drums[notes["track"]]] if len(notes) else notes
    if len(np.unique(notes["pitch"] % 12)) < 3:
        raise UsageError(
            "key auto needs a primer with three different pitches at least, name a key"
        )
    name = theory.find_key(notes["pitch"], notes["end"] - notes["start"])
    return name, theory.pitches_in(name)


def roles_for(tracks: Sequence[Track], known: Sequence[str]) -> list[str | None]:
    """What each track plays for a model that knows only some roles; None where it cannot."""
    return [
        next((role for role in (track.role, *_STAND_INS[track.role]) if role in known), None)
        for track in tracks
    ]


class EventContinuation:
    """Continues a score as note events, on the tracks ``playing``."""

    def __init__(
        self,
        score: Score,
        span: Span,
        *,
        known: Sequence[str],
        pitches: NDArray[np.bool_] | None,
        time: str,
        playing: Collection[int],
    ) -> None:
        self._score, self._span, self._pitches = score, span, pitches
        self.clock = choose_clock(score, time)
        self._timeline = events.timeline_of(score, self.clock)
        roles = roles_for(score.tracks, known)
        self.silent = [t for t in score.tracks if t.index in playing and roles[t.index] is None]
        self._roles = [role if i in playing else None for i, role in enumerate(roles)]
        heard = events.events_of(score, self.clock, self._roles)
        first = self._first_unit()
        self._heard = heard[heard["start"] < first]
        if not any(self._roles):
            listed = ", ".join(known)
            raise InputFileError(f"the primer holds only drums, the model plays: {listed}")
        self._steps = events.encode(self._heard, self._timeline)
        self.steps = Steps(self._steps.fields[:-1], self._steps.sides[:-1])

    def _first_unit(self) -> int:
        """The first unit at or after the join."""
        return int(np.ceil(self.clock.units(np.array([self._span.join]))[0] - 1e-6))

    def guide(self) -> EventGuide:
        """A fresh guide for one take."""
        end = int(np.ceil(self.clock.units(np.array([self._span.end]))[0] - 1e-6))
        last = self._steps.fields[-1] if len(self._steps) else None
        gap = int(self._steps.sides[-1, 3]) if len(self._steps) else events.END
        return EventGuide(
            self._timeline,
            join=self._first_unit(),
            end=end,
            opening=None if last is None else (last, int(self._heard["start"][-1])),
            gap=gap,
            roles=tuple(role for role in self._roles if role),
            pitches=self._pitches,
            most=self._span.most,
        )

    def notes(self, guide: Guide) -> NDArray[np.void]:
        """The notes a guide took, as NOTEs on the primer's tracks.

        Of several tracks of a role, the one that last played nearest in pitch takes a note.
        """
        assert isinstance(guide, EventGuide)
        drawn = guide.events()
        found = np.zeros(len(drawn), NOTE)
        join, end = self._span.join, self._span.end
        found["start"] = np.maximum(join, self.clock.ticks(drawn["start"]))
        stop = np.minimum(end, self.clock.ticks(drawn["start"] + drawn["duration"]))
        found["end"] = np.maximum(found["start"] + 1, stop)
        found["pitch"], found["velocity"] = drawn["pitch"], drawn["velocity"]
        places = _places(self._score, join)
        for number, role in enumerate(ROLES):
            tracks = [i for i, mine in enumerate(self._roles) if mine == role]
            mine = drawn["role"] == number
            if tracks and mine.any():
                height = np.array([places[i] for i in tracks])
                near = np.abs(drawn["pitch"][mine][:, None] - height).argmin(axis=1)
                found["track"][mine] = np.array(tracks)[near]
        channels = np.array([track.channel for track in self._score.tracks])
        found["channel"] = channels[found["track"]]
        return found


class VoiceContinuation:
    """Continues a score as four voices, which the tracks ``playing`` share."""

    def __init__(
        self,
        score: Score,
        span: Span,
        *,
        pitches: NDArray[np.bool_] | None,
        time: str,
        playing: Collection[int],
    ) -> None:
        if time == "free":
            raise UsageError("this model keeps metric time, allowed: auto, metric")
        self._score, self._span, self._pitches = score, span, pitches
        clock = choose_clock(score, "metric")
        assert isinstance(clock, MetricClock)
        self.clock: Clock = clock
        self.silent = [t for t in score.tracks if t.is_drums and t.index in playing]
        singing = [i for i in playing if not score.tracks[i].is_drums]
        if not singing:
            raise InputFileError("the primer holds only drums, the model sings four voices")
        self.choir: Choir = hear_choir(score, clock, span.join, singing)
        self._cell = score.ticks_per_beat / voices.CELLS_PER_BEAT
        self.steps = voices.encode(self.choir.rows)

    def guide(self) -> VoiceGuide:
        """A fresh guide for one take."""
        cells = max(1, round((self._span.end - self._span.join) / self._cell))
        return VoiceGuide(self.steps, cells=cells, pitches=self._pitches, most=self._span.most)

    def notes(self, guide: Guide) -> NDArray[np.void]:
        """The notes a guide took, as NOTEs on the tracks that sing them."""
        assert isinstance(guide, VoiceGuide)
        tracks = {track.index: track for track in self._score.tracks}
        found = []
        for voice, column in enumerate(guide.rows().T):
            track = self.choir.tracks[voice]
            loud = _loudness(self._score, track, self._span.join)
            edges = np.flatnonzero(np.diff(column, prepend=-2, append=-2))
            for first, last in pairwise(edges.tolist()):
                if column[first] >= 0:
                    start, end = (round(self._span.join + c * self._cell) for c in (first, last))
                    channel = tracks[track].channel
                    found.append(
                        (start, min(end, self._span.end), column[first], loud, channel, track)
                    )
        notes = np.sort(np.array(found, NOTE), order=("start", "track", "pitch", "end"))
        return notes if self._span.most is None else notes[: self._span.most]


def _places(score: Score, join: int) -> list[float]:
    """The mean pitch of each track's last notes before the join; 60 for one without notes."""
    before = score.notes[score.notes["start"] < join]
    recent = [before["pitch"][before["track"] == t.index][-RECENT:] for t in score.tracks]
    return [float(pitch.mean()) if len(pitch) else 60.0 for pitch in recent]


def _loudness(score: Score, track: int, join: int) -> int:
    notes = score.notes[(score.notes["track"] == track) & (score.notes["start"] < join)]
    return round(float(notes["velocity"][-RECENT:].mean())) if len(notes) else LOUD
