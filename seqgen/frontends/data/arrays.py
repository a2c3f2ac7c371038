"""Arrays on disk, written part by part without a header and read memory-mapped."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

CHECKED_BYTES = 256 << 20
"""Arrays up to this size are checked in full when opened; larger ones by their size alone."""

_Scalar = TypeVar("_Scalar", np.int16, np.int64, np.float64)


class ArrayInfo(msgspec.Struct, frozen=True):
    """What a file of values holds: shape and CRC-32."""

    rows: int
    columns: int
    checksum: int


class ArrayFile:
    """A file of little-endian values, row after row. ``info`` says what was written so far."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self.info = ArrayInfo(0, 0, 0)

    def append(self, values: NDArray[Any]) -> None:
        """Add rows (rows, columns); columns and type must be those of the rows before."""
        rows, columns = values.shape
        if self.info.rows and columns != self.info.columns:
            raise ValueError(f"{columns} columns after rows of {self.info.columns}")
        data = values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes()
        self._file.write(data)
        checksum = zlib.crc32(data, self.info.checksum)
        self.info = ArrayInfo(self.info.rows + rows, columns, checksum)

    def close(self) -> None:
        """Write out what is held back and close the file."""
        self._file.close()


def open_array(path: Path, info: ArrayInfo, scalar: type[_Scalar]) -> NDArray[_Scalar]:
    """Open a file of ``ArrayFile``, memory-mapped and read-only. Raises ValueError if damaged."""
    little = np.dtype(scalar).newbyteorder("<")
    shape, size = (info.rows, info.columns), path.stat().st_size
    if size != info.rows * info.columns * little.itemsize:
        raise ValueError(f"{path.name} is {size} bytes long where {shape} values should be")
    if not size:
        return np.zeros(shape, little)
    values = np.memmap(path, little, "r", shape=shape).view(np.ndarray)
    if size <= CHECKED_BYTES and zlib.crc32(values.data) != info.checksum:
        raise ValueError(f"{path.name} does not hold the values that were written")
    return values
