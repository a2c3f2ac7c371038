from __future__ import annotations

from pathlib import Path

import pytest

from seqgen.errors import InputFileError
from seqgen.frontends.data.members import Skipped
from seqgen.frontends.handwriting.corpus.iamondb import read_iamondb
from seqgen.frontends.handwriting.corpus.line import Line
from tests.frontends.data.made import folder_of, tar_of, zip_of
from tests.frontends.handwriting.corpus.forms import DIAGONAL, form_files, whiteboard


def lines_of(path: Path) -> list[Line]:
    return [line for line in read_iamondb(path) if isinstance(line, Line)]


def skipped(path: Path) -> dict[str, str]:
    return {line.name: line.reason for line in read_iamondb(path) if isinstance(line, Skipped)}


FORMS = form_files("b02-010z", ["Zwei"]) | form_files("a01-000u", ["A  move", "to stop ."])


def test_a_line_has_its_name_its_form_its_text_and_its_ink_as_stored(tmp_path: Path) -> None:
    first, second, third = lines_of(folder_of(tmp_path, FORMS))
    assert (first.name, first.hand, first.text) == ("a01-000u-01", "a01-000u", "A move")
    assert (second.name, second.text) == ("a01-000u-02", "to stop .")
    assert (third.name, third.hand, third.text) == ("b02-010z-01", "b02-010z", "Zwei")
    assert [stroke.tolist() for stroke in first.ink.strokes] == [
        [list(point) for point in stroke] for stroke in DIAGONAL
    ]


@pytest.mark.parametrize("mode", ["zip", "w:gz", "w:xz"])
@pytest.mark.parametrize("prefix", ["", "iam/data/"])
def test_an_archive_gives_the_lines_of_the_folder(tmp_path: Path, mode: str, prefix: str) -> None:
    files = {prefix + path: data for path, data in reversed(FORMS.items())}
    path = tmp_path / "set"
    lines = lines_of(zip_of(path, files) if mode == "zip" else tar_of(path, files, mode))
    assert [line.name for line in lines] == ["a01-000u-01", "a01-000u-02", "b02-010z-01"]
    assert [line.text for line in lines] == ["A move", "to stop .", "Zwei"]


def test_a_folder_with_the_two_archives_of_the_publisher_is_a_copy(tmp_path: Path) -> None:
    for name, kind in (("ascii-all.tar.gz", "ascii"), ("lineStrokes-all.tar.gz", "lineStrokes")):
        files = {path: data for path, data in FORMS.items() if path.startswith(kind)}
        tar_of(tmp_path / name, files, "w:gz")
    tar_of(tmp_path / "lineImages-all.tar.gz", {"a.tif": b"x"}, "w:gz")
    assert [line.text for line in lines_of(tmp_path)] == ["A move", "to stop .", "Zwei"]
    assert list(skipped(tmp_path)) == ["lineImages-all.tar.gz"]


def test_a_row_of_percent_signs_parts_two_lines(tmp_path: Path) -> None:
    folder_of(tmp_path, form_files("a08-551z", ["one", "bone %%%%%%%%%%% pinned."], inks=3))
    assert [line.text for line in lines_of(tmp_path)] == ["one", "bone", "pinned."]


def test_ink_without_text_and_text_without_ink_are_accounted_for(tmp_path: Path) -> None:
    files = form_files("a01-000u", ["one", "two"], inks=3) | form_files("a01-001x", ["b"])
    files |= form_files("a01-002x", ["one", "two"])
    del files["ascii/a01/a01-001/a01-001x.txt"]
    del files["lineStrokes/a01/a01-002/a01-002x-01.xml"]
    folder_of(tmp_path, files)
    assert [line.name for line in lines_of(tmp_path)] == [
        "a01-000u-01",
        "a01-000u-02",
        "a01-002x-02",
    ]
    assert skipped(tmp_path) == {
        "a01-000u-03": "no text for this ink",
        "a01-001x-01": "no text for this ink",
        "a01-002x-01": "no ink for this line of text",
    }


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "an empty file"),
        (b"<Stroke>", "broken XML"),
        (whiteboard([]), "no ink"),
        (whiteboard([[]]), "no ink"),
    ],
)
def test_ink_that_cannot_be_read_is_listed(tmp_path: Path, data: bytes, reason: str) -> None:
    files = form_files("a01-000u", ["one", "two"])
    files["lineStrokes/a01/a01-000/a01-000u-01.xml"] = data
    folder_of(tmp_path, files)
    assert [line.name for line in lines_of(tmp_path)] == ["a01-000u-02"]
    assert list(skipped(tmp_path)) == ["a01-000u-01"]
    assert reason in skipped(tmp_path)["a01-000u-01"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"OCR:\none\n", "no CSR section"), ("CSR:\n\nß".encode(), "not 7-bit text")],
)
def test_text_that_cannot_be_read_drops_the_lines_of_its_form(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    files = form_files("a01-000u", ["one"]) | form_files("b01-000u", ["one"])
    files["ascii/a01/a01-000/a01-000u.txt"] = data
    folder_of(tmp_path, files)
    assert [line.name for line in lines_of(tmp_path)] == ["b01-000u-01"]
    assert reason in skipped(tmp_path)["a01-000u-01"]


def test_a_second_file_of_the_same_line_is_listed(tmp_path: Path) -> None:
    folder_of(tmp_path, FORMS)
    folder_of(tmp_path, {"copy/a01-000u-01.xml": whiteboard([[(1, 1)]])})
    assert "another file has the same name" in skipped(tmp_path).values()
    assert len(lines_of(tmp_path)) == 3


def test_the_original_forms_beside_the_lines_are_passed_over(tmp_path: Path) -> None:
    folder_of(tmp_path, FORMS | {"original-xml/a01/a01-000/strokesu.xml": b"<x/>"})
    assert len(lines_of(tmp_path)) == 3
    assert not skipped(tmp_path)


def test_a_source_without_lines_says_what_was_looked_for(tmp_path: Path) -> None:
    folder_of(tmp_path, {"ascii/a01/a01-000/a01-000u.txt": b"CSR:\n\none\n"})
    with pytest.raises(InputFileError, match=r"no lines \(lineStrokes/.*a01-000u-01: no ink"):
        lines_of(tmp_path)
