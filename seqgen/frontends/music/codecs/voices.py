"""The voice codec: one step a chord of four voices, for chorales and whatever can be sung so."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seqgen.core.steps import Field, Steps, StepSpec
from seqgen.frontends.music.codecs.echo import HISTORY, Echo, key_of

VOICES = ("soprano", "alto", "tenor", "bass")
CHAIN = (0, 3, 1, 2)
"""The order in which the voices of a chord are drawn: outer voices first."""
RANGES = ((60, 81), (53, 74), (48, 69), (36, 64))
"""Where each voice sings, as MIDI pitches, both ends included."""
LOWEST, HIGHEST = 30, 84
SILENT = 0
CELLS_PER_BEAT = 4
LONGEST = 16
BAR = 16
HOLD = 4
PITCHES = HIGHEST - LOWEST + 2
NONE = PITCHES
"""In an echo: there is nothing to repeat."""
CHORD_MATCH, TUNE_MATCH = 12, 20
SPEC = StepSpec(
    fields=(*(Field(VOICES[voice], PITCHES) for voice in CHAIN), Field("duration", LONGEST)),
    sides=(
        Field("position", BAR),
        Field("last", LONGEST + 1),
        *(Field(f"{VOICES[voice]} age", BAR + 1) for voice in CHAIN),
        *(Field(f"chord echo {VOICES[voice]}", PITCHES + 1) for voice in CHAIN),
        Field("chord echo duration", LONGEST + 1),
        Field("chord match", CHORD_MATCH + 1),
        *(Field(f"tune echo {VOICES[voice]}", PITCHES + 1) for voice in CHAIN),
        Field("tune echo duration", LONGEST + 1),
        Field("tune match", TUNE_MATCH + 1),
    ),
)
ECHOED = [*range(6, 10), *range(12, 16)]
"""The sides that hold pitches, and move with them in a transposition."""


def classes_of(rows: NDArray[np.integer]) -> NDArray[np.int16]:
    """Rows of pitches (T, 4) in S, A, T, B order, -1 silent, as classes in chain order.

    Pitches outside 30 to 84 are moved by octaves.
    """
    pitch = rows[:, list(CHAIN)].astype(np.int64)
    low = -(-(LOWEST - pitch) // 12) * 12
    high = -(-(pitch - HIGHEST) // 12) * 12
    folded = np.where(pitch < LOWEST, pitch + low, np.where(pitch > HIGHEST, pitch - high, pitch))
    return np.where(pitch < 0, SILENT, folded - LOWEST + 1).astype(np.int16)


def pitches_of(classes: NDArray[np.integer]) -> NDArray[np.int64]:
    """Classes (T, 4) in chain order back to pitches in S, A, T, B order, -1 silent."""
    found = np.empty((len(classes), 4), np.int64)
    found[:, list(CHAIN)] = np.where(classes == SILENT, -1, classes.astype(int) + LOWEST - 1)
    return found


def encode(rows: NDArray[np.integer], start: int = 0) -> Steps:
    """Rows of pitches, one a 16th, as steps: fields (T, 5) and sides (T, 18).

    A step is a chord and how many 16ths it holds until any voice moves, 16 at most: all that
    the rows say, in a third of the steps. ``start`` is the cell of the first row in its bar.
    The sides are those of ``Memory``.
    """
    cells = classes_of(rows)
    starts = _chord_starts(cells)
    lengths = np.diff([*starts, len(cells)])
    fields = np.concatenate([cells[starts], lengths[:, None] - 1], axis=1).astype(np.int16)
    sides = np.zeros((len(starts), len(SPEC.sides)), np.int16)
    memory = Memory(start)
    for index, step in enumerate(fields):
        sides[index] = memory.sides()
        memory.push(step)
    return Steps(fields, sides)


def decode(fields: NDArray[np.integer]) -> NDArray[np.int64]:
    """Steps (T, 5) back to rows of pitches, one a 16th; the inverse of ``encode``."""
    return np.repeat(pitches_of(fields[:, :4]), fields[:, HOLD].astype(int) + 1, axis=0)


def _chord_starts(cells: NDArray[np.int16]) -> list[int]:
    starts = [0] if len(cells) else []
    moved = np.any(cells[1:] != cells[:-1], axis=1)
    for cell in range(1, len(cells)):
        if moved[cell - 1] or cell - starts[-1] >= LONGEST:
            starts.append(cell)
    return starts


class Memory:
    """What the steps so far say of the next one, besides what the LSTM keeps of them.

    That is the place in a bar of sixteen cells, how long the last chord held, for how many cells
    each voice has not moved, and two echoes: of the chords, and of the soprano's tune.
    """

    def __init__(self, start: int = 0) -> None:
        self._cell = start
        self._steps: list[NDArray[np.integer]] = []
        self._ages = np.zeros(4, np.int64)
        self._chords, self._tune = Echo(), Echo()

    def push(self, step: NDArray[np.integer]) -> None:
        """Let a step (5,), a chord in chain order and its length, pass."""
        cells = int(step[HOLD]) + 1
        if self._steps:
            self._ages[step[:4] != self._steps[-1][:4]] = 0
        self._ages = np.minimum(self._ages + cells, BAR)
        self._cell += cells
        self._chords.push(key_of(step))
        self._tune.push(int(step[0]))
        self._steps.append(step)
        if len(self._steps) > 2 * HISTORY:
            del self._steps[:-HISTORY]

    def sides(self) -> NDArray[np.int64]:
        """The sides (18,) of the step to come."""
        last = int(self._steps[-1][HOLD]) + 1 if self._steps else 0
        chords = self._echo(self._chords, CHORD_MATCH)
        tune = self._echo(self._tune, TUNE_MATCH)
        return np.array([self._cell % BAR, last, *self._ages, *chords, *tune])

    def _echo(self, echo: Echo, longest: int) -> list[int]:
        back, length = echo.find()
        if not 0 < back <= len(self._steps):
            return [NONE] * 4 + [LONGEST, 0]
        return [*self._steps[-back].tolist(), min(length, longest)]


def transpositions(rows: NDArray[np.integer]) -> list[int]:
    """Shifts in semitones, -11 to 11, that keep every voice inside its range; 0 at least."""
    return [shift for shift in range(-11, 12) if shift == 0 or _fits(rows, shift)]


def _fits(rows: NDArray[np.integer], shift: int) -> bool:
    for column, (low, high) in zip(rows.T, RANGES, strict=True):
        sung = column[column >= 0]
        if len(sung) and not low <= sung.min() + shift <= sung.max() + shift <= high:
            return False
    return True
