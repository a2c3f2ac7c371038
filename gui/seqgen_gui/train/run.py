"""A run of training: its folder, what it was asked for, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec

from seqgen.errors import InputFileError, reason
from seqgen.files import write_file
from seqgen_gui.train.process import Mark, alive

FILE, TOLD, ERRORS = "run.json", "told.jsonl", "errors.txt"
RECIPE, METRICS, BEST, SAMPLES = "recipe.json", "metrics.jsonl", "best.safetensors", "samples"
TAIL = 1 << 14  # bytes of a file that are looked at for its last lines


class State(Enum):
    """How a run stands."""

    RUNNING = "running"
    STOPPING = "stopping"
    FINISHED = "finished"
    STOPPED = "stopped"
    CRASHED = "crashed"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is to do; see ``seqgen.config.Train``."""

    art: str
    data: tuple[str, ...]
    recipe: str
    overrides: tuple[str, ...] = ()
    minutes: float | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a run: ``mark`` is its last process, ``stop`` whether that was to end."""

    title: str
    asked: Asked
    begun: float
    mark: Mark = Mark()
    stop: bool = False


@dataclass(frozen=True)
class Standing:
    """How a run stands: ``words`` are what a crash left, or why it finished.

    ``stage``, ``done`` and ``total`` are how far it is before the first batch; ``warnings`` are
    what it told of its data.
    """

    state: State
    words: str = ""
    stage: str = ""
    done: float = 0.0
    total: float | None = None


class Run:
    """A run in its folder."""

    def __init__(self, folder: Path, record: Record) -> None:
        self.folder, self.record = folder, record

    @property
    def resumable(self) -> bool:
        """Whether it got as far as to go on from where it was."""
        return (self.folder / RECIPE).exists()

    @property
    def has_model(self) -> bool:
        """Whether it has a best model yet."""
        return (self.folder / BEST).exists()

    @property
    def running(self) -> bool:
        """Whether its process is there."""
        return alive(self.record.mark)

    def keep(self, **changes: Any) -> None:
        """Change the record, in its file too."""
        self.record = msgspec.structs.replace(self.record, **changes)
        text = msgspec.json.format(msgspec.json.encode(self.record))
        write_file(self.folder / FILE, text + b"\n")

    def standing(self) -> Standing:
        """Look at the process and at what it told last."""
        running = self.running  # before what it told, or its last line could be missed
        told = _last_line(self.folder / TOLD)
        if running:
            state = State.STOPPING if self.record.stop else State.RUNNING
            total = told.get("total")
            stage, done = str(told.get("stage", "starting")), float(told.get("done") or 0.0)
            return Standing(state, "", stage, done, total)
        if told.get("kind") == "result":
            return Standing(State.FINISHED, str(told.get("reason", "")))
        words = last_words(self.folder / ERRORS)
        if self.record.stop or "interrupted" in words:
            return Standing(State.STOPPED)
        return Standing(State.CRASHED, words)


def read_run(folder: Path) -> Run:
    """Read the run in a folder; InputFileError where there is none."""
    path = folder / FILE
    try:
        return Run(folder, msgspec.json.decode(path.read_bytes(), type=Record))
    except OSError as error:
        raise InputFileError(f"cannot read {path}: {reason(error)}") from error
    except msgspec.MsgspecError as error:
        raise InputFileError(f"{path} is damaged: {reason(error)}") from error


def last_words(path: Path) -> str:
    """The last line that a process wrote to its standard error; empty for none."""
    lines = [line.strip() for line in _tail(path).decode(errors="replace").splitlines()]
    words = next((line for line in reversed(lines) if line), "")
    return words.removeprefix("seqgen: error: ")


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
