"""A process that outlives the window: started, known again later, interrupted, ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from seqgen import marks
from seqgen.errors import OutputError, reason
from seqgen.marks import Mark, mark_of

NICE = 10  # it gives way to the window, the sound and the worker
_children: dict[int, subprocess.Popen[bytes]] = {}  # to be told when they end


def start(command: Sequence[str], folder: Path, out: Path, errors: Path) -> Mark:
    """Start a command in ``folder`` that goes on when the window closes; it gives way to others.

    Its streams are written to files, anew. Raises OutputError if it cannot be started.
    """
    try:
        with out.open("wb") as told, errors.open("wb") as said, _ctrl_c_heard():
            child = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=said,
                start_new_session=True,
            )
    except OSError as error:
        raise OutputError(f"cannot start {command[0]} in {folder}: {reason(error)}") from error
    _children[child.pid] = child
    if hasattr(os, "setpriority"):
        _give_way(child.pid)
    return mark_of(child.pid)


def alive(mark: Mark) -> bool:
    """Whether that very process is still there."""
    child = _children.get(mark.pid)
    if child is not None and child.poll() is not None:
        del _children[mark.pid]
    return marks.alive(mark)


def interrupt(mark: Mark) -> None:
    """Ask the process to end, as Ctrl-C does."""
    if alive(mark):
        _signal(mark.pid, signal.SIGINT)


def kill(mark: Mark) -> None:
    """End the process at once."""
    if alive(mark):
        _signal(mark.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


@contextmanager
def _ctrl_c_heard() -> Iterator[None]:
    """Let a child hear SIGINT, which a window ignores that a shell put in the background."""
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if ignored:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        if ignored:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return  # it ended just now


def _give_way(pid: int) -> None:
    nice = min(os.getpriority(os.PRIO_PROCESS, 0) + NICE, 19)
    try:
        os.setpriority(os.PRIO_PROCESS, pid, nice)
        if sys.platform == "linux":
            # with autogroups each session gets an even share, whatever its processes are worth
            with suppress(OSError):  # the system has none, or does not let us
                Path(f"/proc/{pid}/autogroup").write_text(str(nice))
    except ProcessLookupError:
        return  # it failed at once; its last words say why
