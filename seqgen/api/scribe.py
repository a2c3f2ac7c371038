"""A scribe: a model that writes lines in one style, and writes those with faults again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np

from seqgen.config import Progress
from seqgen.core.pen_engine import Float, PenEngine
from seqgen.core.pen_sampler import write
from seqgen.core.sampler import Settings
from seqgen.frontends.handwriting.codec.alphabet import Alphabet
from seqgen.frontends.handwriting.writing.drawn import DrawnLine, drawn_line
from seqgen.frontends.handwriting.writing.faults import faults_of, limit
from seqgen.frontends.handwriting.writing.lines import ModelLine

LANES = 16  # lines that are written side by side
ATTEMPTS = 6


@dataclass(frozen=True)
class Scribe:
    """What writes a line: an engine, a style vector (S,), the settings and the alphabet."""

    engine: PenEngine[Any]
    style: Float
    settings: Settings
    alphabet: Alphabet


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

    What is faulty at the last attempt stays as it is.
    """
    done: dict[int, DrawnLine] = {}
    redrawn, faults = Counter[str](), Counter[str]()
    total, told = sum(len(line.text) for line in lines), 0
    waiting = list(range(len(lines)))
    for attempt in range(ATTEMPTS):
        for start in range(0, len(waiting), LANES):
            group = waiting[start : start + LANES]
            read = total - sum(len(lines[k].text) for k in waiting[start:])
            for drawn in _write_group(scribe, lines, group, (seed, attempt)):
                if isinstance(drawn, dict):
                    done |= drawn
                    continue
                if read + drawn > told:
                    told = read + drawn
                    yield Progress(stage="writing", done=told, total=total, note=note)
        found = {k: faults_of(done[k]) for k in waiting}
        waiting = [k for k in waiting if found[k]]
        last = attempt + 1 == ATTEMPTS
        for k in waiting:
            (faults if last else redrawn).update(found[k])
        if not waiting:
            break
    return Written([done[k] for k in range(len(lines))], redrawn, faults)


def _write_group(
    scribe: Scribe, lines: Sequence[ModelLine], group: Sequence[int], seed: tuple[int, int]
) -> Iterator[int | dict[int, DrawnLine]]:
    """Write lines side by side; yields how many characters are through, last the lines."""
    texts = [scribe.alphabet.encode(lines[k].text) for k in group]
    steps: list[list[Float]] = [[] for _ in group]
    places: list[list[int]] = [[] for _ in group]
    ended, read = set[int](), [0] * len(group)
    rngs = [np.random.default_rng((*seed, k)) for k in group]
    limits = [limit(len(text)) for text in texts]
    styles = np.tile(scribe.style, (len(group), 1))
    work = write(scribe.engine, texts, styles, scribe.settings, rngs, limits)
    with closing(work):
        for drawn in work:
            for lane, step, place in zip(drawn.lines, drawn.steps, drawn.places, strict=True):
                steps[lane].append(step)
                places[lane].append(int(place))
                read[lane] = int(place)
            for lane in drawn.ended:
                read[lane] = len(texts[lane])
            ended |= drawn.ended
            yield sum(read)
    yield {
        k: drawn_line(lines[k], _rows(steps[lane]), np.array(places[lane], int), lane in ended)
        for lane, k in enumerate(group)
    }


def _rows(steps: Sequence[Float]) -> Float:
    """Steps (T, 3), of which there may be none."""
    return np.array(steps, np.float32).reshape(-1, 3)
