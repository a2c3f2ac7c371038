"""The metrics of a run, read as they are written."""

from __future__ import annotations

import json
import math
import os
from array import array
from pathlib import Path

import msgspec
from PySide6.QtCore import QElapsedTimer

from seqgen_gui.train.series import Series

PIECE = 1 << 15  # bytes that are read at a time
TURN = 8  # milliseconds of reading at a time: the window must stay awake


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the log, of a batch ("train") or of a validation ("valid"); NLL in nats."""

    kind: str
    update: int
    epoch: int
    loss: float
    accuracy: dict[str, float]
    learning_rate: float
    gradient_norm: float
    steps_per_second: float
    seconds: float
    eta: float
    best: float | None = None

    @property
    def right(self) -> float:
        """The share of fields that were guessed right, in percent."""
        return 100 * sum(self.accuracy.values()) / max(1, len(self.accuracy))


class Columns:
    """Reports of a kind, a column each: updates, minutes and what was measured."""

    def __init__(self) -> None:
        self.update, self.minutes = array("d"), array("f")
        self.loss, self.accuracy = Series(), Series()
        self.rate, self.norm, self.speed = Series(), Series(), Series()

    def __len__(self) -> int:
        return len(self.update)

    def add(self, report: Report) -> None:
        """Append a report."""
        self.update.append(report.update)
        self.minutes.append(report.seconds / 60)
        self.loss.append(report.loss)
        self.accuracy.append(report.right)
        self.rate.append(report.learning_rate)
        self.norm.append(report.gradient_norm)
        self.speed.append(report.steps_per_second)


class Log:
    """Follows a file of metrics: ``train`` and ``valid``, and the last report of each."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._begin()

    def _begin(self) -> None:
        self.train, self.valid = Columns(), Columns()
        self.last: Report | None = None
        self.last_valid: Report | None = None
        self.best = math.inf
        self.best_update = 0
        self._inode, self._offset, self._rest = 0, 0, b""

    def read(self, most: int = TURN) -> tuple[bool, bool]:
        """Take what is new, for ``most`` milliseconds: whether there was any, and is more.

        A file that was cut back, as a run does that goes on, is read anew.
        """
        turn = QElapsedTimer()
        turn.start()
        try:
            file = self._path.open("rb")
        except OSError:
            return False, False
        with file:
            status = os.fstat(file.fileno())
            renewed = status.st_ino != self._inode or status.st_size < self._offset
            if renewed:
                self._begin()
                self._inode = status.st_ino
            file.seek(self._offset)
            begin = self._offset
            while piece := file.read(PIECE):
                self._offset += len(piece)
                self._take(piece)
                if turn.hasExpired(most):
                    return True, True
        return renewed or self._offset > begin, False

    def _take(self, piece: bytes) -> None:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            report = _report(line)
            if report is not None:
                self._add(report)

    def _add(self, report: Report) -> None:
        self.last = report
        if report.kind == "train":
            self.train.add(report)
            return
        self.valid.add(report)
        self.last_valid = report
        if report.loss < self.best:
            self.best, self.best_update = report.loss, report.update


def _report(line: bytes) -> Report | None:
    try:
        return msgspec.json.decode(line, type=Report)
    except msgspec.MsgspecError:
        pass
    try:  # NaN and Infinity, which msgspec does not read
        return msgspec.convert(json.loads(line), Report)
    except (ValueError, msgspec.ValidationError):
        return None
