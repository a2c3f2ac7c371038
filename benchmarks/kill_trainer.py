"""What a training loses that is killed (SIGKILL) at random moments, and whether it goes on.

    python -m benchmarks.kill_trainer [--kills 20] [--updates 5000] [--seed 1]

A small network learns the starter corpus on one thread, with a checkpoint every 20 updates and a
validation every 40. Its process is killed between 0 and 3 seconds after its first batch, looked
at as the window does, and gone on with by --resume; after the last kill it trains to its end.
After each kill the checkpoint and the best model must load, the window must read each whole line
of the log and call the run interrupted, and the next process must go on right behind the
checkpoint. The end must be that of a run that was never killed, bit by bit. The exit status is 1
where any of it is not so.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean

import numpy as np

from seqgen.core.checkpoint import Arrays, read_arrays, read_bundle, read_header
from seqgen.core.trainer import BEST, LAST, METRICS
from seqgen_gui.train.log import Log
from seqgen_gui.train.run import RECIPE, State
from seqgen_gui.train.runs import Runs

SMALL = (
    "network.hidden=48", "network.embed=16", "network.chain=16", "trainer.batch=4",
    "trainer.chunk=64", "trainer.checkpoint_every=20", "trainer.evaluate_every=40",
    "trainer.patience=100000",
)  # fmt: skip
CHECKPOINT_EVERY, LONGEST = 20, 3.0


class Trainee:
    """A run of ``seqgen train`` in a folder."""

    def __init__(self, folder: Path, updates: int) -> None:
        self.folder = folder
        changes = [part for text in SMALL for part in ("--set", text)]
        self._begin = [*changes, "--set", f"trainer.updates={updates}"]

    def start(self) -> subprocess.Popen[bytes]:
        """Begin the run, or go on with it."""
        command = [sys.executable, "-m", "seqgen", "train", "music", "starter", "--quiet"]
        command += ["--threads", "1", "--out", str(self.folder)]
        environment = os.environ | {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}
        more = ["--resume"] if self.begun else self._begin
        return subprocess.Popen([*command, *more], env=environment)

    @property
    def begun(self) -> bool:
        """Whether there is anything to go on with."""
        return (self.folder / RECIPE).exists()

    def finish(self) -> None:
        """Train to the end."""
        if self.start().wait():
            raise SystemExit("the training failed")

    @property
    def saved(self) -> int:
        """The update of the checkpoint, 0 for none; it must be whole."""
        path = self.folder / LAST
        if not path.exists():
            return 0
        read_arrays(path)
        return int(read_header(path)["position"]["update"])

    def weights(self) -> tuple[Arrays, Arrays]:
        """The arrays of the checkpoint and of the best model."""
        return read_arrays(self.folder / LAST), read_bundle(self.folder / BEST)[1]


class Kills:
    """Kills a run and looks at what is left; ``faults`` says what was not as it must be."""

    def __init__(self, trainee: Trainee, runs: Runs, chance: random.Random) -> None:
        self._trainee, self._chance = trainee, chance
        self._runs, self._log = runs, Log(trainee.folder / METRICS)
        self.faults: list[str] = []
        self.lost: list[int] = []
        self.broken = self.leftovers = 0

    def kill(self) -> None:
        """Start, kill in the midst of it, look."""
        before = self._trainee.saved
        child = self._trainee.start()
        first = self._wait_for_batch(child, before)
        time.sleep(self._chance.uniform(0, LONGEST))
        child.kill()
        if child.wait() != -9:
            self.faults.append("it ended by itself, give it more --updates")
        self._check_log(before, first)

    def _wait_for_batch(self, child: subprocess.Popen[bytes], saved: int) -> float:
        """Wait for the first batch of this process: its update."""
        while child.poll() is None:
            if self._trainee.begun and self._runs.adopt(self._trainee.folder).running:
                self._log.read()
                found = next((u for u in self._log.train.update if u > saved), None)
                if found is not None:
                    return found
            time.sleep(0.01)
        raise SystemExit("the training ended before its first batch, give it more --updates")

    def _check_log(self, before: int, first: float) -> None:
        saved, log = self._trainee.saved, self._log
        log.read()
        updates = list(log.train.update)
        text = (self._trainee.folder / METRICS).read_bytes()
        whole = text.count(b"\n")
        self.broken += not text.endswith(b"\n")
        self.leftovers = len(list(self._trainee.folder.glob(".*.tmp")))
        standing = self._runs.adopt(self._trainee.folder).standing()
        checks = {
            f"{whole - len(log.train) - len(log.valid)} lines are not read": whole
            != len(log.train) + len(log.valid),
            "updates are told twice": updates != sorted(set(updates)),
            f"the checkpoint went back from {before} to {saved}": saved < before,
            f"the run stands as {standing.state.value}": standing.state is not State.INTERRUPTED,
            f"it went on at {first:.0f} after the checkpoint {before}": not 0
            < first - before
            <= CHECKPOINT_EVERY,
        }
        self.faults += [text for text, wrong in checks.items() if wrong]
        self.lost.append(round(updates[-1]) - saved)
        if (self._trainee.folder / BEST).exists():
            read_bundle(self._trainee.folder / BEST)


def same(one: tuple[Arrays, Arrays], other: tuple[Arrays, Arrays]) -> bool:
    """Whether all arrays are equal, bit by bit."""
    return all(
        a.keys() == b.keys() and all(np.array_equal(a[name], b[name]) for name in a)
        for a, b in zip(one, other, strict=True)
    )


def main() -> None:
    """Kill, go on, compare with a run that was left alone."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--updates", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_DATA_HOME"] = str(folder / "data")
        trainee = Trainee(folder / "killed", args.updates)
        kills = Kills(trainee, Runs(folder / "runs"), random.Random(args.seed))
        for _ in range(args.kills):
            kills.kill()
        trainee.finish()
        alone = Trainee(folder / "alone", args.updates)
        alone.finish()
        if not same(trainee.weights(), alone.weights()):
            kills.faults.append("the end is not that of a run that was never killed")
    print(
        f"{args.kills} kills within {LONGEST:g} s of the first batch, load "
        f"{os.getloadavg()[0]:.1f}: lost {mean(kills.lost):.1f} updates (at most "
        f"{max(kills.lost)}), {kills.broken} half lines, {kills.leftovers} files left over, "
        f"{len(kills.faults)} faults"
    )
    for fault in kills.faults:
        print(f"fault: {fault}")
    if kills.faults:
        sys.exit(1)


if __name__ == "__main__":
    main()
