"""All runs of training: a folder in the user's data, a folder in it for each run."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from seqgen.errors import InputFileError, OutputError, UsageError, reason
from seqgen.files import write_file
from seqgen.marks import Mark
from seqgen.run_notes import END, read_note, runs_folder, started_folders
from seqgen_gui.train import process
from seqgen_gui.train.run import (
    ERRORS,
    FILE,
    TOLD,
    UNDER_WAY,
    Asked,
    Record,
    Run,
    adopted_run,
    is_run,
    read_run,
)

COMMAND = (sys.executable, "-P", "-m", "seqgen")
ADOPTED = "adopted.json"


class Runs:
    """Begins runs, finds them again, pauses and stops them, goes on with them, deletes them.

    Runs that were begun on the command line, in folders anywhere, are adopted and forgotten.
    """

    def __init__(self, folder: Path | None = None, command: Sequence[str] = COMMAND) -> None:
        self.folder = folder or runs_folder()
        self._command = tuple(command)

    def all(self) -> list[Run]:
        """The runs, the newest first; a folder that holds none is passed over."""
        readers = [(read_run, file.parent) for file in self.folder.glob(f"*/{FILE}")]
        readers += [(adopted_run, folder) for folder in self._adopted()]
        found = []
        for read, folder in readers:
            try:
                found.append(read(folder))
            except InputFileError:
                continue
        return sorted(found, key=lambda run: -run.record.begun)

    def adopt(self, folder: Path) -> Run:
        """Show a run that was begun elsewhere. Raises InputFileError, OutputError."""
        folder = folder.absolute()
        if folder.parent == self.folder.absolute() and (folder / FILE).is_file():
            return read_run(folder)
        run = adopted_run(folder)
        self._keep_adopted([*(one for one in self._adopted() if one != folder), folder])
        return run

    def forget(self, run: Run) -> None:
        """Show an adopted run no more; its folder stays. Raises OutputError."""
        self._keep_adopted([one for one in self._adopted() if one != run.folder])

    def elsewhere(self) -> list[Path]:
        """Folders of the runs begun last on the command line that are not shown yet."""
        shown = {self.folder.absolute(), *self._adopted()}
        return [
            folder
            for folder in started_folders()
            if not {folder, folder.parent} & shown and is_run(folder)
        ]

    def _adopted(self) -> list[Path]:
        try:
            told = msgspec.json.decode((self.folder / ADOPTED).read_bytes(), type=list[str])
        except (OSError, msgspec.MsgspecError):
            return []
        return [Path(text) for text in told]

    def _keep_adopted(self, folders: list[Path]) -> None:
        _make(self.folder, exist_ok=True)
        write_file(self.folder / ADOPTED, msgspec.json.encode([str(one) for one in folders]))

    def begin(self, title: str, asked: Asked) -> Run:
        """Start a new run. Raises OutputError."""
        folder = self._new_folder(title)
        run = Run(folder, Record(title=title, asked=asked, begun=time.time()))
        run.keep()
        self._launch(run, resume=False)
        return run

    def resume(self, run: Run, minutes: float | None = None) -> None:
        """Go on with a run that does not run, for so many minutes in all if that is said.

        One that had not got far begins anew.
        """
        if run.standing().state in UNDER_WAY:
            raise UsageError(f"{run.record.title} is running already")
        if minutes is not None:
            run.keep(asked=msgspec.structs.replace(run.record.asked, minutes=minutes))
        self._launch(run, resume=run.resumable)

    def pause(self, run: Run) -> None:
        """Have a run save at the end of its batch and let go of its memory."""
        run.keep(pause=True, mark=run.mark)
        process.interrupt(run.mark)

    def stop(self, run: Run) -> None:
        """Have a run measure what it has learned, keep its best, and end. Raises OutputError."""
        if run.training:
            write_file(run.folder / END, b"")
        else:
            self.pause(run)  # it has learned nothing yet

    def end(self, run: Run) -> None:
        """End a run at once; what it learned since its last checkpoint is lost."""
        run.keep(pause=True, mark=run.mark)
        process.kill(run.mark)

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
        note = read_note(run.folder)
        command = [*self._command, "train", asked.art, *asked.data, "--out", str(run.folder)]
        command += ["--json"]
        if resume:
            command += ["--resume"]
        else:
            command += ["--recipe", asked.recipe]
            command += [part for text in asked.overrides for part in ("--set", text)]
        if asked.minutes is not None:
            command += ["--minutes", f"{asked.minutes:g}"]
        if note is not None:
            command += ["--device", note.request.device]
            command += (
                [] if note.request.threads is None else ["--threads", str(note.request.threads)]
            )
        run.keep(pause=False, mark=Mark(), launched=time.time())
        out, errors = run.folder / TOLD, run.folder / ERRORS
        run.keep(mark=process.start(command, run.folder, out, errors))

    def _new_folder(self, title: str) -> Path:
        name = "-".join(re.findall(r"\w+", title.lower()))[:40] or "run"
        for number in range(1, 1000):
            folder = self.folder / (name if number == 1 else f"{name}-{number}")
            try:
                _make(folder)
            except FileExistsError:
                continue
            return folder
        raise OutputError(f"too many runs are called {title!r}")


def _make(folder: Path, exist_ok: bool = False) -> None:
    """Make a folder. Raises FileExistsError, and OutputError for what else is amiss."""
    try:
        folder.mkdir(parents=True, exist_ok=exist_ok)
    except FileExistsError:
        raise
    except OSError as error:
        raise OutputError(f"cannot make the folder {folder}: {reason(error)}") from error
