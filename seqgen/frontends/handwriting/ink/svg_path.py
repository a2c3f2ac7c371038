"""The path data of SVG as chains of cubic curves.

Source: Scalable Vector Graphics (SVG) 1.1, W3C Recommendation 2011, section 8.3.
"""

from __future__ import annotations

import re

import numpy as np

from seqgen.frontends.handwriting.ink.curves import Cubic, Floats
from seqgen.frontends.handwriting.ink.svg_arc import arc_curves
from seqgen.frontends.handwriting.ink.svg_numbers import NUMBER, numbers

_COMMAND = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])")
_GAP = r"[\s,]*"
_ARC = re.compile(
    _GAP + _GAP.join([f"({NUMBER})"] * 3 + ["([01])"] * 2 + [f"({NUMBER})"] * 2) + _GAP, re.ASCII
)  # its flags may stand without a gap: "a1,1 0 01.5.5"
_SIZES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}


def read_path(data: str) -> list[Cubic]:
    """Return the subpaths of path data in order, in user units; a line is a straight curve.

    A subpath that only moves draws nothing and is left out. Raises ValueError for data that the
    grammar does not know.
    """
    pen = _Pen()
    before, *parts = _COMMAND.split(data)
    if before.strip() or (parts and parts[0] not in "Mm"):
        raise ValueError(f"{data.strip()[:30]!r} does not begin with M")
    for command, text in zip(parts[::2], parts[1::2], strict=True):
        kind = command.upper()
        if kind == "Z":
            if text.strip():
                raise ValueError(f"{text.strip()[:30]!r} after {command} is not a command")
            pen.close()
        else:
            pen.draw(kind, _rows(kind, text), relative=command != kind)
    return pen.finished()


def _rows(kind: str, text: str) -> Floats:
    """The numbers of a command: (K, size), one row each time it is repeated."""
    if kind == "A":
        text = _ARC.sub(lambda match: " ".join(match.groups()) + " ", text)
    values, size = numbers(text), _SIZES[kind]
    if not len(values) or len(values) % size:
        raise ValueError(f"{kind} needs {size} numbers each time, not {len(values)} in all")
    rows = values.reshape(-1, size)
    if kind == "A" and not np.isin(rows[:, 3:5], (0, 1)).all():
        raise ValueError("A has a flag that is neither 0 nor 1")
    return rows


class _Pen:
    """Draws commands one after the other; a place is (2,), a curve (3, 2) without its start."""

    def __init__(self) -> None:
        self._done: list[Cubic] = []
        self._start = self._here = np.zeros(2)
        self._curves: list[Floats] = []
        self._moved = False  # and drawn nothing since
        self._mirror: tuple[str, Floats] = ("", self._here)  # last command and its last handle

    def draw(self, kind: str, rows: Floats, relative: bool) -> None:
        if kind == "M":
            self._end()
            self._start = self._here = rows[0] + (self._here if relative else 0.0)
            kind, rows, self._moved = "L", rows[1:], True
        if kind in "LHVC" and len(rows):
            self._many(kind, rows, relative)
        elif kind in "SQTA":
            for row in rows:
                self._one(kind, row, self._here if relative else np.zeros(2))

    def close(self) -> None:
        """Draw a line to where the subpath began; what follows begins there again.

        A subpath that moves and closes is a dot.
        """
        if self._moved or (self._here != self._start).any():
            self._many("L", self._start[None], relative=False)
        self._end()
        self._here = self._start

    def finished(self) -> list[Cubic]:
        self._end()
        return self._done

    def _end(self) -> None:
        if self._curves:
            self._done.append(Cubic(np.concatenate([self._start[None], *self._curves])))
        self._curves = []
        self._mirror = ("", self._here)

    def _add(self, curves: Floats, kind: str, handle: Floats) -> None:
        """Append curves (K, 3, 2), the last of which has ``handle`` before its end."""
        self._curves.append(curves.reshape(-1, 2))
        self._here = curves[-1, 2]
        self._mirror = (kind, handle)
        self._moved = False

    def _many(self, kind: str, rows: Floats, relative: bool) -> None:
        """Straight lines, and curves that do not mirror the one before: all rows at once."""
        if kind in "HV":
            still = (
                np.zeros(len(rows))
                if relative
                else np.full(len(rows), self._here["VH".find(kind)])
            )
            rows = np.stack([rows[:, 0], still] if kind == "H" else [still, rows[:, 0]], axis=1)
        steps = rows.reshape(len(rows), -1, 2)
        ends = self._here + np.cumsum(steps[:, -1], axis=0) if relative else steps[:, -1]
        starts = np.concatenate([self._here[None], ends[:-1]])[:, None]
        if kind == "C":
            curves = steps + starts if relative else steps
        else:
            curves = starts + (ends[:, None] - starts) * np.array([1 / 3, 2 / 3, 1])[:, None]
        curves[:, 2] = ends
        self._add(curves, kind, curves[-1, 1])

    def _one(self, kind: str, row: Floats, origin: Floats) -> None:
        here = self._here
        end = row[-2:] + origin
        if kind == "A":
            curves = arc_curves(here, end, row[:3], large=bool(row[3]), sweep=bool(row[4]))
            self._add(curves, kind, end)
            return
        last, handle = self._mirror
        mirrored = 2 * here - handle
        if kind == "S":
            first = mirrored if last in ("C", "S") else here
            second = row[:2] + origin
            handle = second
        else:
            handle = row[:2] + origin if kind == "Q" else mirrored if last in ("Q", "T") else here
            first, second = here + (handle - here) * 2 / 3, end + (handle - end) * 2 / 3
        self._add(np.stack([first, second, end])[None], kind, handle)
