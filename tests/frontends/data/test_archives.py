from __future__ import annotations

import contextlib
import io
import os
import struct
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest

from seqgen.errors import InputFileError
from seqgen.frontends.data import archives
from tests.frontends.data.made import tar_of, zip_of
from tests.frontends.music.corpus.made import MIDI, names, skipped


def test_members_that_climb_out_of_the_archive_are_only_labels(tmp_path: Path) -> None:
    files = {"../../evil.mid": MIDI, "/etc/root.mid": MIDI, "C:\\x\\y.mid": MIDI}
    assert names(tar_of(tmp_path / "a.tar", files)) == ["C:/x/y.mid", "etc/root.mid", "evil.mid"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.tar"]


def test_two_members_of_one_name_give_one_piece(tmp_path: Path) -> None:
    path = tar_of(tmp_path / "a.tar", {"x.mid": MIDI, "./x.mid": MIDI})
    assert names(path) == ["x.mid"]
    assert skipped(path) == {"x.mid": "another file has the same name"}


def test_control_characters_in_a_name_are_replaced(tmp_path: Path) -> None:
    assert names(zip_of(tmp_path / "a.zip", {"a\x1b[2J.mid": MIDI})) == ["a?[2J.mid"]


@pytest.mark.parametrize("make", [tar_of, zip_of])
def test_a_huge_member_is_listed_and_not_read(tmp_path: Path, make: object) -> None:
    files = {"huge.mid": bytes(33 << 20), "good.mid": MIDI}
    path = make(tmp_path / "source", files)  # type: ignore[operator]
    assert names(path) == ["good.mid"]
    assert skipped(path) == {"huge.mid": "33 MB long, at most 32 MB are read"}


def test_a_zip_bomb_stops_at_its_budget(tmp_path: Path) -> None:
    files = {f"{number}.mid": bytes(20 << 20) for number in range(5)}
    path = zip_of(tmp_path / "bomb.zip", files)
    assert names(path) == ["0.mid", "1.mid", "2.mid"]
    assert "unpacks to more than 64 MB" in skipped(path)["bomb.zip"]


def test_a_tar_bomb_stops_at_its_budget_and_keeps_what_came_before(tmp_path: Path) -> None:
    path = tar_of(tmp_path / "b.tar.gz", {"a.mid": MIDI, "z.bin": bytes(80 << 20)}, "w:gz")
    assert names(path) == ["a.mid"]
    assert "unpacks to more than 64 MB" in skipped(path)["b.tar.gz"]


def test_a_truncated_tar_gives_what_came_before(tmp_path: Path) -> None:
    path = tar_of(tmp_path / "a.tar.gz", {"a.mid": MIDI, "z.mid": os.urandom(9999)}, "w:gz")
    path.write_bytes(path.read_bytes()[:3000])
    assert names(path) == ["a.mid"]
    assert skipped(path)["a.tar.gz"].startswith("the archive is damaged, the rest is lost")


def test_a_tar_with_a_damaged_header_says_that_the_rest_is_lost(tmp_path: Path) -> None:
    path = tar_of(tmp_path / "a.tar", {"a.mid": MIDI, "b.mid": MIDI})
    data = bytearray(path.read_bytes())
    data[1024:1034] = b"0123456789"
    path.write_bytes(data)
    assert names(path) == ["a.mid"]
    assert "the rest is lost" in skipped(path)["a.tar"]


def test_links_in_a_tar_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as tar:
        for name, kind in (("s.mid", tarfile.SYMTYPE), ("h.mid", tarfile.LNKTYPE)):
            link = tarfile.TarInfo(name)
            link.type, link.linkname = kind, "/etc/passwd"
            tar.addfile(link)
        info = tarfile.TarInfo("good.mid")
        info.size = len(MIDI)
        tar.addfile(info, io.BytesIO(MIDI))
    assert names(path) == ["good.mid"]
    assert set(skipped(path)) == {"s.mid", "h.mid"}


def test_a_tar_whose_headers_nest_without_end_is_one_sentence(tmp_path: Path) -> None:
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 512
    path = tmp_path / "deep.tar"
    path.write_bytes((header.tobuf() + bytes(512)) * 5000)
    with pytest.raises(InputFileError, match="not a readable archive"):
        names(path)


def test_encrypted_and_damaged_zip_members_are_listed(tmp_path: Path) -> None:
    files = {"locked.mid": MIDI, "torn.mid": MIDI, "good.mid": MIDI}
    path = zip_of(tmp_path / "a.zip", files, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\1\2")
    data[at + 8] |= 1
    torn = data.index(b"torn.mid") + 12
    data[torn] ^= 255
    path.write_bytes(data)
    assert names(path) == ["good.mid"]
    reasons = skipped(path)
    assert reasons["locked.mid"] == "encrypted"
    assert reasons["torn.mid"].startswith("cannot be read: Bad CRC-32")


def test_zip_members_in_methods_that_can_explode_are_listed(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"b.mid": MIDI}, zipfile.ZIP_BZIP2)
    with pytest.raises(InputFileError, match="compression method 12, only 0 and 8 are read"):
        names(path)


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_truncated_zip_is_one_sentence(tmp_path: Path, cut: int) -> None:
    path = zip_of(tmp_path / "a.zip", {"a.mid": MIDI})
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(InputFileError, match="not a readable archive"):
        names(path)


def test_archives_with_random_damage_never_raise_anything_else(tmp_path: Path) -> None:
    draw = np.random.default_rng(0)
    files = {f"{number}.mid": MIDI * 9 for number in range(6)}
    originals = [
        zip_of(tmp_path / "a.zip", files).read_bytes(),
        tar_of(tmp_path / "a.tar", files).read_bytes(),
        tar_of(tmp_path / "a.tgz", files, "w:gz").read_bytes(),
        tar_of(tmp_path / "a.txz", files, "w:xz").read_bytes(),
        tar_of(tmp_path / "a.tbz", files, "w:bz2").read_bytes(),
    ]
    path = tmp_path / "damaged"
    for original in originals * 40:
        data = bytearray(original)
        for _ in range(int(draw.integers(1, 8))):
            data[int(draw.integers(len(data)))] = int(draw.integers(256))
        path.write_bytes(data[: int(draw.integers(1, len(data) + 1))])
        with contextlib.suppress(InputFileError):
            names(path)


def test_the_budget_grows_with_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    sizes = []
    for size in (10, 1 << 20, 1 << 30):
        with path.open("wb") as file:
            file.truncate(size)
        sizes.append(archives.budget(path))
    assert sizes == [64 << 20, 200 << 20, 1 << 30]


def test_a_zip_that_lies_about_its_size_is_not_read_further(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"a.mid": bytes(50 << 20), "good.mid": MIDI})
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\1\2") + 24, 1000)
    path.write_bytes(data)
    assert names(path) == ["good.mid"]
    assert set(skipped(path)) == {"a.mid"}
