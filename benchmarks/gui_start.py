"""Process start of the desktop app to its first paint, and the memory of its process.

    python -m benchmarks.gui_start [--starts N] [--platform offscreen]

Each start is a new process with settings of its own; the first is not counted. CPU seconds are
those of the process since it began, so that other load on the machine counts little. The memory
is resident, of the window's process alone: at the first paint, when its worker is ready, and when
every place has been gone to and has what it asked the worker for.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.windows import environment

START = """
import sys, time
from pathlib import Path

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from seqgen_gui.link.worker import State
from seqgen_gui.shell.program import Program

def painted():
    print(time.process_time(), time.time() - float(sys.argv[1]), resident())

def ready(state):
    if state is State.READY:
        QTimer.singleShot(500, visit)

def visit():
    if not places:
        memory.append(resident())
        print(*memory)
        print(*(name for name in sys.argv[2:] if name in sys.modules))
        program.window.close()
        return
    if not memory:
        memory.append(resident())
    program.window.go(places.pop(0))
    QTimer.singleShot(500, rest)

def rest():
    QTimer.singleShot(100, rest if program.worker.busy else visit)

app = QApplication([])
program = Program(app)
places, memory = [place.name for place in program.window.places], []
program.window.painted.connect(painted)
program.worker.state_changed.connect(ready)
program.window.show()
app.exec()
"""
HEAVY = ("torch", "numpy", "mido", "svgwrite", "pyqtgraph", "sounddevice")


def start(platform: str) -> tuple[list[float], list[str]]:
    """CPU and wall seconds, MB at the paint and later; which of HEAVY were imported."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", START, str(time.time()), *HEAVY]
        where = environment(Path(folder), platform)
        done = subprocess.run(command, env=where, capture_output=True, text=True, check=True)
    painted, memory, heavy = done.stdout.splitlines()
    return [*map(float, painted.split()), *map(float, memory.split())], heavy.split()


def main() -> None:
    """Print medians and the slowest start."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--platform", default="offscreen", help="of Qt; empty for the display")
    args = parser.parse_args()
    starts = [start(args.platform) for _ in range(args.starts + 1)][1:]
    print(f"{args.starts} starts, {args.platform or 'display'}, load {os.getloadavg()[0]:.1f}")
    columns = zip(*(numbers for numbers, _ in starts), strict=True)
    names = (
        "CPU s to the first paint",
        "wall s",
        "MB at the first paint",
        "MB with the worker",
        "MB when every place was gone to",
    )
    for name, column in zip(names, columns, strict=True):
        print(f"{name}: {median(column):.2f} (at most {max(column):.2f})")
    print("imported:", ", ".join(starts[-1][1]) or "nothing heavy")


if __name__ == "__main__":
    main()
