"""A file of a data source, and one that was left out with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePosixPath

ARCHIVE_SUFFIXES = (".zip", ".tar", ".tgz", ".gz", ".tbz2", ".bz2", ".txz", ".xz", ".7z", ".rar")

MAX_FILE_BYTES = 32 << 20
"""The largest file that is read: about four million notes, or a million points of ink."""


@dataclass(frozen=True)
class Member:
    """One file of a source, whole and in memory.

    ``name`` is a label (path inside the source, ``/`` between parts), never a path to open.
    """

    name: str
    data: bytes


@dataclass(frozen=True)
class Skipped:
    """A file that was left out, and why (lower case, no full stop)."""

    name: str
    reason: str


def content_hash(data: bytes) -> str:
    """Return the hash that stands for a file's bytes: 32 hexadecimal digits."""
    return blake2b(data, digest_size=16).hexdigest()


def clean_name(name: str) -> str:
    """Return a member's name as a label: no root, no ``..``, no control characters."""
    parts = name.replace("\\", "/").split("/")
    label = "/".join(part for part in parts if part not in ("", ".", ".."))
    return "".join(char if char.isprintable() else "?" for char in label)


def is_hidden(name: str) -> bool:
    """Tell whether a label is one that systems leave behind: dot files and ``__MACOSX``."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def has_suffix(name: str, suffixes: tuple[str, ...]) -> bool:
    """Tell whether a name ends in one of the suffixes, in any case."""
    return PurePosixPath(name).suffix.lower() in suffixes


def megabytes(size: int) -> str:
    """Write a number of bytes in MB for a sentence."""
    return f"{size / (1 << 20):.0f} MB"


def unread(name: str, size: int) -> Skipped | None:
    """Return why a file of this size is not read, or None when it may be."""
    if size <= 0:
        return Skipped(name, "an empty file")
    if size > MAX_FILE_BYTES:
        limit = megabytes(MAX_FILE_BYTES)
        return Skipped(name, f"{megabytes(size)} long, at most {limit} are read")
    return None
