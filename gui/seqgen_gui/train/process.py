"""A process that outlives the window: started, known again later, interrupted, ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from seqgen.errors import OutputError, reason

NICE = 10  # it gives way to the window, the sound and the worker
_children: dict[int, subprocess.Popen[bytes]] = {}  # to be told when they end


class Mark(msgspec.Struct, frozen=True):
    """A process: its number, and its birth, since numbers are used again. No process: 0."""

    pid: int = 0
    birth: str = ""


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
    return Mark(child.pid, birth(child.pid))


def alive(mark: Mark) -> bool:
    """Whether that very process is still there."""
    child = _children.get(mark.pid)
    if child is not None and child.poll() is not None:
        del _children[mark.pid]
    return mark.pid > 0 and bool(mark.birth) and birth(mark.pid) == mark.birth


def interrupt(mark: Mark) -> None:
    """Ask the process to end, as Ctrl-C does."""
    if alive(mark):
        _signal(mark.pid, signal.SIGINT)


def kill(mark: Mark) -> None:
    """End the process at once."""
    if alive(mark):
        _signal(mark.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


def birth(pid: int) -> str:
    """What tells the process from another of the same number; empty where there is none."""
    if sys.platform == "linux":
        return _linux_birth(pid)
    elif sys.platform == "win32":  # noqa: RET505, for mypy
        return _windows_birth(pid)
    else:
        return _asked_birth(pid)


def _linux_birth(pid: int) -> str:
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
    fields = told.rpartition(")")[2].split()  # the name before may hold anything
    state, ticks = fields[0], fields[19]
    return "" if state in "ZX" else f"{boot} {ticks}"


def _asked_birth(pid: int) -> str:
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    state, _, began = told.strip().partition(" ")
    return "" if not state or state[0] == "Z" else " ".join(began.split())


def _windows_birth(pid: int) -> str:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(0x1000, False, pid)  # to be asked, no more
    if not handle:
        return ""
    times = [ctypes.c_ulonglong() for _ in range(4)]  # begun, ended, in the kernel, outside
    asked = kernel.GetProcessTimes(handle, *map(ctypes.byref, times))
    kernel.CloseHandle(handle)
    return str(times[0].value) if asked and not times[1].value else ""


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
    try:
        os.setpriority(os.PRIO_PROCESS, pid, NICE)
    except ProcessLookupError:
        return  # it failed at once; its last words say why
