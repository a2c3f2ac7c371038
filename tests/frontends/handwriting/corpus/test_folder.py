from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from seqgen.errors import InputFileError
from seqgen.frontends.data.members import Skipped
from seqgen.frontends.handwriting.corpus.folder import read_folder
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml
from tests.frontends.data.made import folder_of, tar_of, zip_of

INK = Ink((np.array([[1.0, 2.0], [3.5, 4.0]]),))
ADA = write_inkml([InkLine(INK, "Dear  Ada", "me"), InkLine(INK, "thank\nyou", "me")])
BOB = write_inkml([InkLine(INK, "Bob")])


def lines_of(path: Path) -> list[Line]:
    return [line for line in read_folder(path) if isinstance(line, Line)]


def skipped(path: Path) -> dict[str, str]:
    return {line.name: line.reason for line in read_folder(path) if isinstance(line, Skipped)}


@pytest.mark.parametrize("make", [folder_of, tar_of, zip_of])
def test_lines_are_named_after_their_file_and_place(tmp_path: Path, make: object) -> None:
    files = {"b.inkml": BOB, "a/ada.inkml": ADA, "a/notes.txt": b"x"}
    lines = lines_of(make(tmp_path / "ink", files))  # type: ignore[operator]
    assert [(line.name, line.hand, line.text) for line in lines] == [
        ("a/ada.inkml#1", "me", "Dear Ada"),
        ("a/ada.inkml#2", "me", "thank you"),
        ("b.inkml#1", "b.inkml", "Bob"),
    ]
    assert lines[0].ink.strokes[0].tolist() == [[1, 2], [3.5, 4]]


def test_one_file_is_a_source(tmp_path: Path) -> None:
    folder_of(tmp_path, {"ada.inkml": ADA})
    assert [line.name for line in lines_of(tmp_path / "ada.inkml")] == [
        "ada.inkml#1",
        "ada.inkml#2",
    ]


def test_the_lines_of_a_long_file_keep_their_order(tmp_path: Path) -> None:
    many = [InkLine(INK, f"line {number}") for number in range(1, 13)]
    folder_of(tmp_path, {"long.inkml": write_inkml(many)})
    assert [line.text for line in lines_of(tmp_path)] == [line.text for line in many]


def test_what_cannot_be_learned_from_is_listed(tmp_path: Path) -> None:
    files = {
        "bad.inkml": b"<ink>",
        "good.inkml": ADA,
        "mute.inkml": write_inkml([InkLine(INK), InkLine(Ink(), "no ink here")]),
        "none.inkml": write_inkml([]),
    }
    folder_of(tmp_path, files)
    assert len(lines_of(tmp_path)) == 2
    reasons = skipped(tmp_path)
    assert "not well-formed XML" in reasons.pop("bad.inkml")
    assert reasons == {
        "mute.inkml#1": "no text (an annotation of type truth) for this ink",
        "mute.inkml#2": "no ink",
        "none.inkml": "no lines in it",
    }


def test_a_folder_without_lines_is_one_sentence(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a.txt": b"x"})
    with pytest.raises(InputFileError, match=r"no lines of InkML \(\.inkml\)"):
        lines_of(tmp_path)
    folder_of(tmp_path, {"mute.inkml": write_inkml([InkLine(INK)])})
    with pytest.raises(InputFileError, match=r"left out mute\.inkml#1: no text"):
        lines_of(tmp_path)
