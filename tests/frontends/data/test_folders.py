from __future__ import annotations

from pathlib import Path

import pytest

from seqgen.errors import InputFileError
from seqgen.frontends.data.folders import file_names, members
from seqgen.frontends.data.members import Member
from tests.frontends.data.made import folder_of, tar_of, zip_of

FILES = {"b/two.ink": b"2", "a.ink": b"1", "notes.txt": b"x"}


def labels(path: Path, in_order: bool) -> list[str]:
    return [member.name for member in members(path, (".ink",), in_order=in_order)]


@pytest.mark.parametrize("make", [folder_of, tar_of, zip_of])
def test_files_are_sorted_by_name(tmp_path: Path, make: object) -> None:
    path = make(tmp_path / "source", FILES)  # type: ignore[operator]
    assert labels(path, in_order=True) == ["a.ink", "b/two.ink"]


def test_a_tar_archive_comes_as_it_is_stored_where_order_does_not_matter(tmp_path: Path) -> None:
    assert labels(tar_of(tmp_path / "a.tar", FILES), in_order=False) == ["b/two.ink", "a.ink"]


def test_a_file_is_known_by_its_suffix_or_by_its_first_bytes(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a.ink": b"x", "b": b"INK1", "c": b"x"})
    assert list(members(tmp_path / "a.ink", (".ink",))) == [Member("a.ink", b"x")]
    assert list(members(tmp_path / "b", (".ink",), (b"INK",))) == [Member("b", b"INK1")]
    with pytest.raises(InputFileError, match=r"is no folder, archive .* or file of type \.ink"):
        members(tmp_path / "c", (".ink",), (b"INK",))


def test_the_names_of_a_source_are_told_without_reading_it(tmp_path: Path) -> None:
    folder_of(tmp_path / "in", FILES | {"old.zip": b"PK"})
    assert list(file_names(tmp_path / "in", (".ink",))) == ["a.ink", "b/two.ink", "old.zip"]
    assert list(file_names(tmp_path / "in" / "a.ink", (".ink",))) == ["a.ink"]
    for path in (tar_of(tmp_path / "a.txz", FILES, "w:xz"), zip_of(tmp_path / "a.zip", FILES)):
        assert list(file_names(path, (".ink",))) == list(FILES)


def test_a_damaged_archive_tells_the_names_before_the_damage(tmp_path: Path) -> None:
    path = tar_of(tmp_path / "a.tar", FILES)
    data = bytearray(path.read_bytes())
    data[1024:1034] = b"0123456789"
    path.write_bytes(data)
    assert list(file_names(path, (".ink",))) == ["b/two.ink"]
    path.write_bytes(b"PK\3\4 and no more")
    assert list(file_names(path, (".ink",))) == []
