"""How long the window stands still while runs of 100,000 logged steps are opened and compared.

    python -m benchmarks.run_curves [--runs 8] [--steps 100000]

The logs are made up. A timer of 10 ms ticks while a run is opened, while the others are ticked one
by one, and while measures, axes and zoom are changed: the largest gap between two ticks counts.
A process that only sleeps says how long the machine itself stood still meanwhile.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from seqgen_gui.shell.program import Program
from seqgen_gui.train.page import TrainPage
from seqgen_gui.train.run import METRICS, RECIPE, Asked, Record, Run

FIELDS = ("role", "pitch", "duration", "velocity", "shift")
BESIDE = 300  # milliseconds between two runs that are ticked
CONTROL = """
import time
last, most = time.perf_counter(), 0.0
while True:
    time.sleep(0.01)
    now = time.perf_counter()
    if now - last > most:
        most = now - last
        print(most, flush=True)
    last = now
"""


def make_run(folder: Path, number: int, steps: int) -> None:
    """A run that has logged so many steps, with a validation every 500."""
    folder.mkdir(parents=True)
    asked = Asked(art="music", data=("starter",), recipe="notes")
    Run(folder, Record(title=f"Waltzes {number}", asked=asked, begun=-number)).keep()
    (folder / RECIPE).write_text('{"name": "notes", "frontend": "music"}')
    chance = random.Random(number)
    with (folder / METRICS).open("w") as log:
        for update in range(1, steps + 1):
            line = {
                "update": update,
                "epoch": update // 100,
                "loss": 1.5 + 5 / (1 + 20 * update / steps) + chance.gauss(0, 0.15),
                "nll": dict.fromkeys(FIELDS, 0.3),
                "accuracy": dict.fromkeys(FIELDS, 1 - 0.6 * math.exp(-update / steps)),
                "learning_rate": 0.002 * (1 - update / steps),
                "gradient_norm": abs(chance.gauss(0.5, 0.2)),
                "steps_per_second": chance.gauss(9000, 500),
                "seconds": update * 0.05,
                "eta": (steps - update) * 0.05,
            }
            for kind in ("train", "valid") if update % 500 == 0 else ("train",):
                log.write(json.dumps({"kind": kind, **line}) + "\n")


class Ticks:
    """A timer of 10 ms; ``most`` is its largest gap in milliseconds."""

    def __init__(self) -> None:
        self.most = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=10)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def begin(self) -> None:
        """Count from now on."""
        self.most, self._last = 0.0, time.perf_counter()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.most, self._last = max(self.most, 1000 * (now - self._last)), now


def wait(done: Callable[[], bool]) -> None:
    """Let the window live until something is done, and a second more."""
    while not done():
        QTest.qWait(20)
    QTest.qWait(1000)


def compare(page: TrainPage) -> None:
    """Tick all runs but the first, one after the other."""
    timer = QTimer(page, interval=BESIDE)
    rows = iter(range(1, page.list.count()))

    def tick() -> None:
        row = next(rows, None)
        if row is None:
            timer.stop()
        else:
            page.list.item(row).setCheckState(Qt.CheckState.Checked)

    timer.timeout.connect(tick)
    timer.start()


def measure(page: TrainPage, ticks: Ticks, steps: int) -> None:
    """Open a run, compare all, look at them, telling the largest gap of each."""
    curves = page.view.curves

    def told() -> bool:
        return all(len(page.reading.log(run).train) == steps for run in page.runs.all())

    def first() -> bool:
        return page.current is not None and len(page.reading.log(page.current).train) == steps

    def at_once() -> bool:
        return True

    phases: tuple[tuple[str, Callable[[], None], Callable[[], bool]], ...] = (
        ("open one", lambda: page.list.setCurrentRow(0), first),
        ("compare all", lambda: compare(page), told),
        ("log axis", lambda: curves.log.setChecked(True), at_once),
        ("accuracy", lambda: curves.measures.setCurrentIndex(1), at_once),
        ("zoom", lambda: curves.plot.zoom(4, steps / 2), at_once),
    )
    for name, do, done in phases:
        ticks.begin()
        do()
        wait(done)
        print(f"{name}: largest gap {ticks.most:.0f} ms, {resident():.0f} MB", flush=True)


def resident() -> float:
    """Megabytes of memory of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def main() -> None:
    """Make the runs, show the window, measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=8)
    parser.add_argument("--steps", type=int, default=100_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            os.environ[name] = home
        for number in range(args.runs):
            make_run(Path(home) / "seqgen" / "runs" / str(number), number, args.steps)
        app = QApplication([])
        program = Program(app)
        program.window.resize(1280, 800)
        program.window.show()
        program.window.go("train")
        page = program.window.page("train")
        assert isinstance(page, TrainPage)
        QTest.qWait(3000)
        with subprocess.Popen(
            [sys.executable, "-c", CONTROL], stdout=subprocess.PIPE, text=True
        ) as control:
            measure(page, Ticks(), args.steps)
            control.kill()
            assert control.stdout is not None
            still = 1000 * float(control.stdout.read().split()[-1])
        print(f"the machine itself: {still:.0f} ms, load {os.getloadavg()[0]:.1f}")
        program.window.close()


if __name__ == "__main__":
    main()
