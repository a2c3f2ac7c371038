"""What is lost where the window is killed (SIGKILL) at random moments: nothing that was saved.

    python -m benchmarks.kill_window [--kills 20] [--seed 1] [--longest 8]

Each window has the user of `benchmarks/restless_user.py`, a worker, a sound process and a training
of the starter corpus, and is killed between 0 and `--longest` seconds after its first paint.
Projects are kept aside every second here. After each kill

- the project file must load, and hold the last state that was saved;
- what was edited more than the interval before the kill and not saved must be kept aside, and the
  next window must offer it and bring it back;
- the worker and the sound process must be gone within 6 seconds, and the training go on.

The exit status is 1 where any of it is not so.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.restless_user import KEPT_EVERY, edit_of
from benchmarks.windows import environment
from seqgen_gui.project.autosave import Kept
from seqgen_gui.project.document import read_document
from seqgen_gui.train import process
from seqgen_gui.train.run import METRICS
from seqgen_gui.train.runs import Runs

SLACK = 1.5  # seconds that writing may take beside the interval, on a busy machine


def children(pid: int) -> list[int]:
    """The processes that a process has started and that share its session."""
    told = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return [int(one) for one in told.split() if os.getsid(int(one)) == os.getsid(pid)]


def wait_until_gone(pids: list[int], seconds: float) -> list[int]:
    """Those that are still there after some seconds."""
    end = time.monotonic() + seconds
    while pids and time.monotonic() < end:
        pids = [pid for pid in pids if Path(f"/proc/{pid}").exists()]
        time.sleep(0.05)
    return pids


class Life:
    """A window from its start to its kill, and what its journal says."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home, self.project, self.journal = home, home / "a.seqgen", home / f"{seed}.jsonl"
        self.journal.touch()
        command = [sys.executable, "-m", "benchmarks.restless_user"]
        command += [str(self.project), str(self.journal), str(seed)]
        self._errors = (home / f"{seed}.txt").open("wb")
        where = environment(home, "offscreen")
        self._window = subprocess.Popen(command, env=where, stderr=self._errors)

    def lines(self) -> list[dict[str, Any]]:
        """The journal so far."""
        return [json.loads(line) for line in self.journal.read_text().splitlines()]

    def kill_after(self, seconds: float) -> list[int]:
        """Kill it some seconds after it has begun; the children it had."""
        end = time.monotonic() + 60
        while not self.lines() and time.monotonic() < end:
            time.sleep(0.02)
        time.sleep(seconds)
        found = children(self._window.pid)
        os.kill(self._window.pid, signal.SIGKILL)
        self.killed = time.time()
        self._window.wait()
        self._errors.close()
        return found

    @property
    def errors(self) -> str:
        """What it said on standard error."""
        return Path(self._errors.name).read_text()

    def last(self, kind: str) -> int:
        """The highest number of edits that a kind of line tells; -1 for none."""
        return max((line[kind] for line in self.lines() if kind in line), default=-1)


def faults_of(life: Life, orphans: list[int], before: int, kept: int) -> list[str]:
    """What is wrong after a kill. ``kept`` is the edit that is kept aside, -1 for none."""
    faults = []
    saved = max(life.last("saved"), life.last("opened"), before)
    if life.project.exists():
        held = edit_of(read_document(life.project))
        if held not in {saved, life.last("saving")}:
            faults.append(f"the file holds edit {held}, {saved} was saved")
        saved = held
    due = [
        line["edit"]
        for line in life.lines()
        if "edit" in line and life.killed - line["time"] > KEPT_EVERY / 1000 + SLACK
    ]
    if max(due, default=-1) > max(kept, saved):
        faults.append(f"edit {max(due)} is lost: kept {kept}, saved {saved}")
    if orphans:
        faults.append(f"{len(orphans)} orphans")
    if "Traceback" in life.errors:
        faults.append(life.errors.strip().splitlines()[-1])
    return faults


def kept_aside(home: Path) -> int:
    """The last edit among what windows have left; -1 where there is nothing."""
    files = (home / "seqgen" / "recovery").glob("*.recovery")
    kept = [msgspec.json.decode(file.read_bytes(), type=Kept) for file in files]
    return max((edit_of(one.document) for one in kept), default=-1)


def updates(home: Path) -> int:
    """How many lines the log of the training has."""
    logs = list((home / "seqgen" / "runs").glob(f"*/{METRICS}"))
    return sum(len(log.read_bytes().splitlines()) for log in logs)


def main() -> int:
    """Kill and look; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=8)
    args = parser.parse_args()
    rng, counts, bad = random.Random(args.seed), Counter[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        home, kept, saved, learned = Path(folder), -1, 0, 0
        for number in range(args.kills):
            life = Life(home, args.seed + number)
            left = wait_until_gone(life.kill_after(rng.uniform(0, args.longest)), 6)
            offered, kept = kept, kept_aside(home)
            faults = faults_of(life, left, saved, kept)
            if offered > saved and life.last("recovered") < 0:
                faults.append(f"edit {offered} was not offered")
            saved = edit_of(read_document(life.project)) if life.project.exists() else saved
            more = updates(home)
            went_on = more > learned or not number
            counts.update(life=1, saves=sum("saved" in one for one in life.lines()))
            counts.update(edits=sum("edit" in one for one in life.lines()))
            counts.update(recovered=life.last("recovered") >= 0, grew=went_on)
            learned, bad = more, bad + bool(faults)
            print(f"{number + 1:2}: saved {saved}, kept {kept}", *faults, sep="; ", flush=True)
        runs = Runs(home / "seqgen" / "runs").all()
        alive = sum(run.running for run in runs)
        for run in runs:
            process.kill(run.record.mark)
    print(
        f"{args.kills} kills, {counts['edits']} edits, {counts['saves']} saves, "
        f"{counts['recovered']} recoveries taken; the training grew after {counts['grew']} kills "
        f"and is {'alive' if alive else 'dead'}; {bad} with faults; "
        f"load {os.getloadavg()[0]:.1f}"
    )
    return int(bad > 0 or not alive)


if __name__ == "__main__":
    sys.exit(main())
