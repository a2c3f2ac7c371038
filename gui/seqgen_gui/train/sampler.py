"""Samples of a run's best model, drawn by the worker and kept in the run's folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from seqgen.config import Progress, SampleHandwriting, SampleMusic
from seqgen_gui.link.requests import Handle, Requests
from seqgen_gui.train.run import SAMPLES, Run

BARS = 8
SEED = 1  # the same for all, so that what differs is what was learned
TEXT = "The quick brown fox jumps over the lazy dog"
SUFFIXES = {"music": ".mid", "handwriting": ".svg"}


class Sampler(QObject):
    """Has one sample drawn at a time."""

    made = Signal(object, object)
    """The run and the path of its new sample."""
    failed = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, requests: Requests) -> None:
        super().__init__()
        self._requests = requests
        self._job: Handle | None = None
        self.text = TEXT

    @property
    def busy(self) -> bool:
        """Whether a sample is being drawn."""
        return self._job is not None

    def sample(self, run: Run, update: int) -> None:
        """Draw from the best model, that of ``update``; nothing while another is drawn."""
        if self.busy:
            return
        art = run.record.asked.art
        path = run.folder / SAMPLES / f"{update}{SUFFIXES[art]}"
        try:
            path.parent.mkdir(exist_ok=True)
        except OSError as error:
            self.failed.emit(f"cannot make {path.parent}: {error.strerror}")
            return

        def done(_: Any) -> None:
            self._become(None)
            self.made.emit(run, path)

        def fail(message: str) -> None:
            self._become(None)
            self.failed.emit(message)

        verb, request = self._request(art, run.folder, path)
        self._become(self._requests.send(verb, request, _ignore, done, fail))

    def cancel(self) -> None:
        """Give up the sample that is drawn."""
        if self._job is not None:
            self._job.cancel()
            self._become(None)

    def _request(self, art: str, model: Path, path: Path) -> tuple[str, object]:
        common: dict[str, Any] = {"model": str(model), "seed": SEED, "force": True}
        if art == "music":
            return "sample_music", SampleMusic(primer=None, output=str(path), bars=BARS, **common)
        request = SampleHandwriting(text=self.text, output=str(path), **common)
        return "sample_handwriting", request

    def _become(self, job: Handle | None) -> None:
        self._job = job
        self.busy_changed.emit(self.busy)


def samples_of(run: Run) -> list[tuple[int, Path]]:
    """The samples that a run has, by the update of their model, the newest first."""
    found = []
    for path in (run.folder / SAMPLES).glob(f"*{SUFFIXES[run.record.asked.art]}"):
        if re.fullmatch(r"\d+", path.stem):
            found.append((int(path.stem), path))
    return sorted(found, reverse=True)


def ask_notes(
    requests: Requests,
    path: Path,
    show: Callable[[dict[str, Any]], None],
    fail: Callable[[str], None],
) -> Handle:
    """Ask the worker for the notes of a sample."""
    return requests.send("music_sheet", {"path": str(path)}, _ignore, show, fail)


def _ignore(_: Progress) -> None:
    """A sample is soon there."""
