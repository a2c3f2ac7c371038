from __future__ import annotations

import errno
import json
import os
from itertools import groupby
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seqgen.errors import InputFileError, OutputError
from seqgen_gui.project.document import (
    Document,
    document_bytes,
    read_document,
)
from seqgen_gui.project.project import ChangedFileError, Part, Project
from tests.gui.project.pages import Page, TextPart


@pytest.fixture
def project(qtbot: QtBot) -> Project:
    return Project()


def test_what_is_saved_is_what_is_opened(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.seqgen"
    page = Page(project)
    page.show(TextPart(text="Ünïcode \n", data=bytes(range(256))))
    project.save(path)
    assert (project.path, project.title) == (path, "a")
    other = Project()
    again = Page(other)
    other.open(path)
    assert again.part == page.part
    assert not other.modified


def test_the_same_project_gives_the_same_bytes(project: Project, tmp_path: Path) -> None:
    page = Page(project)
    page.write("text")
    for name in ("a", "b"):
        project.save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_page_that_is_made_late_shows_its_part(project: Project, tmp_path: Path) -> None:
    Page(project).write("text")
    project.save(tmp_path / "a.seqgen")
    other = Project()
    other.open(tmp_path / "a.seqgen")
    assert Page(other).part.text == "text"
    assert not other.modified


def test_a_part_that_no_page_knows_is_kept(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.seqgen"
    path.write_bytes(document_bytes(Document(parts={"later": {"x": [1, None, "é"]}})))
    project.open(path)
    Page(project).write("text")
    project.save(path)
    parts = json.loads(path.read_bytes())["parts"]
    assert parts["later"] == {"x": [1, None, "é"]}
    assert parts["text"]["text"] == "text"


def test_a_project_knows_whether_there_is_something_to_save(
    project: Project, tmp_path: Path
) -> None:
    page = Page(project)
    told: list[bool] = []
    project.changed.connect(lambda: told.append(project.modified))
    page.write("one")
    project.undo.undo()
    project.touch()
    project.save(tmp_path / "a.seqgen")
    page.write("two")
    project.clear()
    assert [state for state, _ in groupby(told)] == [True, False, True, False, True, False]
    assert project.path is None
    assert page.part == TextPart()


def test_every_change_moves_the_revision(project: Project) -> None:
    page = Page(project)
    seen = [project.revision]
    page.write("one")
    seen.append(project.revision)
    project.undo.undo()
    seen.append(project.revision)
    project.touch()
    seen.append(project.revision)
    project.touch()
    seen.append(project.revision)
    assert seen == sorted(set(seen))


def test_steps_of_one_name_become_one(project: Project) -> None:
    page = Page(project)
    for text in ("a", "ab", "abc"):
        page.write(text, merge="typing")
    page.write("new")
    assert project.undo.count() == 2
    project.undo.undo()
    assert page.part.text == "abc"
    project.undo.undo()
    assert page.part.text == ""
    project.undo.redo()
    assert page.part.text == "abc"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is no seqgen project: input data was truncated"),
        (b"MThd\x00", "is no seqgen project"),
        (b"\xff\xfe", "is no seqgen project"),
        (b"[" * 100_000, "is no seqgen project"),
        (b"{}", "is no seqgen project"),
        (b'{"seqgen_project": "x"}', "is no seqgen project: expected `int`"),
        (b'{"seqgen_project": 2}', "has project format 2, this seqgen reads 1"),
        (
            b'{"seqgen_project": 1, "parts": {"text": {"text": 3}}}',
            "the part text is damaged: expected `str`, got `int`",
        ),
    ],
)
def test_a_file_that_is_no_project_is_refused_and_nothing_is_changed(
    project: Project, tmp_path: Path, data: bytes, message: str
) -> None:
    page = Page(project)
    page.write("mine")
    path = tmp_path / "a.seqgen"
    path.write_bytes(data)
    with pytest.raises(InputFileError) as error:
        project.open(path)
    assert str(error.value).startswith(str(path))
    assert message in str(error.value)
    assert page.part.text == "mine"
    assert project.path is None
    assert project.undo.canUndo()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match=r"no such file: .*none\.seqgen"):
        read_document(tmp_path / "none.seqgen")
    with pytest.raises(InputFileError, match=r"cannot read .*: is a directory"):
        read_document(tmp_path)


def test_a_late_part_that_is_damaged_is_told_and_begins_empty(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "a.seqgen"
    path.write_bytes(document_bytes(Document(parts={"text": {"text": 3}})))
    project.open(path)
    told: list[str] = []
    project.trouble.connect(told.append)
    assert Page(project).part == TextPart()
    assert told == [
        "a: the part text is damaged: expected `str`, got `int` - at `$.text`",
    ]


def test_a_project_that_cannot_be_saved_stays_to_be_saved(
    project: Project, tmp_path: Path
) -> None:
    Page(project).write("text")
    with pytest.raises(OutputError):
        project.save(tmp_path / "none" / "a.seqgen")
    assert project.modified
    assert project.path is None


def test_a_project_that_cannot_be_shown_leaves_the_one_that_is_open(
    project: Project, tmp_path: Path
) -> None:
    other = Project()
    Page(other).write("theirs")
    Page(other, "full").write("theirs")
    other.save(tmp_path / "b.seqgen")
    page = Page(project)

    def show(part: TextPart) -> None:
        if part.text == "theirs":
            raise OutputError("cannot write x: no space left on device")
        shown.append(part.text)

    shown: list[str] = []
    project.register(Part("full", TextPart, lambda: TextPart(text="full of mine"), show))
    project.save(tmp_path / "a.seqgen")
    page.write("mine")
    with pytest.raises(OutputError):
        project.open(tmp_path / "b.seqgen")
    assert (page.part.text, shown) == ("mine", ["full of mine"])
    assert project.path == tmp_path / "a.seqgen"
    assert project.modified
    project.save(tmp_path / "a.seqgen")
    assert read_document(tmp_path / "a.seqgen").parts["text"]["text"] == "mine"


def test_a_file_keeps_its_permissions_and_a_read_only_one_is_left_alone(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "a.seqgen"
    page = Page(project)
    project.save(path)
    path.chmod(0o600)
    page.write("one")
    project.save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o400)
    before = path.read_bytes()
    page.write("two")
    with pytest.raises(OutputError, match=r"cannot write .*a\.seqgen: it is read-only"):
        project.save(path)
    assert path.read_bytes() == before
    assert project.modified


def test_a_full_disk_leaves_the_file_and_says_so_in_a_line(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.seqgen"
    page = Page(project)
    project.save(path)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    page.write("one")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError) as error:
        project.save(path)
    assert str(error.value) == f"cannot write {path}: no space left on device"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    assert project.modified


def test_a_file_that_another_window_saved_is_not_written_over_unasked(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "a.seqgen"
    page = Page(project)
    project.save(path)
    other = Project()
    theirs = Page(other)
    other.open(path)
    theirs.write("theirs")
    other.save(path)
    page.write("mine")
    with pytest.raises(ChangedFileError, match=r"a\.seqgen was changed by another program"):
        project.save(path)
    assert project.modified
    assert read_document(path).parts["text"]["text"] == "theirs"
    project.save(tmp_path / "b.seqgen")
    project.save(tmp_path / "b.seqgen")
    project.save(path)  # asked for by name
    page.write("more")
    other.save(path, over=True)
    with pytest.raises(ChangedFileError):
        project.save(path)
    path.unlink()
    project.save(path)
    assert read_document(path).parts["text"]["text"] == "more"
