from __future__ import annotations

from pathlib import Path

import pytest

from seqgen.errors import InputFileError, OutputError
from seqgen_gui.music.shelf import MusicPart, Shelf
from seqgen_gui.music.state import MusicState, Piece


def test_what_a_file_held_is_kept_though_the_file_is_gone(tmp_path: Path) -> None:
    shelf = Shelf()
    path = shelf.folder / "take.mid"
    path.write_bytes(b"notes")
    shelf.keep(str(path))
    path.unlink()
    part = shelf.packed(MusicState(piece=Piece(path=str(path))))
    assert list(part.files.values()) == [b"notes"]


def test_a_file_that_is_gone_cannot_be_kept() -> None:
    shelf = Shelf()
    with pytest.raises(InputFileError, match=r"cannot read .*none\.mid: no such file"):
        shelf.keep(str(shelf.folder / "none.mid"))


def test_a_project_that_lacks_a_file_is_refused() -> None:
    part = MusicPart(state=MusicState(piece=Piece(path="001/song.mid")))
    with pytest.raises(InputFileError, match=r"the file 001/song\.mid is not in the project"):
        Shelf().unpacked(part)


def test_a_shelf_whose_place_is_gone_says_so(tmp_path: Path) -> None:
    shelf = Shelf()
    source = tmp_path / "song.mid"
    source.write_bytes(b"notes")
    shelf.folder.rmdir()
    shelf.folder.parent.rmdir()
    with pytest.raises(OutputError, match="cannot make the folder"):
        shelf.bring_in(source)
