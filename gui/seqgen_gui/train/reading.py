"""Reading the logs of several runs, in turns so short that the window stays awake."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from seqgen_gui.train.log import Log
from seqgen_gui.train.run import METRICS, Run

TURN = 8  # milliseconds of reading at a time, of all logs together
PAUSE = 4  # milliseconds between two turns, for all else that the window has to do
SHOW = 250  # milliseconds between two looks at logs that are still being read


class Reading(QObject):
    """Holds the logs of runs, and reads on in those that are asked for."""

    news = Signal()
    """There is more in the logs than there was."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._logs: dict[Path, Log] = {}
        self._waiting: list[Log] = []
        self._unseen = False
        self._shown = QElapsedTimer()
        self._timer = QTimer(self, interval=PAUSE)
        self._timer.timeout.connect(self._read)

    def log(self, run: Run) -> Log:
        """The log of a run, as far as it is read."""
        return self._logs.setdefault(run.folder, Log(run.folder / METRICS))

    def forget(self, run: Run) -> None:
        """Drop what was read of a run."""
        self._logs.pop(run.folder, None)

    def read(self, runs: Iterable[Run]) -> bool:
        """Read what is new in the logs of runs: some of it now, the rest in turns.

        Whether there was anything new now.
        """
        self._waiting = [self.log(run) for run in runs]
        new = self._turn()
        if self._waiting:
            self._shown.start()
            self._timer.start()
        return new

    def _turn(self) -> bool:
        turn = QElapsedTimer()
        turn.start()
        news = False
        while self._waiting and (left := TURN - turn.elapsed()) > 0:
            new, more = self._waiting[0].read(left)
            news = news or new
            if not more:
                self._waiting.pop(0)
        return news

    def _read(self) -> None:
        self._unseen = self._turn() or self._unseen
        if not self._waiting:
            self._timer.stop()
        if self._unseen and (not self._waiting or self._shown.hasExpired(SHOW)):
            self._unseen = False
            self._shown.start()
            self.news.emit()
