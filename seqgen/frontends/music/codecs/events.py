"""The event codec: one step a note, for any music with roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.core.steps import Field, Steps, StepSpec
from seqgen.frontends.music.codecs import bins
from seqgen.frontends.music.codecs.clock import UNITS_PER_BEAT, Clock, MetricClock
from seqgen.frontends.music.midi.meter import MeterMap, TempoMap
from seqgen.frontends.music.midi.roles import ROLES
from seqgen.frontends.music.midi.score import Score

ROLE, PITCH, DURATION, VELOCITY, SHIFT = range(5)
VELOCITY_STEP = 4
END = bins.COUNT
POSITIONS = 8 * UNITS_PER_BEAT
BAR_CLASSES = 17
TEMPO_CLASSES = 16
SPEC = StepSpec(
    fields=(
        Field("role", len(ROLES)),
        Field("pitch", 128),
        Field("duration", bins.COUNT),
        Field("velocity", 128 // VELOCITY_STEP),
        Field("shift", bins.COUNT + 1),
    ),
    sides=(
        Field("position", POSITIONS + 1),
        Field("bar", BAR_CLASSES),
        Field("tempo", TEMPO_CLASSES),
        Field("gap", bins.COUNT + 1),
    ),
)

EVENT = np.dtype(
    [("start", "i8"), ("duration", "i8"), ("pitch", "u1"), ("velocity", "u1"), ("role", "u1")]
)
"""A note as the codec sees it; start and duration in the units of its clock."""


@dataclass(frozen=True)
class Timeline:
    """Where an onset lies: the bars and tempi of a score, seen through a clock."""

    clock: Clock
    meters: MeterMap
    tempos: TempoMap

    def sides(self, units: NDArray[np.int64]) -> NDArray[np.int16]:
        """Position in the bar, bar length and tempo (T, 3) at onsets in units.

        In metric time the position counts 12ths of a beat, the bar length eighths. Bars of less
        than three beats say nothing of the phrase and are joined to four beats. In free time
        both classes say so.
        """
        ticks = self.clock.ticks(units)
        found = np.zeros((len(units), 3), np.int16)
        found[:, 2] = tempo_class(self.tempos.bpm_at(ticks))
        if not isinstance(self.clock, MetricClock):
            found[:, 0] = POSITIONS
            return found
        beat = self.clock.ticks_per_beat
        bar = np.maximum(ticks - self.clock.phase, 0)
        start, length = self.meters.bar_start(bar), self.meters.bar_ticks(bar)
        short = length < 3 * beat
        since = np.where(short, bar % (4 * beat), bar - start)
        length = np.where(short, 4 * beat, length)
        position = np.rint(since * (UNITS_PER_BEAT / beat)).astype(np.int64)
        found[:, 0] = position % POSITIONS
        found[:, 1] = np.clip(np.rint(2 * length / beat), 1, BAR_CLASSES - 1)
        return found


def tempo_class(bpm: NDArray[np.float64]) -> NDArray[np.int64]:
    """Six classes an octave of tempo, from 30 bpm on."""
    octaves = np.log2(np.maximum(bpm, 1.0) / 30)
    return np.asarray(np.clip(np.rint(6 * octaves), 0, TEMPO_CLASSES - 1), np.int64)


def timeline_of(score: Score, clock: Clock) -> Timeline:
    """The timeline of a score."""
    return Timeline(clock, score.meters, score.tempos)


def events_of(
    score: Score, clock: Clock, roles: Sequence[str | None] | None = None
) -> NDArray[np.void]:
    """The notes of a score as EVENTs, by (start, role, pitch).

    ``roles`` are those of its tracks, None for a track to be left out; without it, every track
    plays its own. Starts are rounded to the unit, durations too, to one at least.
    """
    if roles is None:
        roles = [track.role for track in score.tracks]
    numbers = np.array([-1 if role is None else ROLES.index(role) for role in roles], np.int16)
    notes = score.notes
    notes = notes[numbers[notes["track"]] >= 0] if len(notes) else notes
    found = np.zeros(len(notes), EVENT)
    start = np.rint(clock.units(notes["start"]))
    found["start"] = start
    found["duration"] = np.maximum(1, np.rint(clock.units(notes["end"]) - start))
    found["pitch"], found["velocity"] = notes["pitch"], notes["velocity"]
    found["role"] = numbers[notes["track"]] if len(notes) else 0
    return np.sort(found, order=("start", "role", "pitch", "duration"))


def encode(events: NDArray[np.void], timeline: Timeline) -> Steps:
    """EVENTs, sorted, as steps: fields (T, 5) and sides (T, 4).

    The last field of a step is the time to the next note, so that the place of every note in its
    bar is known before the note is predicted; END follows the last note. Shifts of more than 96
    units are rounded down to proportional bins; what is lost, less than 4.4 % of the shift, is
    made up for by the next one. The sides are those of the onsets that ``decode`` gives.
    """
    fields = np.zeros((len(events), 5), np.int16)
    sides = np.zeros((len(events), 4), np.int16)
    if len(events) == 0:
        return Steps(fields, sides)
    fields[:, ROLE], fields[:, PITCH] = events["role"], events["pitch"]
    fields[:, DURATION] = bins.nearest(events["duration"])
    fields[:, VELOCITY] = events["velocity"] // VELOCITY_STEP
    fields[:-1, SHIFT] = shift_classes(np.diff(events["start"]))
    fields[-1, SHIFT] = END
    sides[:, :3] = timeline.sides(decode(fields, int(events["start"][0]))["start"])
    sides[:, 3] = np.concatenate([[END], fields[:-1, SHIFT]])
    return Steps(fields, sides)


def shift_classes(gaps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Classes of the gaps between onsets, what rounding takes from a gap carried to the next.

    A gap of 0 stays 0, so that chords stay together.
    """
    found = bins.below(gaps)
    if len(gaps) and gaps.max() > bins.EXACT:
        owed = 0
        for index in np.flatnonzero(gaps):
            wanted = int(gaps[index]) + owed
            found[index] = bins.below(wanted)
            owed = 0 if wanted > bins.LONGEST else wanted - int(bins.VALUES[found[index]])
    return found


def decode(fields: NDArray[np.int16], start: int) -> NDArray[np.void]:
    """Steps (T, 5) back to EVENTs, the first of them at ``start``; the inverse of ``encode``."""
    events = np.empty(len(fields), EVENT)
    shifts = bins.VALUES[np.minimum(fields[:, SHIFT], bins.COUNT - 1)]
    events["start"] = start + np.concatenate([[0], np.cumsum(shifts[:-1])])[: len(fields)]
    events["duration"] = np.maximum(1, bins.VALUES[fields[:, DURATION]])
    events["pitch"], events["role"] = fields[:, PITCH], fields[:, ROLE]
    loud = fields[:, VELOCITY].astype(np.int64) * VELOCITY_STEP + VELOCITY_STEP // 2
    events["velocity"] = loud
    return events
