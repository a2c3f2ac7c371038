"""Cold `seqgen sample` against `python -c "import torch"`, in alternating pairs.

    python -m benchmarks.cold_start [--model M] [--primer P.mid | --text TEXT] [--pairs N]

With a text it is handwriting that is sampled, by a model that must be named, else music.

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
    parser.add_argument("--text", help="what is written, with --model")
    parser.add_argument("--pairs", type=int, default=7)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample = [sys.executable, "-m", "seqgen", "sample", *_task(args, folder)]
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


def _task(args: argparse.Namespace, folder: Path) -> list[str]:
    """What is sampled, and into which file."""
    if args.text:
        if not args.model:
            raise SystemExit("--text needs --model")
        out = ["-o", str(folder / "out.svg"), "--model", args.model]
        return ["handwriting", args.text, *out]
    model = args.model or str(tiny_bundle("events", folder / "tiny.safetensors"))
    out = ["-o", str(folder / "out.mid"), "--model", model, "--bars", "8"]
    return ["music", str(args.primer), *out]


if __name__ == "__main__":
    main()
