"""Runs and metrics that were never trained."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from seqgen_gui.train import process
from seqgen_gui.train.run import METRICS, Asked, Record, Run
from seqgen_gui.train.runs import Runs

MUSIC = Asked(art="music", data=("starter",), recipe="notes")
TRAINER = """
import json, os, signal, sys, time
from pathlib import Path
from seqgen.marks import birth
stopped = []
signal.signal(signal.SIGINT, lambda *_: stopped.append(1))
print(json.dumps({"kind": "progress", "stage": "reading", "done": 3, "total": 12}), flush=True)
out = Path(sys.argv[sys.argv.index("--out") + 1])
(out / "recipe.json").write_text("{}")
(out / "arguments.json").write_text(json.dumps(sys.argv[1:]))
(out / "nice.txt").write_text(str(os.getpriority(os.PRIO_PROCESS, 0)))
mode = sys.argv[1]
note = {
    "request": {"frontend": sys.argv[3], "data": [sys.argv[4]], "out": str(out)},
    "mark": {"pid": os.getpid(), "birth": birth(os.getpid())},
    "begun": time.time(),
}
def tell(**ended):
    new = out / "new"
    new.write_text(json.dumps(note | ended))
    new.replace(out / "process.json")
tell()
if mode == "crash":
    sys.exit("seqgen: error: training diverged at update 7: loss nan")
if mode == "finish":
    tell(reason="minutes")
    sys.exit(0)
end = time.monotonic() + 300
while (mode == "stubborn" or not stopped) and time.monotonic() < end:
    time.sleep(0.01)
    if (out / "end").exists() and mode != "stubborn":
        tell(reason="stopped")
        sys.exit(0)
tell(reason="paused")
sys.stderr.write("seqgen: error: interrupted, to go on: seqgen train --resume\\n")
sys.exit(130)
"""


def fake_runs(folder: Path, mode: str = "wait") -> Runs:
    """Runs whose process trains nothing; it waits, is stubborn, finishes or crashes."""
    return Runs(folder, [sys.executable, "-c", TRAINER, mode])


def end(run: Run) -> None:
    """End the process of a run, and wait until it is no more."""
    process.kill(run.mark)
    while run.running:
        time.sleep(0.01)


def made_run(folder: Path, title: str = "Waltzes", **changes: Any) -> Run:
    """A run that is in a folder and has no process."""
    folder.mkdir(parents=True)
    run = Run(folder, Record(title=title, asked=MUSIC, begun=1.0))
    run.keep(**changes)
    return run


def report(update: int, kind: str = "train", **changes: Any) -> dict[str, Any]:
    """A line of metrics, of a model that learns."""
    made = {
        "kind": kind,
        "update": update,
        "epoch": update // 10,
        "loss": 4.0 / (1 + update / 100) + 1.0,
        "nll": {"pitch": 1.0, "time": 0.5},
        "accuracy": {"pitch": 0.25, "time": 0.75},
        "learning_rate": 0.002,
        "gradient_norm": 0.4,
        "steps_per_second": 9000.0,
        "seconds": update * 0.5,
        "eta": max(0.0, 1500 - update * 0.5),
        "best": None,
    }
    return made | changes


def write_metrics(folder: Path, *reports: dict[str, Any]) -> Path:
    """Append lines of metrics to a run's log."""
    path = folder / METRICS
    with path.open("a") as log:
        log.writelines(json.dumps(one) + "\n" for one in reports)
    return path
