"""Watching an event loop: how late a timer of 10 ms comes, and what the thread did meanwhile.

A control process that only sleeps 10 ms again and again says when the machine itself stood still.
Stacks are read by faulthandler while the thread runs; now and then that ends the
process with a fault in its ``dump_traceback``.
"""

from __future__ import annotations

import faulthandler
import gc
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

STEP = 10  # milliseconds between two ticks
LATE = 0.03  # seconds without a tick after which the stack is noted
CONTROL = """
import sys, time
last = time.perf_counter()
while True:
    time.sleep(0.01)
    now = time.perf_counter()
    if now - last > 0.02:
        print(last, now, flush=True)
    last = now
"""
_FRAME = re.compile(r'  File "([^"]*)", line (\d+) in (\S+)')


@dataclass(frozen=True)
class Gap:
    """From one tick to the next, which came ``at`` (seconds); times in milliseconds.

    ``cpu`` is the thread's own work in it, ``queued`` how long it was ready and another process
    had its core, ``collected`` what the garbage collector took. The rest it slept or was blocked.
    """

    at: float
    wall: float
    cpu: float
    queued: float
    collected: float
    phase: str
    stack: str

    @property
    def own(self) -> float:
        """What it would have been on a machine of its own, in milliseconds.

        Without a stack no thread of the process ran when it was late: the machine stood still.
        """
        own = self.wall - self.queued
        return own if self.stack else min(own, 1e3 * LATE)


class Watch(QObject):
    """Notes the gaps between ticks; ``phase`` names what is going on."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self.phase = ""
        self._home = tempfile.TemporaryDirectory()
        self._stacks = (Path(self._home.name) / "stacks").open("w+b", buffering=0)
        self._collected, self._began = 0.0, 0.0
        self._control: subprocess.Popen[str] | None = None
        self.still: list[tuple[float, float]] = []  # seconds in which the control did not come
        self._last = _times()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=STEP)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin."""
        gc.callbacks.append(self._collecting)
        command = [sys.executable, "-c", CONTROL]
        self._control = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self._last = _times()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()
        faulthandler.cancel_dump_traceback_later()
        gc.callbacks.remove(self._collecting)
        assert self._control is not None
        self._control.kill()
        for line in self._control.communicate()[0].splitlines():
            first, last = map(float, line.split())
            self.still.append((first, last))
        self._stacks.close()
        self._home.cleanup()

    def stood_still(self, gap: Gap) -> float:
        """How many milliseconds of a gap the control was late too."""
        begin = gap.at - gap.wall / 1e3
        both = (min(last, gap.at) - max(first, begin) for first, last in self.still)
        return 1e3 * sum(time for time in both if time > 0)

    def _collecting(self, moment: str, _: dict[str, Any]) -> None:
        now = time.perf_counter()
        if moment == "start":
            self._began = now
        else:
            self._collected += 1e3 * (now - self._began)

    def _tick(self) -> None:
        faulthandler.cancel_dump_traceback_later()
        now = _times()
        wall, cpu, queued = (new - old for new, old in zip(now, self._last, strict=True))
        stack = self._stack() if wall > 1e3 * LATE else ""
        self.gaps.append(Gap(now[0] / 1e3, wall, cpu, queued, self._collected, self.phase, stack))
        self._collected = 0.0
        self._last = now
        faulthandler.dump_traceback_later(LATE, file=self._stacks)

    def _stack(self) -> str:
        """What the main thread was at when it was late, the innermost call first."""
        self._stacks.seek(0)
        text = self._stacks.read().decode(errors="replace")
        self._stacks.seek(0)
        self._stacks.truncate()
        return stack_of(text, threading.main_thread().ident or 0)


def _times() -> tuple[float, float, float]:
    """The clock, the thread's own time and its time in the queue, in milliseconds."""
    queued = int(Path("/proc/thread-self/schedstat").read_text().split()[1])
    return 1e3 * time.perf_counter(), 1e3 * time.thread_time(), queued / 1e6


def stack_of(text: str, thread: int) -> str:
    """The calls of a thread in what faulthandler wrote, without those of the loop itself."""
    for part in text.split("\n\n"):
        head, _, rest = part.partition("\n")
        if f"0x{thread:016x}" not in head and not head.startswith("Timeout"):
            continue
        if head.startswith("Timeout"):
            head, _, rest = rest.partition("\n")
            if f"0x{thread:016x}" not in head:
                continue
        calls = [(Path(file), int(line), name) for file, line, name in _FRAME.findall(rest)]
        told = [f"{'/'.join(file.parts[-2:])}:{line} {name}" for file, line, name in calls]
        return " < ".join(one for one in told if "benchmarks/" not in one) or "Qt itself"
    return ""


def summary(gaps: Sequence[Gap]) -> str:
    """The longest gap and the 99.9th percentile, as they were and without the queue."""
    told = []
    for name, values in (
        ("wall", sorted(gap.wall for gap in gaps)),
        ("but for the machine", sorted(gap.own for gap in gaps)),
        ("own CPU", sorted(gap.cpu for gap in gaps)),
    ):
        told.append(f"{name} {values[-1]:.0f} ms, 99.9 % {values[len(values) * 999 // 1000]:.0f}")
    return f"{len(gaps)} ticks; longest {'; '.join(told)}"
