"""What a training notes in its folder, and where trainings were begun: read by the window."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
import platformdirs

from seqgen.config import Train
from seqgen.errors import OutputError, SeqgenError
from seqgen.files import write_file
from seqgen.marks import Mark, mark_of

NOTE, END, STARTED = "process.json", "end", "started.json"
PAUSED, STOPPED, FAILED = "paused", "stopped", "failed"
OLD = 60  # seconds; no file takes that long to be written
MOST = 20  # trainings whose folders are remembered


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """The last process of a run: what it was asked, who it is, when it began (seconds of 1970).

    ``reason`` is how it ended: that of a result, PAUSED, or FAILED with the ``words`` of the
    error. It is empty while the process is there, and where it was killed.
    """

    request: Train
    mark: Mark
    begun: float
    reason: str = ""
    words: str = ""


class Ending:
    """How a training ends: its ``reason`` is set by who knows, ``wanted`` by a file END."""

    reason = ""

    def __init__(self, folder: Path) -> None:
        self._file = folder / END

    @property
    def wanted(self) -> bool:
        """Whether it is to measure what it has learned, and end."""
        return self._file.exists()


@contextmanager
def noted(request: Train) -> Iterator[Ending]:
    """Note a training in its folder while it goes on, and how it ended. Raises OutputError."""
    folder = Path(request.out).absolute()
    data = tuple(str(Path(one).absolute()) if Path(one).exists() else one for one in request.data)
    kept = msgspec.structs.replace(request, data=data, out=str(folder))
    note = Note(request=kept, mark=mark_of(os.getpid()), begun=time.time())
    ending = Ending(folder)
    _sweep(folder)
    (folder / END).unlink(missing_ok=True)
    _write(folder, note)
    with suppress(OutputError):  # a home that cannot be written to is no reason not to train
        _remember(folder)
    try:
        yield ending
    except SeqgenError as error:
        _write_last(folder, msgspec.structs.replace(note, reason=FAILED, words=str(error)))
        raise
    except (GeneratorExit, KeyboardInterrupt):
        _write_last(folder, msgspec.structs.replace(note, reason=PAUSED))
        raise
    _write(folder, msgspec.structs.replace(note, reason=ending.reason))


def read_note(folder: Path) -> Note | None:
    """The note in a run's folder; None where there is none, or one that is damaged."""
    try:
        return msgspec.json.decode((folder / NOTE).read_bytes(), type=Note)
    except (OSError, msgspec.MsgspecError):
        return None


def runs_folder() -> Path:
    """The folder of the window's runs; it need not exist."""
    return platformdirs.user_data_path("seqgen", appauthor=False) / "runs"


def started_folders() -> list[Path]:
    """The folders of the trainings begun last, the newest first; they may be gone by now."""
    try:
        told = msgspec.json.decode((runs_folder() / STARTED).read_bytes(), type=list[str])
    except (OSError, msgspec.MsgspecError):
        return []
    return [Path(text) for text in told]


def _sweep(folder: Path) -> None:
    """Take away the half files of processes that were killed, see ``write_file``."""
    for left in folder.glob(".*.tmp"):
        with suppress(OSError):  # another process may be about to rename its own
            if time.time() - left.stat().st_mtime > OLD:
                left.unlink()


def _remember(folder: Path) -> None:
    known = [folder, *(other for other in started_folders() if other != folder)]
    try:
        runs_folder().mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {runs_folder()}: {error}") from error
    write_file(runs_folder() / STARTED, msgspec.json.encode([str(one) for one in known[:MOST]]))


def _write_last(folder: Path, note: Note) -> None:
    """Write a note on the way out of an error, which counts more than that the disk is full."""
    with suppress(OutputError):
        _write(folder, note)


def _write(folder: Path, note: Note) -> None:
    write_file(folder / NOTE, msgspec.json.format(msgspec.json.encode(note)) + b"\n")
