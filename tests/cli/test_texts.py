from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from seqgen.cli.texts import lines_of, text_of
from seqgen.errors import InputFileError


def test_a_text_is_itself_or_what_is_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"\xef\xbb\xbfDear Ad\xc3\xa9,\n\n")
    assert text_of("me@home") == "me@home"
    assert text_of(f"@{path}") == "Dear Ad\u00e9,\n\n"


def test_two_at_signs_stand_for_one_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("@@ada\n")
    assert text_of("@@ada, hello") == "@ada, hello"
    assert text_of("@@") == "@"
    assert lines_of(["@@ada", f"@{path}"]) == ["@ada", "@@ada"]


def test_a_text_may_come_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"one\n\ntwo\n")))
    assert lines_of(["-"]) == ["one", "two"]


def test_a_file_gives_a_text_a_line_and_an_argument_is_one(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("one\r\n\n  two \n")
    assert lines_of(["zero", f"@{path}", "", "three"]) == ["zero", "one", "  two ", "", "three"]


def test_what_is_no_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "song.mid"
    path.write_bytes(b"MThd\xff")
    with pytest.raises(InputFileError, match=r"song\.mid is not UTF-8 text, byte 5$"):
        text_of(f"@{path}")
