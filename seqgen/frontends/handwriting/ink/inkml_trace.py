"""The text of an InkML trace as points: plain, joined by signs, or as differences.

Source: Ink Markup Language (InkML), W3C Recommendation 2011, section 3.2.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import nan

import numpy as np

from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.ink.ink import Stroke

LARGEST = 1e9  # a coordinate beyond it is a fault of the file
_PLAIN = re.compile(r"[-+.,\seE0-9]*", re.ASCII)
_VALUE = re.compile(
    r"""\s*(?:([!'"]?)\s*([-+]?)\s*(\#[0-9A-Fa-f]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([TF*?]))""",
    re.ASCII,
)


def read_trace(text: str, columns: tuple[int, int], channels: int, name: str) -> Stroke:
    """Return the points (P, 2) of a trace in file units; P may be 0.

    ``columns`` are the places of X and Y among the ``channels`` of a point; what follows them
    (intermittent channels) is skipped. ``name`` is what messages call the trace. Raises
    InputFileError for what is no number, no complete point, or beyond LARGEST.
    """
    points = [point for point in text.split(",") if point and not point.isspace()]
    rows = _plain(points, columns, channels) if _PLAIN.fullmatch(text) else None
    stroke = np.array(rows or _coded(points, columns, channels, name)).reshape(-1, 2)
    if not (np.abs(stroke) <= LARGEST).all():
        worst = stroke[~(np.abs(stroke) <= LARGEST)][0]
        raise InputFileError(f"{name} has the coordinate {worst:g}: the limit is {LARGEST:g}")
    return stroke


def _plain(
    points: list[str], columns: tuple[int, int], channels: int
) -> list[tuple[float, float]] | None:
    """Points whose values stand apart; None where some are joined ("3-5")."""
    x, y = columns
    rows = [point.split() for point in points]
    if any(len(row) < channels for row in rows):
        return None
    try:
        return [(float(row[x]), float(row[y])) for row in rows]
    except ValueError:
        return None


@dataclass
class _Channel:
    """The running value of a channel, and what its next number means.

    ``order``: "!" a value, "'" a first difference, '"' a second difference.
    """

    order: str = "!"
    value: float = 0.0
    step: float = 0.0

    def take(self, order: str, number: float) -> None:
        self.order = order or self.order
        before = self.value
        if self.order == "!":
            self.value = number
        else:
            self.value += number + (self.step if self.order == '"' else 0.0)
        self.step = self.value - before


def _coded(
    points: list[str], columns: tuple[int, int], channels: int, name: str
) -> list[tuple[float, float]]:
    state = [_Channel() for _ in range(channels)]
    rows = []
    for number, point in enumerate(points, 1):
        _take_point(point, state, f"point {number} of {name}")
        rows.append((state[columns[0]].value, state[columns[1]].value))
    return rows


def _take_point(point: str, state: list[_Channel], name: str) -> None:
    at = 0
    for channel in state:
        match = _VALUE.match(point, at)
        if not match:
            rest = point[at : at + 20].strip()
            problem = f"{rest!r} is no number" if rest else f"it needs {len(state)} values"
            raise InputFileError(f"{name} cannot be read: {problem}")
        at = match.end()
        order, sign, digits, wildcard = match.groups()
        if wildcard:  # "*": as before; "T", "F", "?" say nothing of a place
            channel.step = 0.0
            channel.value = channel.value if wildcard == "*" else nan
        else:
            size = float(int(digits[1:], 16)) if digits[0] == "#" else float(digits)
            channel.take(order, -size if sign == "-" else size)
