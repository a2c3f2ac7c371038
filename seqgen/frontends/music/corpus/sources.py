"""The pieces of a data source: a folder or archive of MIDI files, one file, or chorale JSON."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import numpy as np
from numpy.typing import NDArray

from seqgen.errors import InputFileError
from seqgen.frontends.music.corpus.archives import archive_members, is_archive
from seqgen.frontends.music.corpus.pieces import (
    ARCHIVE_SUFFIXES,
    MIDI_SUFFIXES,
    Piece,
    Skipped,
    clean_name,
    has_suffix,
    is_hidden,
    megabytes,
    unread,
)

__all__ = ["Piece", "Skipped", "chorale_rows", "iter_pieces", "members", "read_chorales"]

MAX_JSON_BYTES = 256 << 20

_Pitch = Annotated[int, msgspec.Meta(ge=-1, le=127)]
_Row = tuple[_Pitch, _Pitch, _Pitch, _Pitch]
_Rows = Annotated[list[_Row], msgspec.Meta(min_length=1)]


def iter_pieces(path: Path) -> Iterator[Piece | Skipped]:
    """Yield every piece of a source, sorted by name, and what was left out with the reason.

    ``path`` is a folder (read recursively), a ``.tar``, ``.tar.gz/.bz2/.xz`` or ``.zip``
    archive, a MIDI file, or chorale JSON (pieces named ``split/number``).
    Raises InputFileError when there is no such source or nothing in it can be used.
    """
    if has_suffix(path.name, (".json",)) and not path.is_dir():
        yield from _chorale_pieces(path)
        return
    found, reason = set[str](), ""
    for member in members(path, MIDI_SUFFIXES):
        if member.name in found:
            yield Skipped(member.name, "another file has the same name")
            continue
        if isinstance(member, Piece):
            found.add(member.name)
        else:
            reason = reason or f"; skipped {member.name}: {member.reason}"
        yield member
    if not found:
        wanted = " ".join(MIDI_SUFFIXES)
        raise InputFileError(f"no MIDI files ({wanted}) in {path}{reason}")


def members(path: Path, suffixes: tuple[str, ...]) -> Iterator[Piece | Skipped]:
    """Yield the files of a folder or archive that end in one of the suffixes, sorted by name.

    A path that is itself a file is its own only member. Raises InputFileError when there is
    no such path, or when it is neither an archive nor a file with one of the suffixes.
    """
    mode = status_of(path).st_mode
    if stat.S_ISDIR(mode):
        return _folder_members(path, suffixes)
    if not stat.S_ISREG(mode):
        raise InputFileError(f"{path} is neither a file nor a folder")
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise InputFileError(f"cannot read {path}: {str(error.strerror).lower()}") from error
    is_midi = head.startswith((b"MThd", b"RIFF")) or has_suffix(path.name, suffixes)
    if not is_midi and is_archive(head, path.name):
        return archive_members(path, suffixes)
    if is_midi:
        return iter((_file(path, clean_name(path.name)),))
    wanted = " ".join(suffixes)
    raise InputFileError(f"{path} is no folder, archive (.tar.* .zip) or file of type {wanted}")


def file_paths(folder: Path, suffixes: tuple[str, ...]) -> list[tuple[str, Path | Skipped]]:
    """Return label and path of the files below a folder that end in one of the suffixes.

    Sorted by label. Links are followed, each real folder is visited once; folders that may
    not be listed and archives are given as ``Skipped``.
    """
    found: list[tuple[str, Path | Skipped]] = []
    waiting, visited = [folder], set[tuple[int, int]]()
    while waiting:
        here = waiting.pop()
        try:
            status = here.stat()
            entries = sorted(os.scandir(here), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            name = clean_name(str(here.relative_to(folder))) or folder.name
            found.append((name, Skipped(name, f"cannot be listed: {str(error.strerror).lower()}")))
            continue
        if (status.st_dev, status.st_ino) in visited:
            continue
        visited.add((status.st_dev, status.st_ino))
        for entry in entries:
            path = Path(entry.path)
            name = clean_name(path.relative_to(folder).as_posix())
            if is_hidden(name):
                continue
            if _is_folder(entry):
                waiting.append(path)
            elif has_suffix(name, suffixes):
                found.append((name, path))
            elif has_suffix(name, ARCHIVE_SUFFIXES):
                found.append((name, Skipped(name, "an archive in a folder; give its own path")))
    return sorted(found, key=lambda item: item[0])


def status_of(path: Path) -> os.stat_result:
    """Return the status of a path. Raises InputFileError when there is no such path."""
    try:
        return path.stat()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputFileError(f"cannot read {path}: {str(reason).lower()}") from error


def read_chorales(path: Path) -> dict[str, list[NDArray[np.int16]]]:
    """Read chorale JSON: an object of split -> pieces -> rows of four pitches.

    Returns for each split its pieces, int16 (steps, 4), voices S, A, T, B, one row per 16th,
    MIDI pitch or -1 where the voice is silent. Raises InputFileError on any other JSON.
    """
    status = status_of(path)
    if not stat.S_ISREG(status.st_mode):
        raise InputFileError(f"{path} is not a regular file")
    size = status.st_size
    if size > MAX_JSON_BYTES:
        limit = megabytes(MAX_JSON_BYTES)
        raise InputFileError(f"{path} is {megabytes(size)} long, at most {limit} are read")
    try:
        splits = msgspec.json.decode(path.read_bytes(), type=dict[str, list[_Rows]])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        shape = "an object of split -> pieces -> rows of 4 pitches from -1 to 127"
        raise InputFileError(f"{path} is no chorale JSON ({shape}): {error}") from error
    except OSError as error:
        raise InputFileError(f"cannot read {path}: {str(error.strerror).lower()}") from error
    if not any(splits.values()):
        raise InputFileError(f"{path} holds no chorales")
    return {
        split: [np.array(rows, dtype=np.int16) for rows in pieces]
        for split, pieces in splits.items()
    }


def chorale_rows(piece: Piece) -> NDArray[np.int16]:
    """Return the rows of a piece of kind ``chorale``: int16 (steps, 4), S, A, T, B."""
    return np.frombuffer(piece.data, dtype="<i2").reshape(-1, 4)


def _chorale_pieces(path: Path) -> Iterator[Piece]:
    for split, chorales in sorted(read_chorales(path).items()):
        for number, rows in enumerate(chorales):
            name = f"{clean_name(split)}/{number:04d}"
            yield Piece(name, rows.astype("<i2").tobytes(), kind="chorale")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _folder_members(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Piece | Skipped]:
    for name, path in file_paths(folder, suffixes):
        yield path if isinstance(path, Skipped) else _file(path, name)


def _file(path: Path, name: str) -> Piece | Skipped:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Skipped(name, "not a regular file")
        return unread(name, status.st_size) or Piece(name, path.read_bytes())
    except OSError as error:
        return Skipped(name, f"cannot be read: {str(error.strerror).lower()}")
