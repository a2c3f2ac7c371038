"""Continuation: a primer made ready for the sampler, and what was drawn as notes of the file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from seqgen.core.guide import Guide
from seqgen.core.steps import Steps
from seqgen.errors import InputFileError, UsageError
from seqgen.frontends.music.codecs import events, voices
from seqgen.frontends.music.codecs.choir import Choir, hear_choir
from seqgen.frontends.music.codecs.clock import Clock, MetricClock, choose_clock
from seqgen.frontends.music.midi.score import NOTE, Score
from seqgen.frontends.music.midi.writer import untangled
from seqgen.frontends.music.playing.density import Wish
from seqgen.frontends.music.playing.event_guide import EventGuide, unit_at
from seqgen.frontends.music.playing.grid import places_in_beat
from seqgen.frontends.music.playing.seating import Seating, left_out, roles_for
from seqgen.frontends.music.playing.span import Span
from seqgen.frontends.music.playing.voice_guide import VoiceGuide

HEARD = 1 << 14
"""Notes of a primer, or 16ths of a choir's, that are heard: what came before is forgotten."""


TRIAL = 32
"""Beats that a model plays to find how dense its own music is here."""


class Continuation(Protocol):
    """A primer made ready for the sampler: feed ``steps``, then let ``guide`` draw."""

    steps: Steps
    clock: Clock
    warnings: list[str]

    def guide(self, wish: Wish | None = None) -> Guide:
        """A fresh guide for one take; ``wish`` is its density, None for the model's own."""
        ...

    def trial(self) -> Guide:
        """A fresh guide for TRIAL beats, fewer where fewer are asked for."""
        ...

    def density(self, guides: Sequence[Guide]) -> float:
        """The notes that guides took together, per unit of time."""
        ...

    def notes(self, guide: Guide, since: int = 0) -> NDArray[np.void]:
        """The notes a guide took, as NOTEs on the primer's tracks.

        Those that began before step ``since`` are left out; what they change in later ones too.
        """
        ...


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
        self._span, self._pitches = span, pitches
        self._ticks_per_beat = score.ticks_per_beat
        plays = f"plays {', '.join(known)}"
        roles = roles_for(score.tracks, known)
        silent = [t for t in score.tracks if t.index in playing and roles[t.index] is None]
        if len(silent) == len(playing):
            raise InputFileError(f"the primer holds only drums, the model {plays}")
        self.warnings = left_out(silent, plays)
        self._roles = [role if i in playing else None for i, role in enumerate(roles)]
        self.clock = choose_clock(score, time)
        self._seating = Seating(score, self.clock, span.join, self._roles)
        self._timeline = events.timeline_of(score, self.clock)
        heard = events.events_of(score, self.clock, self._roles)
        heard = heard[heard["start"] < unit_at(self.clock, span.join)]
        self._heard = heard[-HEARD:]
        if len(heard) > HEARD:
            self.warnings += [f"the primer holds {len(heard)} notes, the last {HEARD} are heard"]
        self._steps = events.encode(self._heard, self._timeline)
        self.steps = Steps(self._steps.fields[:-1], self._steps.sides[:-1])

    def guide(self, wish: Wish | None = None) -> EventGuide:
        """A fresh guide for one take; see ``Continuation.guide``."""
        return self._guide(self._span, wish)

    def trial(self) -> EventGuide:
        """A fresh guide for TRIAL beats; see ``Continuation.trial``."""
        join, end = self._span.join, self._span.end
        return self._guide(Span(join, min(end, join + TRIAL * self._ticks_per_beat)))

    def density(self, guides: Sequence[Guide]) -> float:
        """The notes that guides took together; see ``Continuation.density``."""
        return _density([guide.density for guide in guides if isinstance(guide, EventGuide)])

    def _guide(self, span: Span, wish: Wish | None = None) -> EventGuide:
        last = self._steps.fields[-1] if len(self._steps) else None
        gap = int(self._steps.sides[-1, 3]) if len(self._steps) else events.END
        return EventGuide(
            self._timeline,
            span,
            opening=None if last is None else (last, int(self._heard["start"][-1])),
            gap=gap,
            pause=int(np.diff(self._heard["start"]).max(initial=0)),
            roles=tuple(role for role in self._roles if role),
            seating=self._seating,
            pitches=self._pitches,
            places=places_in_beat(self._heard["start"]) if self.clock.kind == "metric" else None,
            heard=self._heard,
            wish=wish,
        )

    def notes(self, guide: Guide, since: int = 0) -> NDArray[np.void]:
        """The notes a guide took, as NOTEs on the primer's tracks; see ``Continuation.notes``.

        Of several tracks of a role, the one that last played nearest in pitch takes a note, and
        plays it as much louder or softer than the others of its role as it did. A track whose
        notes followed one another goes on so.
        """
        assert isinstance(guide, EventGuide)
        drawn = guide.events(since)
        found = np.zeros(len(drawn), NOTE)
        join, end = self._span.join, self._span.end
        found["start"] = np.maximum(join, self.clock.ticks(drawn["start"]))
        stop = np.minimum(end, self.clock.ticks(drawn["start"] + drawn["duration"]))
        found["end"] = np.maximum(found["start"] + 1, stop)
        found["pitch"] = drawn["pitch"]
        found["track"] = self._seating.tracks[drawn["role"], drawn["pitch"]]
        found["channel"] = self._seating.channel[found["track"]]
        loud = np.rint(drawn["velocity"] + self._seating.accent[found["track"]])
        found["velocity"] = np.clip(loud, 1, 127)
        for track in np.flatnonzero(self._seating.single):
            mine = np.flatnonzero(found["track"] == track)
            until = np.maximum(found["start"][mine[1:]], found["start"][mine[:-1]] + 1)
            found["end"][mine[:-1]] = np.minimum(found["end"][mine[:-1]], until)
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
        self._span, self._pitches = span, pitches
        sings = f"sings {len(voices.VOICES)} voices"
        singing = [i for i in playing if not score.tracks[i].is_drums]
        if not singing:
            raise InputFileError(f"the primer holds only drums, the model {sings}")
        clock = choose_clock(score, "metric")
        assert isinstance(clock, MetricClock)
        self.clock: Clock = clock
        self.choir: Choir = hear_choir(score, clock, span.join, singing)
        silent = [score.tracks[i] for i in playing if i not in self.choir.tracks]
        self.warnings = left_out(silent, sings)
        self._seating = Seating(score, clock, span.join, [None] * len(score.tracks))
        self._cell = score.ticks_per_beat / voices.CELLS_PER_BEAT
        self._cells = max(1, round((span.end - span.join) / self._cell))
        rows = self.choir.rows[-HEARD:]
        if len(rows) < len(self.choir.rows):
            self.warnings += [f"the primer is long, its last {HEARD // voices.BAR} bars are heard"]
        self._singing = np.any(self.choir.rows >= 0, axis=0) | (len(rows) == 0)
        self._lifts = _lifts(rows)
        self.steps = voices.encode(np.where(rows < 0, rows, rows - self._lifts))

    def guide(self, wish: Wish | None = None) -> VoiceGuide:
        """A fresh guide for one take; see ``Continuation.guide``."""
        return self._guide(self._cells, self._span.most, wish)

    def trial(self) -> VoiceGuide:
        """A fresh guide for TRIAL beats; see ``Continuation.trial``."""
        return self._guide(min(self._cells, TRIAL * voices.CELLS_PER_BEAT))

    def density(self, guides: Sequence[Guide]) -> float:
        """The notes that guides took together; see ``Continuation.density``."""
        return _density([guide.density for guide in guides if isinstance(guide, VoiceGuide)])

    def _guide(self, cells: int, most: int | None = None, wish: Wish | None = None) -> VoiceGuide:
        channels = self._seating.channel[list(self.choir.tracks)]
        return VoiceGuide(
            self.steps,
            cells=cells,
            channels=channels,
            lifts=self._lifts,
            singing=self._singing,
            pitches=self._pitches,
            most=most,
            wish=wish,
        )

    def notes(self, guide: Guide, since: int = 0) -> NDArray[np.void]:
        """The notes a guide took, on the tracks that sing them; see ``Continuation.notes``."""
        assert isinstance(guide, VoiceGuide)
        before = max(since - 1, 0)
        offset, fresh = guide.cells(before), guide.cells(since)
        join, end = self._span.join, self._span.end
        found = []
        for track, column in zip(self.choir.tracks, guide.rows(before).T, strict=True):
            loud, channel = round(self._seating.loudness[track]), self._seating.channel[track]
            edges = np.flatnonzero(np.diff(column, prepend=-2, append=-2))
            for run in pairwise(edges.tolist()):
                if column[run[0]] >= 0 and offset + run[0] >= fresh:
                    start, stop = (round(join + (offset + cell) * self._cell) for cell in run)
                    stop = max(start + 1, min(stop, end))
                    found.append((start, stop, column[run[0]], loud, channel, track))
        notes = untangled(np.array(found, NOTE))
        return notes if self._span.most is None or since else notes[: self._span.most]


def _density(taken: Sequence[tuple[int, int]]) -> float:
    """Notes per unit of time, from pairs of both; where there are none, one in all that time."""
    return max(sum(notes for notes, _ in taken), 1) / sum(time for _, time in taken)


def _lifts(rows: NDArray[np.int16]) -> NDArray[np.int64]:
    """Octaves (4,), in semitones, from a voice's own range to where its line last lay."""
    found = np.zeros(4, np.int64)
    for voice, (low, high) in enumerate(voices.RANGES):
        line = rows[-voices.BAR * 16 :, voice]
        mean = float(line[line >= 0].mean()) if (line >= 0).any() else low
        if not low <= mean <= high:
            found[voice] = 12 * round((mean - (low + high) / 2) / 12)
    return found
