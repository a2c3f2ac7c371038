"""What a plotter will do with ink: how far the pen goes, and about how long that takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.ink.ink import Ink


@dataclass(frozen=True, kw_only=True)
class PlotSpeeds:
    """Speeds in mm/s with the pen down and up, and the seconds to raise and lower it once.

    The defaults are those an AxiDraw is delivered with: a quarter and three quarters of its
    speed, and a servo that moves by 30 % of its way. UsageError for speeds that are not above
    zero.
    """

    pen_down: float = 50.0
    pen_up: float = 150.0
    lift: float = 0.28

    def __post_init__(self) -> None:
        for speed in (self.pen_down, self.pen_up):
            if not 0 < speed < inf:
                raise UsageError(f"a speed must be above 0 mm/s, not {speed:g}")
        if not 0 <= self.lift < inf:
            raise UsageError(f"a pen lift must take 0 s or more, not {self.lift:g}")


@dataclass(frozen=True)
class PlotStatistics:
    """Lengths in mm that the pen goes down and up, and how often it is lifted."""

    pen_down: float
    pen_up: float
    lifts: int

    def seconds(self, speeds: PlotSpeeds) -> float:
        """The least time to plot: a plotter needs longer, as it slows down at corners."""
        moving = self.pen_down / speeds.pen_down + self.pen_up / speeds.pen_up
        return moving + self.lifts * speeds.lift


def plot_statistics(pages: Iterable[Ink]) -> PlotStatistics:
    """Sums over ``pages``, each in mm, drawn in the order of its strokes.

    The pen comes from the top left corner of a page, returns there, and is lifted after every
    stroke.
    """
    down = up = 0.0
    lifts = 0
    for ink in filter(None, pages):
        drawn, whole = _lengths(ink)
        down, up, lifts = down + drawn, up + whole - drawn, lifts + len(ink.strokes)
    return PlotStatistics(down, up, lifts)


def _lengths(ink: Ink) -> tuple[float, float]:
    """Way with the pen down, and the whole way from the corner and back."""
    corner: NDArray[np.float64] = np.zeros((1, 2))
    steps = np.diff(np.concatenate([corner, *ink.strokes, corner]), axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    ends = np.cumsum([0, *map(len, ink.strokes)])  # the steps that leave a stroke
    return float(lengths.sum() - lengths[ends].sum()), float(lengths.sum())
