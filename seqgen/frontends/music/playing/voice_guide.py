"""The voice guide: continues four voices, chord by chord, within the guards."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from seqgen.core.guide import Verdict
from seqgen.core.steps import Steps
from seqgen.frontends.music.codecs import voices
from seqgen.frontends.music.codecs.echo import key_of
from seqgen.frontends.music.playing.density import Pace, Wish
from seqgen.frontends.music.playing.guards import LoopGuard

_HOLDS = np.arange(voices.LONGEST) + 1
LONGEST_CHORD = 32
"""16ths for which no voice may move."""


class VoiceGuide:
    """Draws chords for ``cells`` 16ths after the steps of a primer.

    Of soprano, alto, tenor and bass, ``channels`` (4,) are where they sound: voices in unison on
    a channel are one note; ``lifts`` (4,) the semitones they sound above what is drawn;
    ``singing`` (4,) whether they are heard: what the others would sing is drawn, and left out.
    ``pitches`` (128,) are those allowed; ``most`` ends the music after so many notes; ``wish`` is
    the density, None for the model's own.
    """

    def __init__(
        self,
        primer: Steps,
        *,
        cells: int,
        channels: NDArray[np.integer],
        lifts: NDArray[np.integer],
        singing: NDArray[np.bool_],
        pitches: NDArray[np.bool_] | None = None,
        most: int | None = None,
        wish: Wish | None = None,
    ) -> None:
        self.faults: Counter[str] = Counter()
        self._memory = voices.Memory()
        self._loop = LoopGuard()
        for step in primer.fields:
            self._memory.push(step)
        self._before = primer.fields[-1] if len(primer) else None
        chain = list(voices.CHAIN)
        self._channels, self._chain_lifts = channels[chain], lifts[chain]
        self._lifts, self._heard, self._singing = lifts, singing, singing[chain]
        self._held = 0
        self._pace = None if wish is None else Pace(wish, _HOLDS, voices.BAR)
        self._cells = 0
        self._left, self._most, self._notes = cells, most, 0
        classes = np.arange(voices.PITCHES)
        self._sung = np.ones(voices.PITCHES, bool)
        if pitches is not None:
            self._sung[1:] = pitches[classes[1:] + voices.LOWEST - 1]
        self._banned: tuple[int, int] | None = None
        self._steps: list[tuple[int, ...]] = []

    def sides(self) -> NDArray[np.int64]:
        """Side inputs (18,) of the chord to come."""
        return self._memory.sides()

    def allowed(self, field: int, drawn: tuple[int, ...]) -> NDArray[np.bool_] | None:
        """Which classes may follow; see ``Guide.allowed``."""
        if field == voices.HOLD:
            return np.arange(voices.LONGEST) < self._left
        allowed = self._sung.copy()
        if self._banned is not None and self._banned[0] == field:
            allowed[self._banned[1]] = False
        before = self._before
        if before is not None and field == voices.HOLD - 1 and tuple(before[:field]) == drawn:
            allowed[before[field]] &= before[voices.HOLD] + 1 >= voices.LONGEST  # else no change
        return allowed

    def weighed(
        self,
        field: int,
        drawn: tuple[int, ...],
        logits: NDArray[np.floating],
        allowed: NDArray[np.bool_] | None,
    ) -> NDArray[np.floating]:
        """How long a chord holds and whether voices move, tilted; see ``Guide.weighed``."""
        if self._pace is None or allowed is None:
            return logits
        if field == voices.HOLD:
            return self._pace.tilted(logits, allowed)
        if self._before is None:
            return logits
        moves = np.arange(voices.PITCHES) != self._before[field]
        moves[voices.SILENT] = False
        return np.asarray(logits - math.log(self._pace.factor) * moves, np.float64)

    def judge(self, step: tuple[int, ...]) -> Verdict:
        """Take a chord, or send it back; see ``Guide.judge``."""
        key = key_of(np.array(step))
        if not np.any(self._singing & (np.array(step[: voices.HOLD]) != voices.SILENT)):
            self._send_back("silence", voices.SILENT)
            return Verdict.REDRAW
        if self._banned is None and self._loop.closes(key):
            self._send_back("loop", step[0])
            return Verdict.REDRAW
        if self._stays(step) and self._held + step[voices.HOLD] >= LONGEST_CHORD:
            self._send_back("hanging chord", step[0])
            return Verdict.REDRAW
        self._banned = None
        self._loop.push(key)
        self._take(np.array(step))
        full = self._most is not None and self._notes >= self._most
        return Verdict.STOP if full or self._left <= 0 else Verdict.KEEP

    def _stays(self, step: tuple[int, ...]) -> bool:
        chord = None if self._before is None else self._before[: voices.HOLD]
        return chord is not None and tuple(chord) == step[: voices.HOLD]

    def _send_back(self, fault: str, soprano: int) -> None:
        self.faults[fault] += 1
        self._banned = (0, soprano)

    def _take(self, step: NDArray[np.int64]) -> None:
        chord = step[: voices.HOLD]
        before = np.full(4, -1) if self._before is None else self._before[: voices.HOLD]
        moved = self._singing & (chord != before) & (chord != voices.SILENT)
        sounding = self._channels * 1024 + chord + self._chain_lifts
        notes = len(np.unique(sounding[moved]))
        self._notes += notes
        cells = int(step[voices.HOLD]) + 1
        self._held = cells + (self._held if np.array_equal(chord, before) else 0)
        self._left -= cells
        self._cells += cells
        if self._pace is not None:
            self._pace.push(cells, notes)
        self._memory.push(step)
        self._before = step
        self._steps.append(tuple(step.tolist()))

    @property
    def density(self) -> tuple[int, int]:
        """How many notes were taken, and for how many 16ths the chords hold."""
        return self._notes, max(self._cells, 1)

    def cells(self, steps: int) -> int:
        """How many 16ths the first ``steps`` chords hold."""
        return sum(step[voices.HOLD] + 1 for step in self._steps[:steps])

    def rows(self, since: int = 0) -> NDArray[np.int64]:
        """Pitches drawn from chord ``since`` on: (T, 4), a row a 16th, S, A, T, B, -1 silent."""
        rows = voices.decode(np.array(self._steps[since:], np.int64).reshape(-1, 5))
        return np.where((rows < 0) | ~self._heard, -1, np.clip(rows + self._lifts, 0, 127))
