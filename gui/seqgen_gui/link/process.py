"""A child process that speaks JSON lines."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import msgspec
from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QTimer, Signal

WORDS = 40  # lines of standard error that are remembered
TURN = 8  # milliseconds of lines that are taken at a time: the window must stay awake
FAREWELL = 1000  # milliseconds that a process may take to end by itself


class LineProcess(QObject):
    """Starts a command, tells its lines as they come, and how it ended.

    ``nice`` is how far it gives way to the window where both want a processor, from 0 to 19.
    """

    heard = Signal(dict)
    """A line of its standard output."""
    ended = Signal(str)
    """It is no more, for the reason given; what it had said was heard before."""

    def __init__(
        self, command: Sequence[str], parent: QObject | None = None, nice: int = 0
    ) -> None:
        super().__init__(parent)
        self._command, self._nice = list(command), nice
        self._errors: deque[str] = deque(maxlen=WORDS)
        self._process = QProcess(self)
        self._process.started.connect(self._give_way)
        self._process.readyReadStandardOutput.connect(self._hear)
        self._process.readyReadStandardError.connect(self._note)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    @property
    def pid(self) -> int:
        """The number of the process, 0 for none."""
        return int(self._process.processId())

    @property
    def errors(self) -> str:
        """The last lines of its standard error."""
        return "\n".join(self._errors)

    def start(self) -> None:
        """Start the command; it must not be running."""
        self._errors.clear()
        self._process.start(self._command[0], self._command[1:])

    def say(self, line: object) -> None:
        """Send a line, built by msgspec."""
        self._process.write(msgspec.json.encode(line) + b"\n")

    def end(self) -> None:
        """Close its input and wait for its end; kill it when it takes too long."""
        self._process.closeWriteChannel()
        if self.running and not self._process.waitForFinished(FAREWELL):
            self.kill()
            self._process.waitForFinished(FAREWELL)

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def _give_way(self) -> None:
        if self._nice and hasattr(os, "setpriority"):
            with suppress(ProcessLookupError):  # it ended just now
                own = os.getpriority(os.PRIO_PROCESS, 0)
                os.setpriority(os.PRIO_PROCESS, self.pid, own + self._nice)

    def _hear(self) -> None:
        turn = QElapsedTimer()
        turn.start()
        while self._process.canReadLine():
            if turn.hasExpired(TURN):
                QTimer.singleShot(0, self, self._hear)
                return
            self._tell(self._process.readLine().data())

    def _tell(self, line: bytes | bytearray | memoryview) -> None:
        try:
            told: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.MsgspecError:
            self._errors.append(f"not understood: {bytes(line[:200])!r}")
            return
        self.heard.emit(told)

    def _note(self) -> None:
        text = self._process.readAllStandardError().data()
        self._errors.extend(bytes(text).decode(errors="replace").splitlines())

    def _finished(self, status: int, how: QProcess.ExitStatus) -> None:
        self._note()
        while self._process.canReadLine():
            self._tell(self._process.readLine().data())
        words = next((line for line in reversed(self._errors) if line.strip()), "")
        if how == QProcess.ExitStatus.CrashExit:
            reason = f"it was ended by signal {status}"
        else:
            reason = f"it ended with status {status}"
        self.ended.emit(f"{reason}: {words.strip()}" if words else reason)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.ended.emit(f"{self._command[0]} cannot be started")
