from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from seqgen.errors import OutputError
from seqgen.files import write_file


def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "file"
    write_file(path, b"old")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match=r"^cannot write .*/file: no space left on device$"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"^cannot write .*: no such file or directory$"):
        write_file(tmp_path / "absent" / "file", b"")


def test_an_interruption_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "file", b"new")
    assert list(tmp_path.iterdir()) == []
