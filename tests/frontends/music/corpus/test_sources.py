from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from seqgen.errors import InputFileError
from seqgen.frontends.music.corpus.pieces import Piece
from seqgen.frontends.music.corpus.sources import (
    chorale_rows,
    iter_pieces,
    read_chorales,
)
from tests.frontends.data.made import folder_of, tar_of, zip_of
from tests.frontends.music.corpus.made import MIDI, names, skipped
from tests.places import REAL_DATA

FILES = {
    "b/two.MID": MIDI,
    "a.midi": MIDI,
    "c.rmi": MIDI,
    "d.Kar": MIDI,
    "notes.txt": b"x",
    ".hidden.mid": MIDI,
    "__MACOSX/a.midi": MIDI,
}
SORTED = ["a.midi", "b/two.MID", "c.rmi", "d.Kar"]


def test_a_folder_gives_its_midi_files_sorted_and_nothing_hidden(tmp_path: Path) -> None:
    assert names(folder_of(tmp_path, FILES)) == SORTED


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_archive_gives_the_same_pieces_as_the_folder(tmp_path: Path, mode: str) -> None:
    path = tar_of(tmp_path / "songs", FILES, mode)
    assert names(path) == SORTED
    assert not skipped(path)


def test_a_zip_archive_gives_the_same_pieces_as_the_folder(tmp_path: Path) -> None:
    assert names(zip_of(tmp_path / "songs.bin", FILES)) == SORTED


def test_a_single_midi_file_is_its_own_only_piece(tmp_path: Path) -> None:
    path = tmp_path / "song"
    path.write_bytes(MIDI)
    assert list(iter_pieces(path)) == [Piece("song", MIDI)]


@pytest.mark.parametrize("make", [tar_of, zip_of, folder_of])
def test_archives_inside_and_empty_files_are_listed(tmp_path: Path, make: object) -> None:
    files = {"in.zip": b"PK", "in.tar.gz": b"x", "empty.mid": b"", "good.mid": MIDI}
    path = make(tmp_path / "source", files)  # type: ignore[operator]
    assert names(path) == ["good.mid"]
    reasons = skipped(path)
    assert reasons.pop("empty.mid") == "an empty file"
    assert sorted(reasons) == ["in.tar.gz", "in.zip"]
    assert all(reason.startswith("an archive in") for reason in reasons.values())


def test_a_huge_file_in_a_folder_is_listed_and_not_read(tmp_path: Path) -> None:
    folder_of(tmp_path, {"good.mid": MIDI})
    with (tmp_path / "huge.mid").open("wb") as file:
        file.truncate(1 << 40)
    assert skipped(tmp_path) == {"huge.mid": "1048576 MB long, at most 32 MB are read"}


def test_a_loop_of_links_is_walked_once(tmp_path: Path) -> None:
    folder_of(tmp_path, {"in/a.mid": MIDI})
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "lost.mid").symlink_to(tmp_path / "nowhere")
    assert names(tmp_path) == ["in/a.mid"]
    assert skipped(tmp_path) == {"lost.mid": "cannot be read: no such file or directory"}


def test_a_pipe_is_listed_and_never_opened(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a.mid": MIDI})
    os.mkfifo(tmp_path / "pipe.mid")
    assert skipped(tmp_path) == {"pipe.mid": "not a regular file"}
    with pytest.raises(InputFileError, match="neither a file nor a folder"):
        names(tmp_path / "pipe.mid")


def test_files_and_folders_that_may_not_be_read_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_of(tmp_path, {"a.mid": MIDI, "locked.mid": MIDI, "closed/b.mid": MIDI})
    read, scan = Path.read_bytes, os.scandir

    def denied_read(path: Path) -> bytes:
        if path.name == "locked.mid":
            raise PermissionError(13, "Permission denied")
        return read(path)

    def denied_scan(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(Path, "read_bytes", denied_read)
    monkeypatch.setattr(os, "scandir", denied_scan)
    assert names(tmp_path) == ["a.mid"]
    assert skipped(tmp_path) == {
        "closed": "cannot be listed: permission denied",
        "locked.mid": "cannot be read: permission denied",
    }


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("readme.txt", b"hello", "is no folder, archive"),
        ("empty.zip", b"", "not a readable archive"),
        ("empty.tar", b"", "not a readable archive|no MIDI files"),
        ("not.tar", b"hello" * 200, "not a readable archive"),
        ("song.mid.gz", b"\x1f\x8b\x08\0", "not a readable archive"),
    ],
)
def test_what_is_no_source_is_one_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputFileError, match=sentence):
        names(tmp_path / name)


def test_a_source_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match=r"cannot read .*no such file"):
        names(tmp_path / "none")
    with pytest.raises(InputFileError, match="null"):
        names(Path("a\0b"))


def test_nothing_usable_says_what_was_looked_for_and_what_was_skipped(tmp_path: Path) -> None:
    folder_of(tmp_path, {"empty.mid": b"", "x.txt": b"x"})
    with pytest.raises(InputFileError, match=r"\.mid \.midi \.rmi \.kar.*skipped empty\.mid"):
        names(tmp_path)


def test_chorale_json_gives_rows_of_four_voices(tmp_path: Path) -> None:
    path = tmp_path / "chorales.json"
    rows = [[74, 70, 65, 58], [-1, 70, 65, 58]]
    path.write_text(json.dumps({"train": [rows, rows], "valid": [rows[:1]]}))
    chorales = read_chorales(path)
    assert [len(pieces) for pieces in chorales.values()] == [2, 1]
    assert chorales["train"][0].dtype == np.int16
    assert chorales["train"][0].tolist() == rows
    pieces = [piece for piece in iter_pieces(path) if isinstance(piece, Piece)]
    assert [piece.name for piece in pieces] == ["train/0000", "train/0001", "valid/0000"]
    assert chorale_rows(pieces[0]).tolist() == rows


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1, 2]",
        '{"train": 3}',
        '{"train": [[[60, 60, 60]]]}',
        '{"train": [[[60, 60, 60, 128]]]}',
        '{"train": [[[60, 60, 60, -2]]]}',
        '{"train": [[[60, 60, 60, NaN]]]}',
        '{"train": [[]]}',
        '{"train": []}',
        "{}",
        "[" * 100_000,
    ],
)
def test_foreign_json_is_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "foreign.json"
    path.write_text(text)
    with pytest.raises(InputFileError, match=r"chorale") as caught:
        names(path)
    assert "\n" not in str(caught.value)


def test_pop909_gives_818_songs() -> None:
    path = REAL_DATA / "pop909-train-valid.tar.xz"
    if not path.exists():
        pytest.skip("the POP909 archive is not here")
    assert len(names(path)) == 818
