"""Sequences: prepared pieces as the trainer draws them, with augmentation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from seqgen.core.steps import Steps
from seqgen.frontends.music.codecs import bins, events, voices
from seqgen.frontends.music.corpus.augment import Augment
from seqgen.frontends.music.corpus.prepared import PreparedSplit
from seqgen.frontends.music.midi.roles import ROLES


class Pieces(Protocol):
    """Prepared pieces of one split, those of the first source in front."""

    @property
    def first(self) -> int:
        """Number of pieces of the first source."""
        ...

    def __len__(self) -> int: ...

    def steps(self, index: int) -> Steps:
        """The steps of a piece."""
        ...


class EventSequences:
    """Pieces of note events, each in two views: on its own clock, and in free time."""

    def __init__(self, own: Pieces, free: Pieces, augment: Augment) -> None:
        if len(own) != len(free):
            raise ValueError(f"{len(own)} pieces against {len(free)} in free time")
        self._own, self._free, self._augment = own, free, augment
        self._lengths = [len(own.steps(index)) for index in range(len(own))]

    def __len__(self) -> int:
        return len(self._own)

    @property
    def first(self) -> int:
        """Number of pieces of the first source."""
        return self._own.first

    def length(self, index: int) -> int:
        """Number of steps of a piece, the same in both views."""
        return self._lengths[index]

    def draw(self, index: int, rng: np.random.Generator | None) -> Steps:
        """A piece as it is, or varied by ``rng``."""
        if rng is None:
            return self._own.steps(index)
        wanted = self._augment
        steps = (self._free if rng.random() < wanted.free else self._own).steps(index)
        fields, sides = steps.fields.copy(), steps.sides.copy()
        pitched = fields[:, events.ROLE] != ROLES.index("drums")
        shift = _drawn_shift(fields[pitched, events.PITCH], wanted.transpose, rng)
        fields[pitched, events.PITCH] += np.int16(shift)
        louder = int(rng.integers(-wanted.velocity, wanted.velocity + 1))
        top = events.SPEC.fields[events.VELOCITY].size - 1
        fields[:, events.VELOCITY] = np.clip(fields[:, events.VELOCITY] + louder, 0, top)
        if len(sides) and sides[0, 0] == events.POSITIONS:
            _stretch(fields, sides, 1 + wanted.tempo * float(rng.uniform(-1, 1)))
        return Steps(fields, sides)


def _drawn_shift(pitches: NDArray[np.int16], most: int, rng: np.random.Generator) -> int:
    """A transposition of at most ``most`` semitones that stays on a piano, 21 to 108."""
    if len(pitches) == 0:
        return 0
    low = max(-most, min(0, 21 - int(pitches.min())))
    high = min(most, max(0, 108 - int(pitches.max())))
    return int(rng.integers(low, high + 1))


def _stretch(fields: NDArray[np.int16], sides: NDArray[np.int16], factor: float) -> None:
    """Play steps in free time slower by ``factor``, in place."""
    for column in (events.DURATION, events.SHIFT):
        known = fields[:, column] < bins.COUNT
        fields[known, column] = bins.nearest(bins.VALUES[fields[known, column]] * factor)
    fields[:, events.DURATION] = np.maximum(1, fields[:, events.DURATION])
    sides[1:, 3] = fields[:-1, events.SHIFT]
    faster = -int(np.rint(6 * np.log2(factor)))
    sides[:, 2] = np.clip(sides[:, 2] + faster, 0, events.TEMPO_CLASSES - 1)


class VoiceSequences:
    """Pieces of four voices, transposed inside the voices' ranges."""

    def __init__(self, pieces: Pieces) -> None:
        self.first = pieces.first
        self._steps = [pieces.steps(index) for index in range(len(pieces))]
        self._shifts = [voices.transpositions(voices.decode(s.fields)) for s in self._steps]

    def __len__(self) -> int:
        return len(self._steps)

    def length(self, index: int) -> int:
        """Number of steps of a piece."""
        return len(self._steps[index])

    def draw(self, index: int, rng: np.random.Generator | None) -> Steps:
        """A piece as it is, or transposed by ``rng``."""
        steps = self._steps[index]
        if rng is None:
            return steps
        shift = np.int16(rng.choice(self._shifts[index]))
        fields, sides = steps.fields.copy(), steps.sides.copy()
        chords = fields[:, : voices.HOLD]
        chords[chords != voices.SILENT] += shift
        echoes = sides[:, voices.ECHOED]
        heard = (echoes != voices.SILENT) & (echoes != voices.NONE)
        sides[:, voices.ECHOED] = np.where(heard, echoes + shift, echoes)
        return Steps(fields, sides)


@dataclass(frozen=True)
class Joined:
    """Several sets of prepared pieces as one."""

    parts: Sequence[PreparedSplit]

    @property
    def first(self) -> int:
        """Number of pieces of the first source."""
        return len(self.parts[0])

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def steps(self, index: int) -> Steps:
        """The steps of a piece, counted through all parts."""
        for part in self.parts:
            if index < len(part):
                return part.steps(index)
            index -= len(part)
        raise IndexError("no such piece")
