"""Running a benchmark in a process for each number of threads."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

_NAMES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def is_set(threads: Sequence[int]) -> bool:
    """Whether this process was started for the one number of threads asked for."""
    return len(threads) == 1 and os.environ.get(_NAMES[0]) == str(threads[0])


def run_each(module: str, threads: Sequence[int], options: Sequence[str]) -> None:
    """Run ``python -m module --threads N`` with the options for every N, one after another."""
    for count in threads:
        environment = os.environ | dict.fromkeys(_NAMES, str(count))
        environment |= {"OMP_WAIT_POLICY": "PASSIVE"}
        command = [sys.executable, "-m", module, "--threads", str(count), *options]
        subprocess.run(command, check=True, env=environment)
