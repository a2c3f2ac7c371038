"""From a request to the first note that a window hears of, and from a cancel to a free worker.

    python -m benchmarks.worker_latency [--model pop] [--primer P.mid] [--rounds N]

One worker process, asked through the window's own link; the first rounds, which load the model,
are not counted. A round draws a long take, cancels it at its first note, and at once asks for
something quick: its answer is when the worker is free again.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from statistics import median

from PySide6.QtCore import QCoreApplication, QTimer

from seqgen.config import Progress, SampleMusic
from seqgen_gui.link.worker import Job, Worker

PRIMER = Path("datasets/starter/midi/primer-8-bars-in-c-major.mid")
WARM_UP = 2


class Rounds:
    """Does one round after the other and quits."""

    def __init__(self, worker: Worker, request: SampleMusic, count: int) -> None:
        self.first: list[float] = []
        self.free: list[float] = []
        self._worker, self._request, self._left = worker, request, count
        self._began = 0.0
        self._job: Job | None = None

    def start(self) -> None:
        """Ask for a take."""
        self._began = time.perf_counter()
        self._job = self._worker.send(
            "sample_music", self._request, self._heard, self._fail, self._fail
        )

    def _heard(self, value: Progress) -> None:
        if not value.data.get("notes") or self._job is None:
            return
        now = time.perf_counter()
        self.first.append(now - self._began)
        self._began = now
        self._job.cancel()
        self._job = None
        self._worker.send("datasets", {}, print, self._freed, self._fail)

    def _freed(self, _: object) -> None:
        self.free.append(time.perf_counter() - self._began)
        self._left -= 1
        if self._left:
            QTimer.singleShot(0, self.start)
        else:
            QCoreApplication.quit()

    def _fail(self, told: object) -> None:
        raise SystemExit(f"the take ended before it could be cancelled: {told}")


def main() -> None:
    """Print medians and the longest of both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--model", default="pop")
    parser.add_argument("--primer", type=Path, default=PRIMER)
    parser.add_argument("--rounds", type=int, default=20)
    args = parser.parse_args()
    app, worker = QCoreApplication([]), Worker()
    with tempfile.TemporaryDirectory() as folder:
        request = SampleMusic(
            primer=str(args.primer),
            output=str(Path(folder) / "out.mid"),
            model=args.model,
            bars=1000,
            seed=1,
        )
        rounds = Rounds(worker, request, args.rounds + WARM_UP)
        rounds.start()
        app.exec()
        worker.stop()
    print(f"model {args.model}, {args.rounds} rounds, load {os.getloadavg()[0]:.1f}")
    for name, times in (("first note", rounds.first), ("free again", rounds.free)):
        times = [1000 * seconds for seconds in times[WARM_UP:]]
        print(f"{name}: {median(times):.0f} ms (at most {max(times):.0f})")


if __name__ == "__main__":
    main()
