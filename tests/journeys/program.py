"""The real program as a process, with folders of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.waiting import until
from tests.places import ROOT

FOLDERS = {
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_RUNTIME_DIR": ".run",
    "XDG_STATE_HOME": ".local/state",
}


class Program:
    """The window's process; ``home`` is its user's folder."""

    def __init__(self, home: Path, display: str) -> None:
        self.home = home
        self._log = home.parent / "program.log"
        for folder in FOLDERS.values():
            (home / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "seqgen_gui.app"],
                cwd=home,
                env=environment(home, display),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @property
    def said(self) -> str:
        """What it wrote to its standard streams, and those before it of the same user."""
        return self._log.read_text(errors="replace")

    def child(self, module: str) -> int:
        """The number of a process that it started with ``-m module``; 0 for none."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue  # it ended just now
            if parent == self.process.pid and module.encode() in words:
                return int(folder.name)
        return 0

    def await_end(self) -> None:
        """Wait until it ends by itself, in good order."""
        until("the end of the program", lambda: self.process.poll() is not None)
        assert self.process.returncode == 0, self.said

    def kill(self) -> None:
        """End it as a crash does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def program(home: Path, display: str) -> Iterator[Program]:
    """Start the program; it does not outlive the block, and must not have told of a bug."""
    started = Program(home, display)
    try:
        yield started
    finally:
        started.process.kill()
        started.process.wait()
    assert "Traceback" not in started.said, started.said


def environment(home: Path, display: str) -> dict[str, str]:
    """The environment of a user on ``display``, who has no desktop and no message bus."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    folders = {name: str(home / folder) for name, folder in FOLDERS.items()}
    return (
        kept
        | folders
        | {
            "HOME": str(home),
            "DISPLAY": display,
            "LANG": "C.UTF-8",
            "OMP_NUM_THREADS": "1",
            "OMP_WAIT_POLICY": "PASSIVE",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "gui")]),
            "QT_QPA_PLATFORM": "xcb",
        }
    )
