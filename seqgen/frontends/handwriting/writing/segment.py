"""Taking a drawn line apart: which ink belongs to which part of the text."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

import numpy as np

from seqgen.frontends.handwriting.ink.ink import Ink, Stroke
from seqgen.frontends.handwriting.ink.spline import sampled
from seqgen.frontends.handwriting.writing.drawn import DrawnLine, Range
from seqgen.frontends.handwriting.writing.size import Baseline

SHORT = 8  # points: a dot or a bar that may be set after the next word was begun
SPACING = 0.12  # spreads between points, a twelfth of an x-height
SPLIT = 4  # points: so many of two parts in a stroke, and it is cut between them


def parts_of(drawn: DrawnLine, baseline: Baseline) -> list[tuple[Ink, tuple[Ink, ...]]]:
    """The ink of every part, and of each of its characters, on a level baseline at y = 0.

    Dots and bars that were set late go to the part that they lie over, strokes that were drawn
    while the window lay on the space between two parts to the nearer of them.
    """
    level = drawn.points - np.column_stack(
        [np.zeros(len(drawn.points)), baseline.at(drawn.points[:, 0])]
    )
    line = drawn.line
    owners = np.array([line.part_of(place) for place in range(len(line.text))])
    strokes: list[list[Range]] = [[] for _ in line.starts]
    between = set[Range]()
    for stroke in drawn.strokes():
        for piece in _cut(stroke, owners[drawn.places[slice(*stroke)]]):
            places = drawn.places[slice(*piece)]
            strokes[int(np.bincount(owners[places]).argmax())].append(piece)
            if line.text[np.bincount(places).argmax()] == " ":
                between.add(piece)
    _give_on(strokes, level, between)
    _bring_back(strokes, level)
    return [
        (
            Ink(tuple(_rounded(level[a:b]) for a, b in ranges)),
            tuple(_character(ranges, level, drawn, place) for place in range(*line.span(number))),
        )
        for number, ranges in enumerate(strokes)
    ]


def _rounded(stroke: Stroke) -> Stroke:
    """A stroke through the points of a model, which stand wide apart, as a pen draws it."""
    if len(stroke) < 2 or not np.any(stroke != stroke[0]):
        return stroke[:1]
    return sampled(stroke, np.zeros(len(stroke), bool), SPACING)


def _cut(stroke: Range, owners: np.ndarray) -> list[Range]:
    """A stroke that runs through several parts, cut where it comes to the next."""
    bounds = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist(), len(owners)]
    runs = [start for start, stop in pairwise(bounds) if stop - start >= SPLIT]
    cuts = [stroke[0] + b for a, b in pairwise(runs) if owners[a] != owners[b]]
    return list(pairwise([stroke[0], *cuts, stroke[1]]))


def _give_on(strokes: list[list[Range]], level: Stroke, between: Collection[Range]) -> None:
    """Give strokes ``between`` two parts that end the first to the second, where it is nearer."""
    for own, after in pairwise(strokes):
        while len(own) > 1 and own[-1] in between:
            right = max(level[a:b, 0].max() for a, b in own[:-1])
            middle = float(level[slice(*own[-1]), 0].mean())
            left = _left(after, level) if after else middle
            if middle - right <= left - middle:
                break
            after.insert(0, own.pop())


def _bring_back(strokes: list[list[Range]], level: Stroke) -> None:
    """Give short strokes that begin a part to the part before, where they lie over it."""
    for number in range(1, len(strokes)):
        before, own = strokes[number - 1], strokes[number]
        while len(own) > 1 and before and own[0][1] - own[0][0] <= SHORT:
            right = max(level[a:b, 0].max() for a, b in before)
            left = _left(own[1:], level)
            middle = float(level[slice(*own[0]), 0].mean())
            if middle > right or abs(middle - left) < abs(right - middle):
                break
            before.append(own.pop(0))


def _left(strokes: list[Range], level: Stroke) -> float:
    """Where a part begins; its short strokes do not tell, some may belong to the part before."""
    long = [(a, b) for a, b in strokes if b - a > SHORT] or strokes[-1:]
    return min(float(level[a:b, 0].min()) for a, b in long)


def _character(ranges: list[Range], level: Stroke, drawn: DrawnLine, place: int) -> Ink:
    """The ink of one character: its points, stroke by stroke."""
    pieces = (level[a:b][drawn.places[a:b] == place] for a, b in ranges)
    return Ink(tuple(piece for piece in pieces if len(piece)))
