"""The folder of prepared arrays: where it is, what it holds, and how it is kept small.

``SEQGEN_CACHE_DIR`` moves it; else it is the user's cache folder of this system.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec
import platformdirs

from seqgen.errors import OutputError

T = TypeVar("T")

KEEP = 8
"""How many corpora stay prepared; the ones used longest ago go first."""

KEEP_FINGERPRINTS = 64
STALE_SECONDS = 24 * 3600
_HALF_MADE = "making-"
_KNOWN = "known"


@dataclass(frozen=True)
class CacheEntry:
    """One prepared corpus: its folder, size in bytes and when it was last used (Unix time)."""

    path: Path
    size: int
    used: float


def cache_folder() -> Path:
    """Return the folder of prepared arrays, which need not exist yet."""
    chosen = os.environ.get("SEQGEN_CACHE_DIR")
    base = Path(chosen) if chosen else Path(platformdirs.user_cache_dir("seqgen"))
    return base / "prepared-1"


def list_cache() -> list[CacheEntry]:
    """Return the prepared corpora, the last used first."""
    entries = []
    for path in _entries():
        try:
            size = sum(file.stat().st_size for file in path.iterdir())
            entries.append(CacheEntry(path, size, (path / "index.json").stat().st_mtime))
        except OSError:
            entries.append(CacheEntry(path, 0, 0.0))
    return sorted(entries, key=lambda entry: -entry.used)


def prune(keep: int = KEEP) -> None:
    """Remove what was used longest ago, half-made folders of a day ago and old fingerprints."""
    for entry in list_cache()[keep:]:
        shutil.rmtree(entry.path, ignore_errors=True)
    now = time.time()
    for path in cache_folder().glob(_HALF_MADE + "*"):
        if now - _modified(path) > STALE_SECONDS:
            shutil.rmtree(path, ignore_errors=True)
    known = sorted((cache_folder() / _KNOWN).glob("*"), key=_modified, reverse=True)
    for path in known[KEEP_FINGERPRINTS:]:
        path.unlink(missing_ok=True)


@contextmanager
def half_made() -> Iterator[Path]:
    """Give a new folder inside the cache that is gone afterwards unless it was renamed.

    Raises OutputError when the cache cannot be written, then or while the folder is in use.
    """
    folder = cache_folder()
    path: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = Path(tempfile.mkdtemp(prefix=_HALF_MADE, dir=folder))
        yield path
    except OSError as error:
        reason = str(error.strerror or error).lower()
        raise OutputError(
            f"cannot write the cache {folder}: {reason}; SEQGEN_CACHE_DIR moves it"
        ) from error
    finally:
        if path is not None:
            shutil.rmtree(path, ignore_errors=True)


def publish(path: Path, entry: Path) -> None:
    """Rename a finished folder to its entry; when another process was first, theirs stays."""
    try:
        path.rename(entry)
    except OSError:
        if not entry.is_dir():
            raise


def entry_name(content: str, key: str) -> str:
    """Return the name of the entry for a content prepared in the way that ``key`` says."""
    return blake2b(f"{content} {key}".encode(), digest_size=16).hexdigest()


def open_entry(name: str, read: Callable[[Path], T], warnings: list[str]) -> T | None:
    """Read an entry, if it is there, and mark it as used; a damaged one goes, with a warning.

    ``read`` gets the entry's folder; that it is damaged it says by OSError, ValueError or
    MsgspecError.
    """
    entry = cache_folder() / name
    if not entry.is_dir():
        return None
    try:
        found = read(entry)
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        discard(entry)
        warnings.append(f"damaged prepared arrays were made again: {error}")
        return None
    with suppress(OSError):
        os.utime(entry / "index.json")
    return found


def discard(entry: Path) -> None:
    """Take a damaged entry out of the way, at once for every process."""
    with half_made() as folder, suppress(FileNotFoundError):
        entry.rename(folder / "damaged")


def recall(fingerprint: str) -> str | None:
    """Return the content key that was noted for a source in this state, or None."""
    try:
        return (cache_folder() / _KNOWN / fingerprint).read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return None


def note(fingerprint: str, content: str) -> None:
    """Note the content key of a source in this state."""
    with half_made() as folder:
        (folder / "key").write_text(content, "ascii")
        (cache_folder() / _KNOWN).mkdir(exist_ok=True)
        (folder / "key").replace(cache_folder() / _KNOWN / fingerprint)


def _entries() -> list[Path]:
    return [
        path.parent
        for path in sorted(cache_folder().glob("*/index.json"))
        if not path.parent.name.startswith(_HALF_MADE)
    ]


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
