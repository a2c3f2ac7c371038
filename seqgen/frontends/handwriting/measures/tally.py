"""Log-likelihoods of lines, summed and given in the units that others report."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.handwriting.corpus.line import Line

Float = NDArray[np.float64]
Deviations = tuple[float, float]
EVEN = math.log(2)  # nats: what is likelier than not costs less


def axis_deviations(lines: Sequence[Line]) -> Deviations | None:
    """Standard deviations of the stored offsets (dx, dy) of lines, in the unit of their ink.

    None where an axis does not vary.
    """
    found = [np.diff(np.concatenate(line.ink.strokes), axis=0) for line in lines]
    offsets = np.concatenate([np.empty((0, 2)), *found])
    across, down = offsets.std(axis=0).tolist() if len(offsets) else (0.0, 0.0)
    return (across, down) if across > 0 and down > 0 else None


class Tally:
    """What lines scored.

    ``deviations`` of the axes are the std units, None where there are none.
    """

    def __init__(self, deviations: Deviations | None) -> None:
        self._deviations = deviations
        self._lines: list[tuple[float, float, int, float]] = []
        self._lifts_hit = 0

    def add(self, nll: Float, unit: float) -> None:
        """Take in a line: NLL (T, 2) of its offsets and lifts, and a model's unit in the ink's."""
        offset, lift = (-nll.sum(axis=0)).tolist()
        self._lines.append((offset, lift, len(nll), math.log(unit)))
        self._lifts_hit += int((nll[:, 1] < EVEN).sum())

    @property
    def points(self) -> int:
        """Points but the first of each line."""
        return sum(points for _, _, points, _ in self._lines)

    def scores(self) -> dict[str, float]:
        """Log-likelihood a line and a point in all units, and the standard error of the former.

        ValueError where there is no point. A single line has no standard error.
        """
        offsets, lifts = self._per_line()
        own = offsets[""] + lifts
        scores = self._means({unit: values + lifts for unit, values in offsets.items()})
        if len(own) > 1:
            scores["standard_error_per_line"] = float(own.std(ddof=1)) / math.sqrt(len(own))
        return scores

    def parts(self) -> dict[str, dict[str, float]]:
        """The same of offsets and of lifts, which add up to it, and how many lifts were hit.

        A lift is hit when it is likelier than not as it was.
        """
        offsets, lifts = self._per_line()
        lift = self._means({"": lifts})
        lift["accuracy"] = self._lifts_hit / self.points
        return {"offset": self._means(offsets), "lift": lift}

    def _per_line(self) -> tuple[dict[str, Float], Float]:
        """Log-likelihoods (N,) of the offsets of lines by unit, and those of the lifts.

        The model's own unit is called "".
        """
        if not self.points:
            raise ValueError("there is no point to average over")
        own, lifts, points, log_unit = np.array(self._lines).T
        raw = own - 2 * points * log_unit
        found = {"": own, "_in_raw_units": raw}
        if self._deviations is not None:
            log_area = math.log(self._deviations[0] * self._deviations[1])
            found["_in_std_units"] = raw + points * log_area
        return found, lifts

    def _means(self, found: dict[str, Float]) -> dict[str, float]:
        means = {}
        for unit, values in found.items():
            means[f"log_likelihood_per_line{unit}"] = float(values.mean())
            means[f"log_likelihood_per_point{unit}"] = float(values.sum()) / self.points
        return means
