from __future__ import annotations

import io
from pathlib import Path

import pytest

from seqgen.api import input_file
from seqgen.api.input_file import read_input
from seqgen.errors import InputFileError


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x00\xff")
    assert read_input(str(tmp_path / "a")) == b"\x00\xff"


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"notes")))
    assert read_input("-") == b"notes"


def test_a_closed_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputFileError, match="cannot read standard input: it is closed"):
        read_input("-")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "cannot read '': no file name"),
        ("none.mid", "no such file: none.mid"),
        ("folder", "folder is a directory, not a file"),
        ("empty", "empty is empty"),
        ("long", "long is longer than 0 MiB"),
        ("a\0b", "null byte"),
        ("n" * 300, "file name too long"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(input_file, "MAX_BYTES", 4)
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").touch()
    (tmp_path / "long").write_bytes(b"12345")
    with pytest.raises(InputFileError, match=message):
        read_input(name)
