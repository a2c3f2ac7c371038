"""The lines of a file of ink, for a window that shows them."""

from __future__ import annotations

import numpy as np

from seqgen.api.input_file import read_input
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import read_inkml
from seqgen.ink_sheets import OwnLine, OwnLines


def ink_lines(path: str) -> OwnLines:
    """Read an InkML file; InputFileError for what is none. All points are kept."""
    lines = read_inkml(read_input(path), path)
    unit = "dev" if any(line.unit == "dev" for line in lines) else "mm"
    return OwnLines(lines=[_line(line.text, line.ink) for line in lines], unit=unit)


def _line(text: str, ink: Ink) -> OwnLine:
    points = np.concatenate([np.empty((0, 2)), *ink.strokes])
    lengths = np.array([len(stroke) for stroke in ink.strokes], "<i4")
    return OwnLine(text=text, points=points.astype("<f4").tobytes(), lengths=lengths.tobytes())
