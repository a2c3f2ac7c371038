"""Lines of ink: the words of a row side by side, along a wandering baseline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.handwriting.page.page import ASCENDER, DESCENDER, PageSettings
from seqgen.frontends.handwriting.page.wander import Wander, line_wander
from seqgen.frontends.handwriting.page.wrap import Row

EDGE = 3.0  # times the wander of a baseline: how far from its margin a line may start


@dataclass(frozen=True)
class Line:
    """A line whose ``points`` (P, 2), of all its strokes, want nothing but a page.

    Their x is from the left margin, their y from the baseline, in mm. ``ink`` is how far they
    reach above and below the baseline, ``claim`` the room that the line asks for there.
    """

    row: Row
    points: NDArray[np.float64]
    ink: tuple[float, float]
    claim: tuple[float, float]


def line_of(row: Row, settings: PageSettings, seed: int, width: float) -> Line:
    """The line of ``row``, aligned in ``width`` mm; the same seed makes it wander the same.

    A line on a sheet claims the room of letters with ascenders and descenders, so that the
    first and last baseline of a page hardly depend on what is written there. On a page that
    fits it claims that of its ink, or one x-height where there is none.
    """
    wander = line_wander(
        (seed, row.paragraph, row.number),
        x_height=settings.x_height,
        wander=settings.wander,
        reach=settings.text_width,
    )
    points = _points(row, _start(wander, settings.align, width - row.width), wander)
    ink = _reach(points) if len(points) else (0.0, 0.0)
    if settings.sheet:
        x = settings.x_height
        return Line(row, points, ink, (max(ink[0], ASCENDER * x), max(ink[1], DESCENDER * x)))
    return Line(row, points, ink, ink if len(points) else (settings.x_height, 0.0))


def _start(wander: Wander, align: str, slack: float) -> float:
    """The x where a line starts that leaves ``slack`` mm of the width free."""
    most = EDGE * wander.amplitude
    edge = most * wander.edge
    if align == "left":
        return min(edge, slack)
    if align == "right":
        return slack - min(edge, slack)
    return min(max(slack / 2 + edge - most / 2, 0.0), slack)


def _points(row: Row, start: float, wander: Wander) -> NDArray[np.float64]:
    strokes = [stroke for word in row.words for stroke in word.ink.strokes]
    points = np.concatenate([np.empty((0, 2)), *strokes])
    points[:, 0] += start + np.repeat(row.shifts, [word.ink.points for word in row.words])
    points[:, 1] += wander.down(points[:, 0])
    return points


def _reach(points: NDArray[np.float64]) -> tuple[float, float]:
    return -float(points[:, 1].min()), float(points[:, 1].max())
