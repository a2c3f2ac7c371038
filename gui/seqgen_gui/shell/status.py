"""The worker's state in the status bar, and the notices about what befell the program."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QLabel

from seqgen.errors import SeqgenError
from seqgen_gui.link.worker import State, Worker
from seqgen_gui.project.autosave import Autosave, Recovery
from seqgen_gui.project.project import Project
from seqgen_gui.shell.notices import Notices

_WORDS = {State.STARTING: "Starting", State.READY: "Ready", State.STOPPED: "Not running"}


class WorkerStatus(QLabel):
    """Says whether the worker is there, and at work."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self._worker = worker
        self.setToolTip("The worker is a process of its own that computes for this window")
        worker.state_changed.connect(self._show)
        worker.busy_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        worker = self._worker
        working = worker.state is State.READY and worker.busy
        text = "Working" if working else _WORDS[worker.state]
        self.setText(text)
        self.setAccessibleName(f"Worker: {text.lower()}")


def tell_of_crashes(worker: Worker, notices: Notices) -> None:
    """Say when the worker dies, and offer to start it where it is not started anew."""

    def tell(reason: str) -> None:
        if worker.state is State.STOPPED:
            text = f"The worker cannot run: {reason}"
            notices.error(text, [("Start it again", worker.start)], worker.log)
        else:
            text = f"The worker stopped and was started again: {reason}"
            notices.error(text, details=worker.log)

    worker.crashed.connect(tell)


def tell_of_bugs(notices: Notices) -> None:
    """Say when an exception was not caught; it goes to standard error as well."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if isinstance(error, Exception):
            details = "".join(traceback.format_exception(error))
            text = f"Something went wrong here: {kind.__name__}: {error}. Please report it."
            notices.error(text, details=details)

    sys.excepthook = tell


def offer(
    recoveries: Iterable[Recovery],
    project: Project,
    autosave: Autosave,
    notices: Notices,
    may_leave: Callable[[], bool],
) -> None:
    """Offer what was not saved when a window ended; what is not decided is offered again."""
    for recovery in recoveries:
        _offer(recovery, project, autosave, notices, may_leave)


def _offer(
    recovery: Recovery,
    project: Project,
    autosave: Autosave,
    notices: Notices,
    may_leave: Callable[[], bool],
) -> None:
    path = None if recovery.kept.path is None else Path(recovery.kept.path)

    def recover() -> None:
        if not may_leave():
            _offer(recovery, project, autosave, notices, may_leave)
            return
        try:
            project.restore(recovery.kept.document, path)
        except SeqgenError as error:
            notices.error(str(error))
            return
        autosave.keep()
        autosave.wait()
        recovery.discard()

    when = time.strftime("%d %B, %H:%M", time.localtime(recovery.kept.time))
    notices.warn(
        f"“{path.stem if path else 'Untitled'}” was not saved when seqgen last ended. "
        f"It was kept on {when}.",
        [("Recover", recover), ("Delete", recovery.discard)],
    )
