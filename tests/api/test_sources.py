from __future__ import annotations

import os
from pathlib import Path

import pytest

from seqgen.api.sources import find_source
from seqgen.errors import InputFileError, UsageError
from tests.frontends.data.made import folder_of, tar_of, zip_of

MIDI = {"a/one.mid": b"x", "z.inkml": b"x"}
INK = {"a/one.inkml": b"x", "z.mid": b"x"}
FORMS = {"iam/ascii/a01/a01-000/a01-000u.txt": b"x", "iam/lineStrokes/a01/a-01.xml": b"x"}


@pytest.mark.parametrize("make", [folder_of, tar_of, zip_of])
@pytest.mark.parametrize(
    ("files", "card"), [(MIDI, "folder"), (INK, "folder-ink"), (FORMS, "iamondb")]
)
def test_a_source_without_a_telling_name_is_known_by_the_first_file_that_tells(
    tmp_path: Path, make: object, files: dict[str, bytes], card: str
) -> None:
    path = make(tmp_path / "source", files)  # type: ignore[operator]
    assert find_source(str(path))[1].name == card


def test_a_folder_with_the_archives_of_the_publisher_is_the_iam_database(tmp_path: Path) -> None:
    folder_of(tmp_path, {"ascii-all.tar.gz": b"x", "lineStrokes-all.tar.gz": b"x"})
    assert find_source(str(tmp_path))[1].name == "iamondb"


def test_a_name_tells_before_the_files_do(tmp_path: Path) -> None:
    path = folder_of(tmp_path / "pop909-songs", INK)
    assert find_source(str(path))[1].name == "pop909"


@pytest.mark.parametrize(
    ("files", "frontend", "card"),
    [(INK, "music", "folder"), (MIDI, "handwriting", "folder-ink"), (FORMS, "music", "folder")],
)
def test_a_frontend_takes_only_its_own_data_sets(
    tmp_path: Path, files: dict[str, bytes], frontend: str, card: str
) -> None:
    path = folder_of(tmp_path / "pop909", files) if frontend == "handwriting" else tmp_path
    folder_of(path, files)
    assert find_source(str(path), frontend=frontend)[1].name == card


def test_a_file_of_ink_is_a_source_of_ink(tmp_path: Path) -> None:
    folder_of(tmp_path, {"me.inkml": b"x", "song.mid": b"x", "chorales.json": b"{}"})
    names = ["me.inkml", "song.mid", "chorales.json"]
    cards = [find_source(str(tmp_path / name))[1].name for name in names]
    assert cards == ["folder-ink", "folder", "folder"]


def test_a_damaged_archive_and_a_pipe_are_left_to_the_reader(tmp_path: Path) -> None:
    path = tar_of(tmp_path / "a.tar.xz", INK, "w:xz")
    path.write_bytes(path.read_bytes()[:40])
    os.mkfifo(tmp_path / "pipe")
    assert find_source(str(path))[1].name == "folder"
    assert find_source(str(tmp_path / "pipe"))[1].name == "folder"


@pytest.mark.parametrize("name", ["starter", "pop909"])
def test_a_data_set_of_another_frontend_is_refused(tmp_path: Path, name: str) -> None:
    path = name if name == "starter" else str(tmp_path)
    dataset = None if name == "starter" else name
    with pytest.raises(UsageError, match=f"data set {name} is music, not handwriting"):
        find_source(path, dataset, "handwriting")


def test_a_data_set_that_is_not_bundled_says_how_to_get_it() -> None:
    with pytest.raises(
        InputFileError, match=r"iamondb is not bundled: .*lineStrokes-all\.tar\.gz"
    ):
        find_source("iamondb")


def test_an_unknown_data_set_is_a_usage_error_with_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no data set is called 'iamondv', did you mean iamondb"):
        find_source(str(tmp_path), "iamondv")
