from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from seqgen.frontends.data.arrays import ArrayFile, ArrayInfo, open_array


def written(path: Path, *parts: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> ArrayInfo:
    file = ArrayFile(path)
    for part in parts:
        file.append(part)
    file.close()
    return file.info


def test_parts_come_back_as_one_array_that_cannot_be_written(tmp_path: Path) -> None:
    first, second = np.arange(6.0).reshape(3, 2), np.full((1, 2), np.pi)
    info = written(tmp_path / "a", first, second)
    values = open_array(tmp_path / "a", info, np.float64)
    np.testing.assert_array_equal(values, np.concatenate([first, second]))
    assert (values.dtype, values.flags.writeable) == (np.dtype(np.float64), False)
    assert (info.rows, info.columns) == (4, 2)


def test_no_rows_are_an_array_of_none(tmp_path: Path) -> None:
    info = written(tmp_path / "a")
    assert open_array(tmp_path / "a", info, np.float64).shape == (0, 0)


def test_parts_of_another_width_are_refused(tmp_path: Path) -> None:
    file = ArrayFile(tmp_path / "a")
    file.append(np.zeros((2, 3)))
    with pytest.raises(ValueError, match="2 columns after rows of 3"):
        file.append(np.zeros((2, 2)))
    file.close()


def test_a_file_that_was_cut_or_changed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    info = written(path, np.arange(6.0).reshape(3, 2))
    data = bytearray(path.read_bytes())
    path.write_bytes(data[:-1])
    with pytest.raises(ValueError, match="a is 47 bytes long where"):
        open_array(path, info, np.float64)
    data[9] ^= 1
    path.write_bytes(data)
    with pytest.raises(ValueError, match="a does not hold the values that were written"):
        open_array(path, info, np.float64)
