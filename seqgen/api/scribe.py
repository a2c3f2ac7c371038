"""A scribe: a model that writes lines in one style, and writes those with faults again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
from msgspec.structs import replace

from seqgen.config import Progress
from seqgen.core.pen_engine import Float, PenEngine
from seqgen.core.pen_sampler import Drawn, write
from seqgen.core.sampler import Settings
from seqgen.frontends.handwriting.codec.alphabet import Alphabet
from seqgen.frontends.handwriting.writing.drawn import DrawnLine, drawn_line
from seqgen.frontends.handwriting.writing.faults import PACE, faults_of, limit
from seqgen.frontends.handwriting.writing.lines import ModelLine

LANES = 16  # lines that are written side by side
ATTEMPTS = 6
STEPS = 8  # after so many progress is told at the latest, so that work can be stopped


@dataclass(frozen=True)
class Scribe:
    """What writes a line: an engine, a style vector (S,), the settings and the alphabet.

    ``pace`` is how many points a character takes.
    """

    engine: PenEngine[Any]
    style: Float
    settings: Settings
    alphabet: Alphabet
    pace: float = PACE


@dataclass
class Written:
    """The lines of one take as they are written, and what went wrong on the way."""

    lines: list[DrawnLine]
    redrawn: Counter[str]
    faults: Counter[str]


def write_lines(
    scribe: Scribe, lines: Sequence[ModelLine], seed: int, note: str
) -> Generator[Progress, None, Written]:
    """Write all lines, and those with faults again, from the random stream that follows.

    Of a line that is faulty at every attempt the draw with the fewest faults stays. ``data``
    holds the ``ink`` that is new: the number of a ``line``, its ``attempt`` (from 0; each begins
    the line anew) and ``points``, rows of x, y and lift in the model's unit from the line's first
    point.
    """
    done: dict[int, DrawnLine] = {}
    best: dict[int, tuple[list[str], DrawnLine]] = {}
    redrawn, faults = Counter[str](), Counter[str]()
    total, told = sum(len(line.text) for line in lines), 0
    waiting = list(range(len(lines)))
    for attempt in range(ATTEMPTS):
        for start in range(0, len(waiting), LANES):
            group = waiting[start : start + LANES]
            read = total - sum(len(lines[k].text) for k in waiting[start:])
            for drawn in _write_group(scribe, lines, group, (seed, attempt)):
                if not isinstance(drawn, _Glimpse):
                    done |= drawn
                    continue
                told = max(told, read + drawn.read)
                ink = [{"line": k, "attempt": attempt, "points": p} for k, p in drawn.ink.items()]
                step = Progress(stage="writing", done=told, total=total, note=note)
                yield replace(step, data={"ink": ink} if ink else {})
        for k in waiting:
            found = faults_of(done[k], scribe.pace)
            if k not in best or len(found) < len(best[k][0]):
                best[k] = found, done[k]
            if attempt + 1 < ATTEMPTS:
                redrawn.update(found)
        waiting = [k for k in waiting if best[k][0]]
        if not waiting:
            break
    for k in waiting:
        faults.update(best[k][0])
    return Written([best[k][1] for k in range(len(lines))], redrawn, faults)


@dataclass(frozen=True)
class _Glimpse:
    """How many characters of a group are through, and the points that are new, line by line."""

    read: int
    ink: dict[int, list[tuple[float, float, int]]]


class _Record:
    """What a group of lines has drawn, lane by lane; ``lengths`` are those of their texts."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.steps: list[list[Float]] = [[] for _ in lengths]
        self.places: list[list[int]] = [[] for _ in lengths]
        self.ended: set[int] = set()
        self._lengths, self._read = lengths, [0] * len(lengths)
        self._pens = [(0.0, 0.0)] * len(lengths)
        self._fresh: defaultdict[int, list[tuple[float, float, int]]] = defaultdict(list)

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
            self._fresh[lane].append((round(x, 3), round(y, 3), int(up > 0.5)))
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
    scribe: Scribe, lines: Sequence[ModelLine], group: Sequence[int], seed: tuple[int, int]
) -> Iterator[_Glimpse | dict[int, DrawnLine]]:
    """Write lines side by side; yields glimpses as characters are through, last the lines."""
    texts = [scribe.alphabet.encode(lines[k].text) for k in group]
    rngs = [np.random.default_rng((*seed, k)) for k in group]
    limits = [limit(len(text), scribe.pace) for text in texts]
    styles = np.tile(scribe.style, (len(group), 1))
    record, told = _Record([*map(len, texts)]), 0
    work = write(scribe.engine, texts, styles, scribe.settings, rngs, limits)
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
