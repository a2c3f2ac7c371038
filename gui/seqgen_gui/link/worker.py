"""The worker's other end: sends requests, hands answers out, starts it anew after a crash."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import count
from typing import Any

import msgspec
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from seqgen.config import Progress
from seqgen_gui.link.process import LineProcess

COMMAND = (sys.executable, "-P", "-m", "seqgen.worker")  # -P: a types.py at hand is not imported
NICE = 5  # it gives way to the window and the sound, and trainings to it
PATIENCE = 2000  # milliseconds that a cancelled request may take to end
TRIES = 3  # short lives in a row before it is not started again
SHORT = 2000  # milliseconds


class State(Enum):
    """How the worker is."""

    STARTING = "starting"
    READY = "ready"
    STOPPED = "stopped"


@dataclass(eq=False)
class Job:
    """A request on its way; see ``Requests.send``."""

    number: int
    verb: str
    request: object
    on_progress: Callable[[Progress], None]
    on_result: Callable[[Any], None]
    on_error: Callable[[str], None]
    worker: Worker
    sent: bool = False
    cancelled: bool = False

    def cancel(self) -> None:
        """Stop the work; none of the request's callbacks is called any more."""
        self.worker.cancel(self)


class Worker(QObject):
    """Sends requests to a process of the worker, in their order; is a ``Requests``.

    Requests made before it is ready wait. When the process dies the request at hand fails, the
    process is started anew, and those behind it are sent again.
    """

    state_changed = Signal(State)
    crashed = Signal(str)
    """The process died by itself: the reason, with its last words."""
    busy_changed = Signal(bool)

    def __init__(self, command: Sequence[str] = COMMAND, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = State.STOPPED
        self.log = ""  # the last lines on standard error of the process that ended last
        self._numbers = count(1)
        self._jobs: dict[int, Job] = {}
        self._short_lives = 0
        self._age = QElapsedTimer()
        self._killed = False
        self._closing = False
        self._process = LineProcess(command, self, NICE)
        self._process.heard.connect(self._hear)
        self._process.ended.connect(self._ended)

    @property
    def pid(self) -> int:
        """The number of its process, 0 for none."""
        return self._process.pid

    @property
    def busy(self) -> bool:
        """Whether a request is not answered yet."""
        return any(not job.cancelled for job in self._jobs.values())

    def start(self) -> None:
        """Start the process, if there is none; also after it was given up."""
        if self._process.running:
            return
        self._closing = self._killed = False
        self._short_lives = 0
        self._launch()

    def stop(self) -> None:
        """End the process, politely first; what is not done is forgotten."""
        self._closing = True
        self._jobs.clear()
        self._process.end()

    def send(
        self,
        verb: str,
        request: object,
        on_progress: Callable[[Progress], None],
        on_result: Callable[[Any], None],
        on_error: Callable[[str], None],
    ) -> Job:
        """Send a request; see ``Requests.send``."""
        number = next(self._numbers)
        job = Job(number, verb, request, on_progress, on_result, on_error, self)
        self._jobs[number] = job
        if self.state is State.READY:
            self._say(job)
        elif self.state is State.STOPPED and not self._closing:
            QTimer.singleShot(0, self, self.start)
        self.busy_changed.emit(True)
        return job

    def cancel(self, job: Job) -> None:
        """Stop a request; a process that goes on with it all the same is killed."""
        if job.number not in self._jobs or job.cancelled:
            return
        job.cancelled = True
        if not job.sent:
            del self._jobs[job.number]
        elif self._process.running:
            self._process.say({"cancel": job.number})
            QTimer.singleShot(PATIENCE, self, lambda: self._lose_patience(job))
        self.busy_changed.emit(self.busy)

    def _lose_patience(self, job: Job) -> None:
        at_hand = next(iter(self._jobs.values()), None)
        if at_hand is job and self._process.running:
            self._killed = True
            self._process.kill()

    def _launch(self) -> None:
        self._become(State.STARTING)
        self._age.start()
        self._process.start()

    def _become(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)

    def _say(self, job: Job) -> None:
        job.sent = True
        self._process.say({"id": job.number, "do": job.verb, "request": job.request})

    def _hear(self, line: dict[str, Any]) -> None:
        if "ready" in line:
            self._become(State.READY)
            for job in list(self._jobs.values()):
                self._say(job)
            return
        waiting = self._jobs.get(line.get("id") or 0)
        if waiting is None:
            return
        if "progress" in line:
            if not waiting.cancelled:
                waiting.on_progress(msgspec.convert(line["progress"], Progress))
            return
        del self._jobs[waiting.number]
        self._answer(waiting, line)
        self.busy_changed.emit(self.busy)

    def _answer(self, job: Job, line: dict[str, Any]) -> None:
        if job.cancelled:
            return
        if "error" in line:
            job.on_error(line["error"]["message"])
        elif "result" in line:
            job.on_result(line["result"])

    def _ended(self, reason: str) -> None:
        self.log = self._process.errors
        if self._closing:
            self._become(State.STOPPED)
            return
        started = self.state is State.READY
        lost = self._lost(started)
        expected, self._killed = self._killed, False
        short = not expected and (not started or not self._age.hasExpired(SHORT))
        self._short_lives = self._short_lives + 1 if short else 0
        if self._short_lives >= TRIES:
            lost += [job for job in self._jobs.values() if not job.cancelled]
            self._jobs.clear()
            self._become(State.STOPPED)
        else:
            self._launch()
        given_up = self.state is State.STOPPED
        what = "cannot run" if given_up else "stopped and was started again"
        for job in lost:  # in the words of the notice, so that it is told once
            job.on_error(f"the worker {what}: {reason}")
        if not expected and (started or given_up):
            self.crashed.emit(reason)
        self.busy_changed.emit(self.busy)

    def _lost(self, started: bool) -> list[Job]:
        """Take out the request at hand, and the cancelled ones; the others wait again."""
        at_hand = next(iter(self._jobs.values()), None) if started else None
        for job in list(self._jobs.values()):
            if job is at_hand or job.cancelled:
                del self._jobs[job.number]
            job.sent = False
        return [at_hand] if at_hand is not None and not at_hand.cancelled else []
