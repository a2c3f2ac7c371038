"""From a request to its first note or ink in a window, and from a cancel to a worker that is free.

    python -m benchmarks.worker_latency [--rounds N] [--only NAME ...]

One worker process, asked through the window's own link; two rounds of each kind, which load the
models, are not counted. A round asks for something long, cancels it, and at once asks for
something quick: its answer is when the worker is free again. Half of the rounds are cancelled at
the first note or ink, the others at a random moment of what the whole takes, or of 6 seconds.
A worker that is not free within 2 seconds is killed by the window; that counts as a fault.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from PySide6.QtCore import QCoreApplication

from benchmarks.windows import wait_until
from seqgen.config import FitHand, Progress, SampleHandwriting, SampleMusic
from seqgen_gui.link.worker import Job, Worker

PRIMER = Path("datasets/starter/midi/primer-8-bars-in-c-major.mid")
INK = Path("datasets/starter-hand/ink/alder.inkml")
SENTENCE = "Dear Ada, thank you for the engine. It has been running since Tuesday. "
WARM_UP, LONGEST = 2, 6.0


@dataclass(frozen=True)
class Kind:
    """Something that is asked for; ``first`` is the data that a window shows first."""

    name: str
    verb: str
    request: Any
    first: str = ""


def kinds(folder: Path) -> Iterator[Kind]:
    """What is measured; files go to ``folder``."""
    music: dict[str, Any] = {
        "primer": str(PRIMER),
        "output": str(folder / "out.mid"),
        "bars": 1000,
        "seed": 1,
    }
    yield Kind("music, a take", "sample_music", SampleMusic(**music), "notes")
    yield Kind("music, 8 takes", "sample_music", SampleMusic(**music | {"count": 8}), "notes")
    for name, times in (("a line", 1), ("a page", 8), ("60 sentences", 60)):
        text: dict[str, Any] = {
            "text": SENTENCE * times,
            "output": str(folder / "out.svg"),
            "page": "a5",
        }
        request = SampleHandwriting(**text, seed=1)
        yield Kind(f"handwriting, {name}", "handwriting_sheets", request, "ink")
    yield Kind("handwriting to a file", "sample_handwriting", request)
    yield Kind("gallery", "handwriting_styles", {"names": ["none"] * 40, "text": SENTENCE})
    output = str(folder / "my.hand")
    fit = FitHand(inks=(str(INK),), output=output, steps=1000, force=True)
    yield Kind("fit of a hand", "fit_hand", fit)
    yield Kind("what data holds", "check", {"source": "starter"})


class Rounds:
    """Asks, cancels and waits; times are in milliseconds."""

    def __init__(self, worker: Worker, kind: Kind, rng: random.Random) -> None:
        self._worker, self._kind, self._rng = worker, kind, rng
        self.first: list[float] = []
        self.free: list[float] = []
        self.span = LONGEST
        self._answer = ""

    def run(self, count: int) -> None:
        """Do some rounds after those that warm up."""
        for number in range(-WARM_UP, count):
            self._round(at_first=number % 2 == 0, counts=number >= 0)

    def _round(self, at_first: bool, counts: bool) -> None:
        began, self._answer = time.perf_counter(), ""
        first: list[float] = []

        def progress(value: Progress) -> None:
            if not first and value.data.get(self._kind.first):
                first.append(time.perf_counter() - began)

        job = self._worker.send(
            self._kind.verb, self._kind.request, progress, self._done, self._failed
        )
        moment = began + self._rng.uniform(0, self.span)
        waits_for_first = at_first and self._kind.first
        wait_until(
            lambda: (
                bool(self._answer)
                or (bool(first) if waits_for_first else time.perf_counter() > moment)
            ),
            60,
            step=1,
        )
        if self._answer:
            self.span = time.perf_counter() - began  # it takes no longer than this
            return
        freed = self._cancelled(job)
        if counts:
            self.free.append(1000 * freed)
            self.first += [1000 * took for took in first]

    def _cancelled(self, job: Job) -> float:
        """Cancel; seconds until something else is answered."""
        began, self._answer = time.perf_counter(), ""
        job.cancel()
        self._worker.send("recipes", {}, lambda _: None, self._done, self._failed)
        wait_until(lambda: bool(self._answer), 60, step=1)
        return time.perf_counter() - began

    def _done(self, _: object) -> None:
        self._answer = "done"

    def _failed(self, why: str) -> None:
        raise SystemExit(f"{self._kind.name}: {why}")


def main() -> None:
    """Print medians and the longest of both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", nargs="*", default=[], help="parts of the names of kinds")
    args = parser.parse_args()
    app, worker, rng = QCoreApplication([]), Worker(), random.Random(1)
    print(f"{args.rounds} rounds, milliseconds: median (at most), load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds(Path(folder)):
            if args.only and not any(part in kind.name for part in args.only):
                continue
            rounds, pid = Rounds(worker, kind, rng), worker.pid
            rounds.run(args.rounds)
            told = [
                f"{name} {median(times):.0f} ({max(times):.0f})"
                for name, times in ((f"first {kind.first}", rounds.first), ("free", rounds.free))
                if times
            ]
            fault = "" if pid in (0, worker.pid) else "; the worker had to be killed"
            print(f"{kind.name}: {', '.join(told)}{fault}", flush=True)
    worker.stop()
    del app


if __name__ == "__main__":
    main()
