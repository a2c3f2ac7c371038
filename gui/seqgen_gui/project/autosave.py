"""What is not saved yet is kept aside every ten seconds, and found again after a crash."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from seqgen.errors import SeqgenError, reason
from seqgen.files import write_file
from seqgen_gui.project.document import Document
from seqgen_gui.project.project import Project

INTERVAL = 10_000  # milliseconds
OLD = 600  # seconds after which a file is no longer being written
SUFFIX, LOCK = ".recovery", ".lock"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was kept aside, the file it belongs to, and when (Unix time)."""

    document: Document
    path: str | None
    time: float


class Recovery:
    """A document that a window left behind that is no more; ours until it is discarded."""

    def __init__(self, file: Path, lock: QLockFile, kept: Kept) -> None:
        self.kept = kept
        self._file, self._lock = file, lock

    def discard(self) -> None:
        """Delete it."""
        self._file.unlink(missing_ok=True)
        self._lock.unlock()


def find_recoveries(folder: Path) -> Iterator[Recovery]:
    """What windows that are no more have left in ``folder``; files not understood stay there."""
    _sweep(folder)
    for file in sorted(folder.glob(f"*{SUFFIX}")):
        lock = QLockFile(str(file.with_suffix(LOCK)))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            continue
        try:
            kept = msgspec.json.decode(file.read_bytes(), type=Kept)
        except (OSError, ValueError):
            lock.unlock()
        else:
            yield Recovery(file, lock, kept)


def _sweep(folder: Path) -> None:
    """Take away what windows leave that are killed while they write or save."""
    for file in folder.glob(".*.tmp"):
        _remove_if_old(file)
    for file in folder.glob(f"*{LOCK}"):
        if not _names_process(file):
            _remove_if_old(file)
        elif not file.with_suffix(SUFFIX).exists():
            lock = QLockFile(str(file))
            lock.setStaleLockTime(0)
            if lock.tryLock(0):
                lock.unlock()


def _names_process(lock: Path) -> bool:
    """Whether a lock says whose it is; Qt takes one that does not for held, for ever."""
    try:
        return lock.stat().st_size > 0
    except FileNotFoundError:
        return True


def _remove_if_old(file: Path) -> None:
    with suppress(FileNotFoundError):  # another window sweeps too
        if time.time() - file.stat().st_mtime > OLD:
            file.unlink()


class Autosave(QObject):
    """Keeps a project aside while there is something to save."""

    failed = Signal(str)
    """It could not be kept, for the reason given; told once."""

    def __init__(self, project: Project, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._file = folder / f"{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
        self._lock: QLockFile | None = None
        self._kept, self._has_failed = -1, False
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.keep)
        self._timer.start()
        project.changed.connect(self._forget_if_saved)

    def keep(self) -> None:
        """Write the project aside in a thread, if it has changed since."""
        busy = self._thread is not None and self._thread.is_alive()
        if busy or not self._project.modified or self._kept == self._project.revision:
            return
        self._kept = self._project.revision
        path = self._project.path
        kept = Kept(
            document=self._project.snapshot(),
            path=None if path is None else str(path),
            time=time.time(),
        )
        self._thread = threading.Thread(target=self._write, args=(kept,))
        self._thread.start()

    def wait(self) -> None:
        """Wait until what is being written is."""
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        """End; nothing stays behind."""
        self._timer.stop()
        self._forget()

    def leave(self) -> None:
        """Keep what is not saved and end: the next start will offer it."""
        self._timer.stop()
        self.wait()
        self.keep()
        self.wait()
        if self._lock is not None:
            self._lock.unlock()

    def _write(self, kept: Kept) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            if self._lock is None:
                self._lock = QLockFile(str(self._file.with_suffix(LOCK)))
                self._lock.setStaleLockTime(0)
                self._lock.tryLock(0)
            write_file(self._file, msgspec.json.encode(kept))
        except (OSError, SeqgenError, UnicodeEncodeError) as error:
            self._kept = -1  # to be tried again
            if not self._has_failed:
                self._has_failed = True
                self.failed.emit(f"the project cannot be kept against a crash: {reason(error)}")

    def _forget_if_saved(self) -> None:
        if not self._project.modified:
            self._forget()

    def _forget(self) -> None:
        self.wait()
        self._kept = -1
        self._file.unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None
