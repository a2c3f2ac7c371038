"""The event guide: continues note events from the join to the end, within the guards."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from seqgen.core.guide import Verdict
from seqgen.frontends.music import bins
from seqgen.frontends.music.clock import UNITS_PER_BEAT, UNITS_PER_SECOND, MetricClock
from seqgen.frontends.music.echo import key_of
from seqgen.frontends.music.events import (
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
from seqgen.frontends.music.guards import LoopGuard
from seqgen.frontends.music.roles import ROLES

CHORD = 12
"""Notes that may start together."""
_DRUMS = ROLES.index("drums")


class EventGuide:
    """Draws notes that start from ``join`` on and before ``end``, both in units of the clock.

    ``opening`` is the last step of the primer with its onset: its note is given, and only the
    shift to the first new note is drawn. Without it the first note starts at ``join``.
    """

    def __init__(
        self,
        timeline: Timeline,
        *,
        join: int,
        end: int,
        opening: tuple[NDArray[np.integer], int] | None,
        gap: int,
        roles: tuple[str, ...],
        pitches: NDArray[np.bool_] | None = None,
        most: int | None = None,
    ) -> None:
        self.faults: Counter[str] = Counter()
        self._timeline, self._join, self._end, self._most = timeline, join, end, most
        self._opening = None if opening is None else opening[0]
        self._now = join if opening is None else opening[1]
        self._gap = gap
        self._roles = np.isin(np.array(ROLES), roles)
        self._pitches = np.ones(128, bool) if pitches is None else pitches
        beats = 8 * UNITS_PER_BEAT
        metric = isinstance(timeline.clock, MetricClock)
        self._patience = beats if metric else 4 * UNITS_PER_SECOND
        self._longest = 2 * self._patience
        self._loop = LoopGuard()
        self._banned: dict[int, NDArray[np.bool_]] = {}
        self._notes: list[tuple[int, int, int, int, int]] = []
        self._sounding: dict[tuple[int, int], int] = {}
        self._struck: set[tuple[int, int]] = set()

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
        allowed = np.ones(SPEC.fields[field].size, bool)
        if field == ROLE:
            allowed &= self._roles
        elif field == PITCH:
            if drawn[ROLE] != _DRUMS:
                allowed &= self._pitches
            for role, pitch in self._struck:
                if role == drawn[ROLE]:
                    allowed[pitch] = False
        elif field == DURATION:
            allowed[0] = False
        elif field == SHIFT:
            allowed[END] = False
        banned = self._banned.get(field)
        return allowed if banned is None or not (allowed & ~banned).any() else allowed & ~banned

    def _join_shifts(self) -> NDArray[np.int64]:
        """The shifts that lead to the join or soon after it; the longest where none does."""
        onsets = self._now + bins.VALUES
        found = np.flatnonzero((onsets >= self._join) & (onsets <= self._join + self._patience))
        return found if len(found) else np.array([bins.COUNT - 1])

    def judge(self, step: tuple[int, ...]) -> Verdict:
        """Take a note, or send it back; see ``Guide.judge``."""
        if self._opening is not None:
            self._opening = None
            self._move(step[SHIFT])
            self._now = max(self._now, self._join)
            return Verdict.STOP if self._now >= self._end else Verdict.KEEP
        if self._at_fault(step):
            return Verdict.REDRAW
        self._banned.clear()
        self._take(step)
        full = self._most is not None and len(self._notes) >= self._most
        return Verdict.STOP if full or self._now >= self._end else Verdict.KEEP

    def _at_fault(self, step: tuple[int, ...]) -> bool:
        shift = int(bins.VALUES[step[SHIFT]])
        key = key_of(np.array([step[ROLE], step[PITCH], step[SHIFT]]))
        if shift > self._patience:
            self._ban("silence", SHIFT, self._patience < bins.VALUES)
        elif shift == 0 and len(self._struck) + 1 >= CHORD:
            self._ban("pile-up", SHIFT, bins.VALUES == 0)
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
        length = int(bins.VALUES[step[DURATION]])
        if length > self._longest:
            self.faults["hanging note"] += 1
            length = self._longest
        earlier = self._sounding.get((role, pitch))
        if earlier is not None:
            start, held, *rest = self._notes[earlier]
            if start + held > self._now:
                self.faults["overlap"] += 1
                self._notes[earlier] = (start, self._now - start, rest[0], rest[1], rest[2])
        self._sounding[role, pitch] = len(self._notes)
        loud = step[VELOCITY] * VELOCITY_STEP + VELOCITY_STEP // 2
        length = max(1, min(length, self._end - self._now))
        self._notes.append((self._now, length, pitch, loud, role))
        self._struck.add((role, pitch))
        self._move(step[SHIFT])

    def _move(self, shift: int) -> None:
        if shift:
            self._struck.clear()
        self._gap = shift
        self._now += int(bins.VALUES[shift])

    def events(self) -> NDArray[np.void]:
        """The notes taken so far, as EVENTs."""
        return np.array(self._notes, EVENT)
