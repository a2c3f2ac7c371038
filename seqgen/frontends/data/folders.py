"""The files of a data source: a folder, an archive or one file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from seqgen.errors import InputFileError
from seqgen.frontends.data.archives import archive_members, archive_names, is_archive
from seqgen.frontends.data.members import (
    ARCHIVE_SUFFIXES,
    Member,
    Skipped,
    clean_name,
    has_suffix,
    is_hidden,
    unread,
)


def members(
    path: Path, suffixes: tuple[str, ...], magic: tuple[bytes, ...] = (), in_order: bool = True
) -> Iterator[Member | Skipped]:
    """Yield the files of a folder or archive that end in one of the suffixes, sorted by name.

    A path that is itself a file, by its suffix or by a first ``magic`` of its bytes, is its own
    only member. Not ``in_order`` gives a tar archive as it is stored, which needs less memory.
    Raises InputFileError when there is no such path, or when it is neither an archive nor a
    file with one of the suffixes.
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
    is_member = head.startswith(magic) or has_suffix(path.name, suffixes)
    if not is_member and is_archive(head, path.name):
        return archive_members(path, suffixes, in_order)
    if is_member:
        return iter((_file(path, clean_name(path.name)),))
    wanted = " ".join(suffixes)
    raise InputFileError(f"{path} is no folder, archive (.tar.* .zip) or file of type {wanted}")


def file_names(path: Path, suffixes: tuple[str, ...]) -> Iterator[str]:
    """Yield the labels of a source's files, as far as they can be listed.

    Of a folder these are the archives and what ends in one of the suffixes, of an archive all.
    """
    mode = status_of(path).st_mode
    if stat.S_ISDIR(mode):
        yield from (name for name, _ in file_paths(path, suffixes))
    elif has_suffix(path.name, suffixes):
        yield clean_name(path.name)
    elif stat.S_ISREG(mode):
        yield from archive_names(path)


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


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _folder_members(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Member | Skipped]:
    for name, path in file_paths(folder, suffixes):
        yield path if isinstance(path, Skipped) else _file(path, name)


def _file(path: Path, name: str) -> Member | Skipped:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Skipped(name, "not a regular file")
        return unread(name, status.st_size) or Member(name, path.read_bytes())
    except OSError as error:
        return Skipped(name, f"cannot be read: {str(error.strerror).lower()}")
