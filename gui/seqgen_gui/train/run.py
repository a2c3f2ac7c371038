"""A run of training: its folder, what it was asked for, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec

from seqgen.errors import InputFileError, reason
from seqgen.files import write_file
from seqgen.marks import Mark
from seqgen.run_notes import END, FAILED, PAUSED, STOPPED, Note, read_note
from seqgen_gui.train.process import alive

FILE, TOLD, ERRORS = "run.json", "told.jsonl", "errors.txt"
RECIPE, METRICS, BEST, SAMPLES = "recipe.json", "metrics.jsonl", "best.safetensors", "samples"
ERROR = "seqgen: error: "
TAIL = 1 << 14  # bytes of a file that are looked at for its last lines


class State(Enum):
    """How a run stands."""

    RUNNING = "running"
    PAUSING = "pausing"
    STOPPING = "stopping"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"
    CRASHED = "crashed"
    INTERRUPTED = "interrupted"


UNDER_WAY = (State.RUNNING, State.PAUSING, State.STOPPING)
"""How a run stands whose process is there."""
CAN_GO_ON = (State.PAUSED, State.STOPPED, State.CRASHED, State.INTERRUPTED)
"""How a run stands that was not through when its process ended."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is to do; see ``seqgen.config.Train``."""

    art: str
    data: tuple[str, ...]
    recipe: str
    overrides: tuple[str, ...] = ()
    minutes: float | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What the window keeps of a run.

    ``mark`` is the last process that a window gave it, ``launched`` when (seconds of 1970), and
    ``pause`` whether that was to save and end.
    """

    title: str
    asked: Asked
    begun: float
    mark: Mark = Mark()
    launched: float = 0.0
    pause: bool = False


@dataclass(frozen=True)
class Standing:
    """How a run stands: ``words`` are what a crash left, or why it finished.

    ``stage``, ``done`` and ``total`` are how far it is before the first batch.
    """

    state: State
    words: str = ""
    stage: str = ""
    done: float = 0.0
    total: float | None = None


class Run:
    """A run in its folder; ``adopted`` if no window began it."""

    def __init__(self, folder: Path, record: Record, adopted: bool = False) -> None:
        self.folder, self.record, self.adopted = folder, record, adopted

    @property
    def resumable(self) -> bool:
        """Whether it got as far as to go on from where it was."""
        return (self.folder / RECIPE).exists()

    @property
    def has_model(self) -> bool:
        """Whether it has a best model yet."""
        return (self.folder / BEST).exists()

    @property
    def training(self) -> bool:
        """Whether its process has begun to train, its data being read."""
        return self._note() is not None

    @property
    def mark(self) -> Mark:
        """The process that trains it, or did last: of a window, or of a command line."""
        note = self._note()
        return self.record.mark if note is None else note.mark

    @property
    def running(self) -> bool:
        """Whether its process is there."""
        return alive(self.mark)

    def keep(self, **changes: Any) -> None:
        """Change the record, in its file too."""
        self.record = msgspec.structs.replace(self.record, **changes)
        text = msgspec.json.format(msgspec.json.encode(self.record))
        write_file(self.folder / FILE, text + b"\n")

    def standing(self) -> Standing:
        """Look at the process, at what it noted and at what it told last."""
        running = self.running  # before what it told, or its last line could be missed
        note = self._note()
        ours = note is None or note.mark == self.record.mark
        pause = self.record.pause and ours
        if running:
            return self._under_way(pause, ours)
        if note is not None and note.reason:
            return _ended(note)
        words = last_error(self.folder / ERRORS) if ours else ""
        if pause or "interrupted" in words:
            return Standing(State.PAUSED)
        return Standing(State.CRASHED, words) if words else Standing(State.INTERRUPTED)

    def _note(self) -> Note | None:
        """What its last process noted; None where that has noted nothing yet."""
        note = read_note(self.folder)
        return note if note is not None and note.begun >= self.record.launched else None

    def _under_way(self, pause: bool, ours: bool) -> Standing:
        state = State.STOPPING if (self.folder / END).exists() else State.RUNNING
        state = State.PAUSING if pause else state
        told = _last_line(self.folder / TOLD) if ours else {}
        stage, done = str(told.get("stage", "starting")), float(told.get("done") or 0.0)
        return Standing(state, "", stage, done, told.get("total"))


def _ended(note: Note) -> Standing:
    """How a run stands whose process noted how it ended."""
    states = {PAUSED: State.PAUSED, STOPPED: State.STOPPED, FAILED: State.CRASHED}
    words = note.words if note.reason == FAILED else note.reason
    return Standing(states.get(note.reason, State.FINISHED), words)


def is_run(folder: Path) -> bool:
    """Whether a training was begun in a folder."""
    return (folder / RECIPE).is_file() or (folder / FILE).is_file()


def read_run(folder: Path) -> Run:
    """Read a run that a window began or changed; InputFileError where there is none."""
    path = folder / FILE
    try:
        return Run(folder, msgspec.json.decode(path.read_bytes(), type=Record))
    except OSError as error:
        raise InputFileError(f"cannot read {path}: {reason(error)}") from error
    except msgspec.MsgspecError as error:
        raise InputFileError(f"{path} is damaged: {reason(error)}") from error


def adopted_run(folder: Path) -> Run:
    """Read a run that no window began, from what its training left in the folder.

    Raises InputFileError where there is none. Without a note in it the data are not known.
    """
    path = folder / RECIPE
    try:
        recipe = msgspec.json.decode(path.read_bytes(), type=_Recipe)
        begun = path.stat().st_mtime
    except OSError as error:
        told = f"there is no run of a training in {folder}: {reason(error)}, {RECIPE}"
        raise InputFileError(told) from error
    except msgspec.MsgspecError as error:
        raise InputFileError(f"{path} is damaged: {reason(error)}") from error
    if (folder / FILE).is_file():
        return Run(folder, read_run(folder).record, adopted=True)
    note = read_note(folder)
    asked = Asked(
        art=recipe.frontend,
        data=note.request.data if note else (),
        recipe=recipe.name,
        minutes=note.request.minutes if note else None,
    )
    return Run(folder, Record(title=folder.name, asked=asked, begun=begun), adopted=True)


class _Recipe(msgspec.Struct, frozen=True):
    """What is to be known of a recipe."""

    name: str
    frontend: str


def last_error(path: Path) -> str:
    """The error that a process ended with, as its standard error tells; empty for none."""
    lines = [line.strip() for line in _tail(path).decode(errors="replace").splitlines()]
    words = next((line for line in reversed(lines) if line), "")
    return words.removeprefix(ERROR) if words.startswith(ERROR) else ""


def _last_line(path: Path) -> dict[str, Any]:
    """The last whole line of a file of JSON lines."""
    for line in reversed(_tail(path).split(b"\n")[:-1]):
        try:
            return msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.MsgspecError:
            continue
    return {}


def _tail(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - TAIL))
            return file.read()
    except OSError:
        return b""
