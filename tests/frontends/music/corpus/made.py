"""Archives made for the tests, and what is read from them."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

from seqgen.frontends.data.members import Skipped
from seqgen.frontends.music.corpus.pieces import Piece
from seqgen.frontends.music.corpus.sources import iter_pieces

MIDI = b"MThd\0\0\0\6\0\1\0\1\1\xe0MTrk\0\0\0\4\0\xff\x2f\0"


def names(path: Path) -> list[str]:
    return [piece.name for piece in iter_pieces(path) if isinstance(piece, Piece)]


def skipped(path: Path) -> dict[str, str]:
    return {item.name: item.reason for item in iter_pieces(path) if isinstance(item, Skipped)}


def tar_of(path: Path, files: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as tar:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


def zip_of(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path
