"""What tells one state of a data source from another: its files' times, or all their bytes."""

from __future__ import annotations

import stat
import time
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from seqgen.frontends.data import cache
from seqgen.frontends.data.folders import file_paths, status_of
from seqgen.frontends.data.members import Skipped, content_hash

SETTLED_NS = 2_000_000_000


@dataclass(frozen=True)
class State:
    """How a source was found: a hash of the paths, sizes and times of its files.

    It has ``settled`` when no file changed in the last two seconds: a later change then gives
    another time, and so another hash.
    """

    digest: str
    settled: bool


def state_of(source: Path, suffixes: tuple[str, ...]) -> State:
    """Return the state of a source; of a folder the files count that end in a suffix."""
    where = f"{source.resolve()} {' '.join(suffixes)}".encode("utf-8", "replace")
    digest, newest = blake2b(where, digest_size=16), 0
    files: list[tuple[str, Path | Skipped]] = [(source.name, source)]
    if stat.S_ISDIR(status_of(source).st_mode):
        files = file_paths(source, suffixes)
    for name, path in files:
        numbers = _numbers(path) if isinstance(path, Path) else ()
        digest.update(repr((name, numbers)).encode())
        newest = max((newest, *numbers[:2]))
    return State(digest.hexdigest(), newest < time.time_ns() - SETTLED_NS)


def remember(source: Path, suffixes: tuple[str, ...], state: State, content: str) -> None:
    """Note the content key of a source that has settled and is still as it was found."""
    known = not state.settled or cache.recall(state.digest) == content
    if not known and state_of(source, suffixes) == state:
        cache.note(state.digest, content)


def _numbers(path: Path) -> tuple[int, ...]:
    """Return a file's times of change (ns), size and inode, or nothing when it is unreadable."""
    try:
        now = path.stat()
    except OSError:
        return ()
    return now.st_mtime_ns, now.st_ctime_ns, now.st_size, now.st_ino


class Content:
    """The running hash of all that was read from a source."""

    def __init__(self) -> None:
        self._hash = blake2b(digest_size=16)

    def add(self, name: str, data: bytes) -> str:
        """Take in a file; returns the hash of its bytes alone."""
        own = content_hash(data)
        self._hash.update(repr((name, own)).encode())
        return own

    def key(self) -> str:
        """Return the content key: 32 hexadecimal digits."""
        return self._hash.hexdigest()
