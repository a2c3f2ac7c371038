"""Members of tar and zip archives, read into memory and never unpacked to disk.

An archive may lie about its sizes: what it unpacks to is bounded by ``budget``.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from io import BufferedIOBase
from pathlib import Path
from typing import IO, Any, cast

from seqgen.errors import InputFileError
from seqgen.frontends.data.members import (
    ARCHIVE_SUFFIXES,
    Member,
    Skipped,
    clean_name,
    has_suffix,
    is_hidden,
    megabytes,
    unread,
)

MAX_UNPACKED_BYTES = 1 << 30
"""The most that one archive is unpacked to; larger collections are unpacked by their owner."""

MAX_RATIO, SMALL_BYTES = 200, 64 << 20
"""An archive that unpacks to over 200 times its size is a bomb, unless that is under 64 MB."""

BROKEN = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    RuntimeError,
)
"""What the archive readers of the standard library raise on damaged archives."""

_COMPRESSED: dict[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}


class TooLargeError(Exception):
    """An archive that unpacks to more than its budget."""


class DamagedError(Exception):
    """A tar archive with a header that is none."""


def budget(path: Path) -> int:
    """Return how many bytes the archive may unpack to."""
    allowed = max(SMALL_BYTES, MAX_RATIO * path.stat().st_size)
    return min(MAX_UNPACKED_BYTES, allowed)


def is_archive(head: bytes, name: str) -> bool:
    """Tell from the first 512 bytes, or else the name, whether a file is an archive."""
    packed = head.startswith((b"PK\x03\x04", b"PK\x05\x06", *_COMPRESSED))
    return packed or head[257:262] == b"ustar" or has_suffix(name, (".zip", ".tar"))


def archive_members(
    path: Path, suffixes: tuple[str, ...], in_order: bool = True
) -> Iterator[Member | Skipped]:
    """Yield the members that end in one of the suffixes, sorted by name.

    A tar archive is held in memory to be sorted; not ``in_order`` yields its members as they
    are stored. Damaged members are yielded as ``Skipped``, so is the rest of a damaged archive.
    Raises InputFileError when the archive cannot be opened at all.
    """
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK" or has_suffix(path.name, (".zip",))
    if zipped:
        return _zip_members(path, suffixes)
    stored = _tar_members(path, suffixes)
    return iter(sorted(stored, key=lambda member: member.name)) if in_order else stored


def archive_names(path: Path) -> Iterator[str]:
    """Yield the labels of an archive's files as they are stored, up to damage or its budget."""
    with suppress(*BROKEN, TooLargeError, DamagedError), ExitStack() as stack:
        with path.open("rb") as file:
            zipped = file.read(2) == b"PK"
        if zipped:
            for name in stack.enter_context(zipfile.ZipFile(path)).namelist():
                yield clean_name(name)
        else:
            for info in _open_tar(path, stack):
                yield clean_name(info.name)


def _wanted(raw_name: str, suffixes: tuple[str, ...]) -> str | None:
    """Return the label of a member that matters: one to read, or an archive to mention."""
    name = clean_name(raw_name)
    if is_hidden(name) or not has_suffix(name, (*suffixes, *ARCHIVE_SUFFIXES)):
        return None
    return name


def _nested(name: str) -> Skipped | None:
    if has_suffix(name, ARCHIVE_SUFFIXES):
        return Skipped(name, "an archive inside the archive; unpack it first")
    return None


def _bomb(limit: int) -> str:
    return f"unpacks to more than {megabytes(limit)}; unpack it to a folder if it is sound"


class _Bounded:
    """A readable stream that ends in TooLargeError after ``limit`` bytes."""

    def __init__(self, file: BufferedIOBase, limit: int) -> None:
        self.file, self.limit, self.left = file, limit, limit

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes: all that come before damage, which the next read meets."""
        if self.left <= 0:
            raise TooLargeError(_bomb(self.limit))
        data = self.file.read1(min(size, self.left))
        self.left -= len(data)
        return data


class _Header(tarfile.TarInfo):
    """A tar header that is not taken for the end of the archive when it is damaged."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        """Read a header block of 512 bytes."""
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if buf.strip(b"\0"):
                raise DamagedError(str(error)) from error
            raise


def _tar_members(path: Path, suffixes: tuple[str, ...]) -> Iterator[Member | Skipped]:
    """Read a tar archive once from front to back, in the order it is stored."""
    found = False
    try:
        for member in _tar_stream(path, suffixes):
            found = found or isinstance(member, Member)
            yield member
    except (*BROKEN, TooLargeError, DamagedError) as error:
        if not found:
            raise InputFileError(f"{path} is not a readable archive: {error}") from error
        yield Skipped(path.name, f"the archive is damaged, the rest is lost: {error}")


def _tar_stream(path: Path, suffixes: tuple[str, ...]) -> Iterator[Member | Skipped]:
    with ExitStack() as stack:
        tar = _open_tar(path, stack)
        for info in tar:
            name = _wanted(info.name, suffixes)
            if name is not None and not info.isdir():
                yield _tar_member(tar, info, name)


def _open_tar(path: Path, stack: ExitStack) -> tarfile.TarFile:
    file: BufferedIOBase = stack.enter_context(path.open("rb"))
    head = file.read(6)
    file.seek(0)
    for magic, unpack in _COMPRESSED.items():
        if head.startswith(magic):
            file = stack.enter_context(unpack(file))
    stream = cast("IO[bytes]", _Bounded(file, budget(path)))
    return stack.enter_context(tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header))


def _tar_member(tar: tarfile.TarFile, info: tarfile.TarInfo, name: str) -> Member | Skipped:
    if not info.isreg():
        return Skipped(name, "a link or a device, not a file")
    left_out = _nested(name) or unread(name, info.size)
    if left_out is not None:
        return left_out
    content = tar.extractfile(info)
    data = content.read() if content is not None else b""
    return Member(name, data)


def _zip_members(path: Path, suffixes: tuple[str, ...]) -> Iterator[Member | Skipped]:
    left = limit = budget(path)
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise InputFileError(f"{path} is not a readable archive: {error}") from error
    with archive:
        for info in sorted(archive.infolist(), key=lambda info: clean_name(info.filename)):
            name = _wanted(info.filename, suffixes)
            if name is None or info.is_dir():
                continue
            member = _zip_member(archive, info, name)
            left -= info.file_size if isinstance(member, Member) else 0
            if left < 0:
                yield Skipped(path.name, _bomb(limit))
                return
            yield member


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Member | Skipped:
    left_out = _nested(name) or unread(name, info.file_size)
    if left_out is not None:
        return left_out
    if info.flag_bits & 1:
        return Skipped(name, "encrypted")
    if info.external_attr >> 28 == 0o12:
        return Skipped(name, "a link or a device, not a file")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Skipped(name, f"compression method {info.compress_type}, only 0 and 8 are read")
    try:
        return Member(name, archive.read(info))
    except BROKEN as error:
        return Skipped(name, f"cannot be read: {error}")
