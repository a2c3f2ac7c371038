"""Pen strokes in the XML of the IAM On-Line Handwriting Database (one line of writing a file)."""

from __future__ import annotations

from xml.parsers import expat

import numpy as np

from seqgen.errors import InputFileError, reason
from seqgen.frontends.handwriting.ink.ink import Ink

MAX_COORDINATE = 1e6
"""Whiteboard units; the board itself is about 9,000 units wide."""


def read_whiteboard(data: bytes, name: str) -> Ink:
    """Read a ``WhiteboardCaptureSession``: its strokes as stored, in whiteboard units, y down.

    Points keep their order and their repeats; time stamps are not read. A stroke without
    points is none. Raises InputFileError, naming ``name``, when the XML is broken, has a
    document type, or holds a point without numbers for x and y.
    """
    values, starts = _parsed(data, name)
    try:
        points = np.array(list(map(float, values)), np.float64).reshape(-1, 2)
    except ValueError as error:
        raise InputFileError(f"{name} has a point that is none: {error}") from error
    if len(points) and not np.abs(points).max() <= MAX_COORDINATE:
        raise InputFileError(f"{name} has a point further out than {MAX_COORDINATE:.0f} units")
    if len(points) and (not starts or starts[0]):
        raise InputFileError(f"{name} has points outside of strokes")
    parts = np.split(points, starts[1:]) if starts else []
    return Ink(tuple(part for part in parts if len(part)))


def _parsed(data: bytes, name: str) -> tuple[list[str], list[int]]:
    """Return x and y of every point by turns, and before which point each stroke starts."""
    if b"<!DOCTYPE" in data.replace(b"\0", b""):  # without zeros UTF-16 spells it the same
        raise InputFileError(f"{name} has a document type, which may hide entities: remove it")
    values, starts = list[str](), list[int]()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Point":
            values.append(attributes["x"])
            values.append(attributes["y"])
        elif tag == "Stroke":
            starts.append(len(values) // 2)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except KeyError as error:
        raise InputFileError(f"{name} has a point without {error}") from error
    except (expat.ExpatError, LookupError, ValueError) as error:  # of encodings: the last two
        raise InputFileError(f"{name} is broken XML: {reason(error)}") from error
    return values, starts
