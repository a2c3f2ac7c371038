"""A scribe: a model that writes lines in one style, and writes those with faults again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from seqgen.core.pen_engine import Float, PenEngine
from seqgen.core.pen_sampler import Drawn, write
from seqgen.core.sampler import Settings
from seqgen.frontends.handwriting.codec.alphabet import Alphabet
from seqgen.frontends.handwriting.writing.compose import CutLine, cut_line
from seqgen.frontends.handwriting.writing.drawn import DrawnLine, drawn_line
from seqgen.frontends.handwriting.writing.faults import PACE, faults_of, limit
from seqgen.frontends.handwriting.writing.lines import ModelLine

LANES = 16  # lines that are written side by side
ATTEMPTS = 6
STEPS = 8  # after so many progress is told at the latest, so that work can be stopped
Dot = tuple[float, float, int, int]


@dataclass(frozen=True)
class Scribe:
    """What writes a line: an engine, a style vector (S,), the settings and the alphabet.

    ``pace`` is how many points a character takes. Lines may have styles (N, S) of their own, and
    ``streams``, the numbers of their random streams, which else are those of the lines.
    """

    engine: PenEngine[Any]
    style: Float
    settings: Settings
    alphabet: Alphabet
    pace: float = PACE
    streams: tuple[int, ...] = ()

    def styles(self, group: Sequence[int]) -> Float:
        """The styles (N, S) of lines."""
        if self.style.ndim > 1:
            return self.style[list(group)]
        return np.tile(self.style, (len(group), 1))

    def rng(self, seed: int, attempt: int, line: int) -> np.random.Generator:
        """The random stream of an attempt at a line."""
        stream = self.streams[line] if self.streams else line
        return np.random.default_rng((seed, attempt, stream))


@dataclass
class Written:
    """The lines of one take, and what went wrong on the way."""

    lines: list[CutLine]
    redrawn: Counter[str]
    faults: Counter[str]


@dataclass(frozen=True)
class Advance:
    """What is new while lines are written, which go by their numbers.

    ``read`` characters are through. ``begun`` are lines that begin, or begin anew. ``ink`` are
    rows of x and y in the model's unit from the line's first point, lift, and character.
    ``settled`` are lines that stay as they are.
    """

    read: int
    begun: tuple[int, ...] = ()
    ink: Mapping[int, Sequence[Dot]] = field(default_factory=dict)
    settled: Mapping[int, CutLine] = field(default_factory=dict)


def write_lines(
    scribe: Scribe, lines: Sequence[ModelLine], seed: int
) -> Generator[Advance, None, Written]:
    """Write all lines, and those with faults again, from the random stream that follows.

    Lines are settled about in their order. Of a line that is faulty at every attempt the draw
    with the fewest faults stays.
    """
    ledger, told = _Ledger(scribe), 0
    waiting = [(k, 0) for k in range(len(lines))]
    while waiting:
        group, waiting = waiting[:LANES], waiting[LANES:]
        yield Advance(told, begun=tuple(k for k, _ in group))
        read = sum(len(lines[k].text) for k in ledger.settled)
        drawn: dict[int, DrawnLine] = {}
        for step in _write_group(scribe, lines, group, seed):
            if isinstance(step, _Glimpse):
                told = max(told, read + step.read)
                yield Advance(told, ink=step.ink)
            else:
                drawn = step
        again = []
        for k, attempt in group:
            if ledger.settles(k, attempt, drawn[k]):
                read += len(lines[k].text)
                told = max(told, read)
                yield Advance(told, settled={k: ledger.settled[k]})
            else:
                again.append((k, attempt + 1))
        waiting = again + waiting
    return ledger.written()


class _Ledger:
    """Which lines are settled, and the best of those that are not."""

    def __init__(self, scribe: Scribe) -> None:
        self.settled: dict[int, CutLine] = {}
        self._pace = scribe.pace
        self._best: dict[int, tuple[list[str], DrawnLine]] = {}
        self._redrawn, self._faults = Counter[str](), Counter[str]()

    def settles(self, k: int, attempt: int, drawn: DrawnLine) -> bool:
        """Take note of an attempt at a line; whether there will be no more."""
        found = faults_of(drawn, self._pace)
        if k not in self._best or len(found) < len(self._best[k][0]):
            self._best[k] = found, drawn
        faults, best = self._best[k]
        if faults and attempt + 1 < ATTEMPTS:
            self._redrawn.update(found)
            return False
        self._faults.update(faults)
        self.settled[k] = cut_line(best)
        return True

    def written(self) -> Written:
        """All lines in their order."""
        lines = [self.settled[k] for k in sorted(self.settled)]
        return Written(lines, self._redrawn, self._faults)


@dataclass(frozen=True)
class _Glimpse:
    """How many characters of a group are through, and the ink that is new, line by line."""

    read: int
    ink: dict[int, list[Dot]]


class _Record:
    """What a group of lines has drawn, lane by lane; ``lengths`` are those of their texts."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.steps: list[list[Float]] = [[] for _ in lengths]
        self.places: list[list[int]] = [[] for _ in lengths]
        self.ended: set[int] = set()
        self._lengths, self._read = lengths, [0] * len(lengths)
        self._pens = [(0.0, 0.0)] * len(lengths)
        self._fresh: defaultdict[int, list[Dot]] = defaultdict(list)

    @property
    def read(self) -> int:
        """How many characters are through."""
        return sum(self._read)

    def add(self, drawn: Drawn) -> None:
        """Take note of a step."""
        rows = zip(drawn.lines.tolist(), drawn.steps, drawn.places.tolist(), strict=True)
        for lane, step, place in rows:
            across, down, up = step.tolist()
            x, y = self._pens[lane]
            if self.steps[lane]:  # the first step only says how the pen came there
                x, y = self._pens[lane] = x + across, y + down
            self._fresh[lane].append((x, y, int(up > 0.5), place))
            self.steps[lane].append(step)
            self.places[lane].append(place)
            self._read[lane] = place
        for lane in drawn.ended:
            self._read[lane] = self._lengths[lane]
        self.ended |= drawn.ended

    def glimpse(self, group: Sequence[int]) -> _Glimpse:
        """What is new since the last glimpse; ``group`` are the numbers of the lines."""
        fresh, self._fresh = self._fresh, defaultdict(list)
        return _Glimpse(self.read, {group[lane]: points for lane, points in fresh.items()})


def _write_group(
    scribe: Scribe, lines: Sequence[ModelLine], attempts: Sequence[tuple[int, int]], seed: int
) -> Iterator[_Glimpse | dict[int, DrawnLine]]:
    """Write lines side by side; yields glimpses as characters are through, last the lines."""
    group = [k for k, _ in attempts]
    texts = [scribe.alphabet.encode(lines[k].text) for k in group]
    rngs = [scribe.rng(seed, attempt, k) for k, attempt in attempts]
    limits = [limit(len(text), scribe.pace) for text in texts]
    record, told = _Record([*map(len, texts)]), 0
    work = write(scribe.engine, texts, scribe.styles(group), scribe.settings, rngs, limits)
    with closing(work):
        for count, drawn in enumerate(work, start=1):
            record.add(drawn)
            if record.read > told or count % STEPS == 0:
                told = record.read
                yield record.glimpse(group)
    yield {
        k: drawn_line(
            lines[k],
            _rows(record.steps[lane]),
            np.array(record.places[lane], int),
            lane in record.ended,
        )
        for lane, k in enumerate(group)
    }


def _rows(steps: Sequence[Float]) -> Float:
    """Steps (T, 3), of which there may be none."""
    return np.array(steps, np.float32).reshape(-1, 3)
