"""Two int16 arrays of steps on disk, written piece by piece and read memory-mapped."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from seqgen.core.steps import Steps

CHECKED_BYTES = 256 << 20
"""Arrays up to this size are checked in full when opened; larger ones by their size alone."""

_INT16 = np.dtype("<i2")


@dataclass(frozen=True)
class Arrays:
    """All pieces one after another: ``fields`` (rows, F) and ``sides`` (rows, S), int16."""

    fields: NDArray[np.int16]
    sides: NDArray[np.int16]


class ArrayInfo(msgspec.Struct, frozen=True):
    """What a file of values holds: shape and CRC-32."""

    rows: int
    columns: int
    checksum: int


class _Writer:
    """One file of little-endian int16 values, row after row, without a header."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("wb")
        self.info = ArrayInfo(0, 0, 0)

    def append(self, values: NDArray[np.int16]) -> None:
        rows, columns = values.shape
        if self.info.rows and columns != self.info.columns:
            raise ValueError(f"{columns} columns after pieces of {self.info.columns}")
        data = values.astype(_INT16).tobytes()
        self.file.write(data)
        checksum = zlib.crc32(data, self.info.checksum)
        self.info = ArrayInfo(self.info.rows + rows, columns, checksum)


class ArrayWriter:
    """Writes the arrays ``fields.int16`` and ``sides.int16`` into a folder."""

    def __init__(self, folder: Path) -> None:
        self._fields, self._sides = (
            _Writer(folder / "fields.int16"),
            _Writer(folder / "sides.int16"),
        )

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
        self._fields.file.close()
        self._sides.file.close()
        return self._fields.info, self._sides.info


def open_arrays(folder: Path, infos: tuple[ArrayInfo, ArrayInfo]) -> Arrays:
    """Open the arrays of a folder, memory-mapped and read-only. Raises ValueError if damaged."""
    fields, sides = infos
    return Arrays(_open(folder / "fields.int16", fields), _open(folder / "sides.int16", sides))


def _open(path: Path, info: ArrayInfo) -> NDArray[np.int16]:
    shape, size = (info.rows, info.columns), path.stat().st_size
    if size != info.rows * info.columns * _INT16.itemsize:
        raise ValueError(f"{path.name} is {size} bytes long where {shape} values should be")
    if not size:
        return np.zeros(shape, _INT16)
    values = np.memmap(path, _INT16, "r", shape=shape).view(np.ndarray)
    if size <= CHECKED_BYTES and zlib.crc32(values.data) != info.checksum:
        raise ValueError(f"{path.name} does not hold the values that were written")
    return values
