"""A worker process to talk to, with use-cases of the test's own where it wants them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tests.places import ROOT

START = """
import sys, time
from types import ModuleType
from seqgen.config import Progress
from seqgen import worker

def put(module, function):
    stand_in = ModuleType(f"seqgen.api.{module}")
    setattr(stand_in, function.__name__, function)
    sys.modules[stand_in.__name__] = stand_in
"""
END = "\nsys.exit(worker.main())\n"


def worker_command(use_cases: str = "") -> list[str]:
    """The command of a worker; ``use_cases`` is code that calls ``put(module, function)``."""
    if use_cases:
        return [sys.executable, "-c", START + use_cases + END]
    return [sys.executable, "-m", "seqgen.worker"]


def worker_environment() -> dict[str, str]:
    """The environment of a worker of this checkout."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "gui")])
    return os.environ | {"PYTHONPATH": path, "PYTHONWARNINGS": "error"}


class Talk:
    """A worker process, its lines in and out."""

    def __init__(self, use_cases: str = "") -> None:
        self.process = subprocess.Popen(
            worker_command(use_cases),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=worker_environment(),
        )

    def say(self, *lines: object) -> None:
        """Send lines: bytes as they are, anything else as JSON."""
        assert self.process.stdin
        for line in lines:
            raw = line if isinstance(line, bytes) else json.dumps(line).encode()
            self.process.stdin.write(raw + b"\n")
        self.process.stdin.flush()

    def ask(self, job: int, do: str, **request: Any) -> None:
        """Send a request."""
        self.say({"id": job, "do": do, "request": request})

    def hear(self) -> dict[str, Any]:
        """The next line."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, self.process.stderr and self.process.stderr.read().decode()
        heard: dict[str, Any] = json.loads(line)
        return heard

    def answer(self) -> dict[str, Any]:
        """The next line that is no progress."""
        return next(line for line in self.lines() if "progress" not in line)

    def lines(self) -> Iterator[dict[str, Any]]:
        """The lines to come."""
        while True:
            yield self.hear()

    def end(self) -> tuple[int, bytes]:
        """Close the input; the exit status and what was written to standard error."""
        _, told = self.process.communicate(timeout=60)
        return self.process.returncode, told
