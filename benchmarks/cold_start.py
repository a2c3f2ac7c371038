"""Cold `seqgen sample music` against `python -c "import torch"`, in alternating pairs.

    python -m benchmarks.cold_start [--model M] [--primer P.mid] [--pairs N]

Each is a new process; the files lie in the page cache after a first pair that is not counted.
Ratios are of one pair, so that load on the machine meets both; their median is what counts.
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

from tests.tiny_models import tiny_bundle

PRIMER = Path("datasets/starter/midi/primer-8-bars-in-c-major.mid")


def seconds_of(command: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of a process; SystemExit where it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--model", help="name or file; else a tiny random model")
    parser.add_argument("--primer", type=Path, default=PRIMER)
    parser.add_argument("--pairs", type=int, default=7)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = args.model or str(tiny_bundle("events", folder / "tiny.safetensors"))
        sample = [sys.executable, "-m", "seqgen", "sample", "music", str(args.primer)]
        sample += ["-o", str(folder / "out.mid"), "--bars", "8", "--model", model]
        sample += ["--seed", "1", "--force", "--quiet"]
        torch = [sys.executable, "-c", "import torch"]
        pairs = [(seconds_of(sample), seconds_of(torch)) for _ in range(args.pairs + 1)][1:]
    print(f"model {args.model or 'tiny'}, {args.pairs} pairs, load {os.getloadavg()[0]:.1f}")
    for at, kind in enumerate(("wall", "cpu")):
        ours, theirs = (median(pair[who][at] for pair in pairs) for who in (0, 1))
        ratios = sorted(pair[0][at] / pair[1][at] for pair in pairs)
        print(
            f"{kind}: sample {ours:.2f} s, import torch {theirs:.2f} s, ratio "
            f"{median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )


if __name__ == "__main__":
    main()
