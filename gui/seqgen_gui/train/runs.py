"""All runs of training: a folder in the user's data, a folder in it for each run."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from seqgen.errors import InputFileError, OutputError, UsageError, reason
from seqgen_gui.train import process
from seqgen_gui.train.process import Mark
from seqgen_gui.train.run import ERRORS, FILE, TOLD, Asked, Record, Run, State, read_run

COMMAND = (sys.executable, "-P", "-m", "seqgen")


def runs_folder() -> Path:
    """The folder of all runs; it need not exist."""
    return platformdirs.user_data_path("seqgen", appauthor=False) / "runs"


class Runs:
    """Begins runs, finds them again, stops them, goes on with them, deletes them."""

    def __init__(self, folder: Path | None = None, command: Sequence[str] = COMMAND) -> None:
        self.folder = folder or runs_folder()
        self._command = tuple(command)

    def all(self) -> list[Run]:
        """The runs, the newest first; a folder that holds none is passed over."""
        found = []
        for file in self.folder.glob(f"*/{FILE}"):
            try:
                found.append(read_run(file.parent))
            except InputFileError:
                continue
        return sorted(found, key=lambda run: -run.record.begun)

    def begin(self, title: str, asked: Asked) -> Run:
        """Start a new run. Raises OutputError."""
        folder = self._new_folder(title)
        run = Run(folder, Record(title=title, asked=asked, begun=time.time()))
        run.keep()
        self._launch(run, resume=False)
        return run

    def resume(self, run: Run) -> None:
        """Go on with a run that does not run; from its beginning where it had not got far."""
        if run.standing().state in (State.RUNNING, State.STOPPING):
            raise UsageError(f"{run.record.title} is running already")
        self._launch(run, resume=run.resumable)

    def stop(self, run: Run) -> None:
        """Ask a run to save at the end of its batch and end; asked again, it ends at once."""
        if run.record.stop:
            process.kill(run.record.mark)
        else:
            run.keep(stop=True)
            process.interrupt(run.record.mark)

    def delete(self, run: Run) -> None:
        """Delete a run that does not run, with its model and samples."""
        if run.running:
            raise UsageError(f"{run.record.title} is running, stop it first")
        try:
            shutil.rmtree(run.folder)
        except OSError as error:
            raise OutputError(f"cannot delete {run.folder}: {reason(error)}") from error

    def _launch(self, run: Run, resume: bool) -> None:
        asked = run.record.asked
        command = [*self._command, "train", asked.art, *asked.data, "--out", str(run.folder)]
        command += ["--json"]
        if resume:
            command += ["--resume"]
        else:
            command += ["--recipe", asked.recipe]
            command += [part for text in asked.overrides for part in ("--set", text)]
        if asked.minutes is not None:
            command += ["--minutes", f"{asked.minutes:g}"]
        run.keep(stop=False, mark=Mark())
        out, errors = run.folder / TOLD, run.folder / ERRORS
        run.keep(mark=process.start(command, run.folder, out, errors))

    def _new_folder(self, title: str) -> Path:
        name = "-".join(re.findall(r"\w+", title.lower()))[:40] or "run"
        for number in range(1, 1000):
            folder = self.folder / (name if number == 1 else f"{name}-{number}")
            try:
                folder.mkdir(parents=True)
            except FileExistsError:
                continue
            except OSError as error:
                raise OutputError(f"cannot make the folder {folder}: {reason(error)}") from error
            return folder
        raise OutputError(f"too many runs are called {title!r}")
