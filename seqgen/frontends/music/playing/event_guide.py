"""The event guide: continues note events from the join to the end, within the guards."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from seqgen.core.guide import Verdict
from seqgen.frontends.music.codecs import bins
from seqgen.frontends.music.codecs.clock import (
    UNITS_PER_BEAT,
    UNITS_PER_SECOND,
    Clock,
    MetricClock,
)
from seqgen.frontends.music.codecs.echo import key_of
from seqgen.frontends.music.codecs.events import (
    DURATION,
    END,
    EVENT,
    PITCH,
    ROLE,
    SHIFT,
    SPEC,
    VELOCITY,
    VELOCITY_STEP,
    Timeline,
)
from seqgen.frontends.music.midi.roles import ROLES
from seqgen.frontends.music.playing.density import Pace, Wish
from seqgen.frontends.music.playing.guards import LoopGuard, RestGuard
from seqgen.frontends.music.playing.seating import Seating
from seqgen.frontends.music.playing.span import Span

CHORD = 12
"""Notes that may start together."""
_BAR = 4 * UNITS_PER_BEAT, 2 * UNITS_PER_SECOND
"""The longest pause before the first note: four beats, or two seconds in free time."""
_SHIFTS = np.append(bins.VALUES, bins.LONGEST)  # the last class is END, which is not drawn
_DRUMS = ROLES.index("drums")


def unit_at(clock: Clock, tick: int) -> int:
    """The first unit at or after a tick, where the clock's grid is taken for the file's."""
    phase = clock.phase if isinstance(clock, MetricClock) else 0
    return math.ceil(float(clock.units(np.array([tick + phase]))[0]) - 1e-6)


class EventGuide:
    """Draws notes that start inside ``span``, which is in ticks.

    ``opening`` is the last step of the primer with its onset: its note is given, and only the
    shift to the first new note is drawn. Without it the first note starts at the join.
    ``seating`` says which track plays what: notes of one channel and pitch never overlap, and a
    track starts no more notes together than in the primer. ``pause`` is the longest time between
    two onsets of the primer; the new music may pause as long, and for one bar to two in any case.
    ``pitches`` (128,) and ``places`` (12,) in a beat are those where notes may lie, None for all.
    ``heard`` are the primer's notes, EVENTs; no part may rest longer than it did there.
    ``wish`` is the density, None for the model's own.
    """

    def __init__(
        self,
        timeline: Timeline,
        span: Span,
        *,
        opening: tuple[NDArray[np.integer], int] | None,
        gap: int,
        pause: int,
        roles: tuple[str, ...],
        seating: Seating,
        pitches: NDArray[np.bool_] | None = None,
        places: NDArray[np.bool_] | None = None,
        heard: NDArray[np.void] | None = None,
        wish: Wish | None = None,
    ) -> None:
        self.faults: Counter[str] = Counter()
        self._timeline, self._span, clock = timeline, span, timeline.clock
        self._join = unit_at(clock, span.join)
        end = min(unit_at(clock, span.end), math.ceil(clock.units(np.array([span.end]))[0] - 1e-6))
        self._end = max(self._join + 1, end)
        self._opening = None if opening is None else opening[0]
        self._now = self._join if opening is None else opening[1]
        self._gap = gap
        self._places = np.ones(UNITS_PER_BEAT, bool) if places is None else places
        self._seats, self._width = seating.tracks, seating.width
        self._channels = seating.channel[seating.tracks]
        self._playable = seating.reach & np.isin(np.array(ROLES), roles)[:, None]
        if pitches is not None:
            self._playable[np.arange(len(ROLES)) != _DRUMS] &= pitches
        self._metric = isinstance(clock, MetricClock)
        self._bar = _BAR[0] if self._metric else _BAR[1]
        tick = math.ceil(np.diff(clock.units(span.join + np.arange(2)))[0])
        self._pace = None if wish is None else Pace(wish, _SHIFTS, self._bar)
        self._patience = max(min(max(pause, self._bar), 2 * self._bar), tick)
        self._longest = 4 * self._bar
        self._loop = LoopGuard()
        notes = np.empty(0, EVENT) if heard is None else heard
        self._rest = RestGuard(notes["start"], notes["role"], join=self._join, bar=self._bar)
        self._banned: dict[int, NDArray[np.bool_]] = {}
        self._notes: list[tuple[int, int, int, int, int]] = []
        self._sounding: dict[tuple[int, int], int] = {}
        self._struck: list[tuple[int, int]] = []
        """Role and pitch of the notes that start now."""

    def sides(self) -> NDArray[np.int16]:
        """Side inputs (4,) of the note to come."""
        place = self._timeline.sides(np.array([self._now]))[0]
        return np.array([*place, self._gap], np.int16)

    def allowed(self, field: int, drawn: tuple[int, ...]) -> NDArray[np.bool_] | None:
        """Which classes may follow; see ``Guide.allowed``."""
        if self._opening is not None:
            only = np.zeros(SPEC.fields[field].size, bool)
            only[self._join_shifts() if field == SHIFT else self._opening[field]] = True
            return only
        allowed: NDArray[np.bool_] = np.ones(SPEC.fields[field].size, np.bool_)
        if field == ROLE:
            allowed &= self._open(self._struck).any(axis=1)
            overdue = np.isin(np.arange(len(ROLES)), self._rest.overdue(self._now))
            allowed &= overdue | ~(allowed & overdue).any()
        elif field == PITCH:
            allowed &= self._open(self._struck)[drawn[ROLE]]
        elif field == DURATION:
            allowed[0] = False
        elif field == SHIFT:
            allowed[END] = False
            allowed[: bins.COUNT] &= self._on_grid() | (bins.VALUES == 0)
            if not self._open([*self._struck, (drawn[ROLE], drawn[PITCH])]).any():
                allowed[: bins.COUNT] &= ~self._stays()
        banned = self._banned.get(field)
        return allowed if banned is None or not (allowed & ~banned).any() else allowed & ~banned

    def weighed(
        self,
        field: int,
        drawn: tuple[int, ...],
        logits: NDArray[np.floating],
        allowed: NDArray[np.bool_] | None,
    ) -> NDArray[np.floating]:
        """The time to the next note, tilted to the density; see ``Guide.weighed``."""
        if self._pace is None or field != SHIFT or allowed is None or self._opening is not None:
            return logits
        return self._pace.tilted(logits, allowed)

    def _open(self, struck: list[tuple[int, int]]) -> NDArray[np.bool_]:
        """What may yet start beside ``struck``: (roles, 128)."""
        found = self._playable.copy()
        if struck:
            taken = np.bincount([self._seats[note] for note in struck], minlength=len(self._width))
            found &= (taken < self._width)[self._seats]
        for note in struck:
            found[self._channels[:, note[1]] == self._channels[note], note[1]] = False
        return found

    def _join_shifts(self) -> NDArray[np.int64]:
        """The shifts to a first note in the first bar, or the nearest where none leads there."""
        onsets = self._now + bins.VALUES
        last = min(self._join + self._bar, self._end - 1)
        reach = bins.EXACT if self._metric else bins.LONGEST  # rounded shifts miss the grid
        good = (onsets >= self._join) & (onsets <= last) & (reach >= bins.VALUES)
        good &= self._on_grid() | ~(good & self._on_grid()).any()
        return np.flatnonzero(good) if good.any() else bins.nearest([self._join - self._now])

    def _on_grid(self) -> NDArray[np.bool_]:
        """The shifts that lead to a place in the beat where notes may start."""
        return np.asarray(self._places[(self._now + bins.VALUES) % UNITS_PER_BEAT])

    def judge(self, step: tuple[int, ...]) -> Verdict:
        """Take a note, or send it back; see ``Guide.judge``."""
        if self._opening is not None:
            self._opening = None
            self._gap = step[SHIFT]
            onset = self._now + int(bins.VALUES[self._gap])
            missed = self._metric and self._join - self._now > bins.EXACT
            self._now = self._join if missed else max(self._join, min(onset, self._end - 1))
            return Verdict.KEEP
        if self._at_fault(step):
            return Verdict.REDRAW
        self._banned.clear()
        self._take(step)
        if self._pace is not None:
            self._pace.push(int(bins.VALUES[step[SHIFT]]), 1)
        full = self._span.most is not None and len(self._notes) >= self._span.most
        return Verdict.STOP if full or self._now >= self._end else Verdict.KEEP

    def _at_fault(self, step: tuple[int, ...]) -> bool:
        shift = int(bins.VALUES[step[SHIFT]])
        key = key_of(np.array([step[ROLE], step[PITCH], step[SHIFT]]))
        if shift > self._patience:
            self._ban("silence", SHIFT, self._patience < bins.VALUES)
        elif len(self._struck) + 1 >= CHORD and self._stays()[step[SHIFT]]:
            self._ban("pile-up", SHIFT, self._stays())
        elif self._loop.closes(key) and PITCH not in self._banned:
            self._ban("loop", PITCH, np.arange(128) == step[PITCH])
        else:
            self._loop.push(key)
            return False
        return True

    def _ban(self, fault: str, field: int, classes: NDArray[np.bool_]) -> None:
        self.faults[fault] += 1
        banned = np.zeros(SPEC.fields[field].size, bool)
        banned[: len(classes)] = classes
        self._banned[field] = self._banned.get(field, np.zeros_like(banned)) | banned

    def _take(self, step: tuple[int, ...]) -> None:
        role, pitch = step[ROLE], step[PITCH]
        if role in self._rest.overdue(self._now):
            self.faults["long rest"] += 1
        self._rest.push(role, self._now)
        length = int(bins.VALUES[step[DURATION]])
        if length > self._longest:
            self.faults["hanging note"] += 1
            length = self._longest
        key = int(self._channels[role, pitch]), pitch
        earlier = self._sounding.get(key)
        if earlier is not None:
            start, held, *rest = self._notes[earlier]
            if start + held > self._now:
                self.faults["overlap"] += 1
                self._notes[earlier] = (start, self._now - start, rest[0], rest[1], rest[2])
        self._sounding[key] = len(self._notes)
        loud = step[VELOCITY] * VELOCITY_STEP + VELOCITY_STEP // 2
        length = max(1, min(length, self._end - self._now))
        self._notes.append((self._now, length, pitch, loud, role))
        self._struck.append((role, pitch))
        self._move(step[SHIFT])

    def _stays(self) -> NDArray[np.bool_]:
        """The shifts that lead to no later tick."""
        ticks = self._timeline.clock.ticks(self._now + bins.VALUES)
        return np.asarray(ticks <= max(ticks[0], self._span.join))

    def _move(self, shift: int) -> None:
        if shift and not self._stays()[shift]:
            self._struck.clear()
        self._gap = shift
        self._now += int(bins.VALUES[shift])

    @property
    def density(self) -> tuple[int, int]:
        """How many notes were taken, and the units of time from the join to the next one."""
        return len(self._notes), max(min(self._now, self._end) - self._join, 1)

    def events(self, since: int = 0) -> NDArray[np.void]:
        """The notes taken so far, from the one numbered ``since`` on, as EVENTs."""
        return np.array(self._notes[since:], EVENT)
