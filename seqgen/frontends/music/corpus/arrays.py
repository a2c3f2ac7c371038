"""Two int16 arrays of steps on disk, written piece by piece and read memory-mapped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqgen.core.steps import Steps
from seqgen.frontends.data.arrays import ArrayFile, ArrayInfo, open_array


@dataclass(frozen=True)
class Arrays:
    """All pieces one after another: ``fields`` (rows, F) and ``sides`` (rows, S), int16."""

    fields: NDArray[np.int16]
    sides: NDArray[np.int16]


class ArrayWriter:
    """Writes the arrays ``fields.int16`` and ``sides.int16`` into a folder."""

    def __init__(self, folder: Path) -> None:
        self._fields = ArrayFile(folder / "fields.int16")
        self._sides = ArrayFile(folder / "sides.int16")

    @property
    def rows(self) -> int:
        """How many steps were written."""
        return self._fields.info.rows

    def append(self, steps: Steps) -> None:
        """Add one piece. Every piece must have the same numbers of fields and sides."""
        self._fields.append(steps.fields)
        self._sides.append(steps.sides)

    def close(self) -> tuple[ArrayInfo, ArrayInfo]:
        """Close the files; returns what they hold."""
        self._fields.close()
        self._sides.close()
        return self._fields.info, self._sides.info


def open_arrays(folder: Path, infos: tuple[ArrayInfo, ArrayInfo]) -> Arrays:
    """Open the arrays of a folder, memory-mapped and read-only. Raises ValueError if damaged."""
    fields, sides = infos
    return Arrays(
        open_array(folder / "fields.int16", fields, np.int16),
        open_array(folder / "sides.int16", sides, np.int16),
    )
