"""A process, told from a later one of the same number."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec


class Mark(msgspec.Struct, frozen=True):
    """A process: its number, and its birth, since numbers are used again. No process: 0."""

    pid: int = 0
    birth: str = ""


def mark_of(pid: int) -> Mark:
    """The mark of the process of a number; one without a birth where there is none."""
    return Mark(pid, birth(pid))


def alive(mark: Mark) -> bool:
    """Whether that very process is still there."""
    return mark.pid > 0 and bool(mark.birth) and birth(mark.pid) == mark.birth


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
    command = ["ps", "-o", "stat=", "-o", "lstart=", "-p", str(pid)]  # a title ends an option
    plain = os.environ | {"LC_ALL": "C", "TZ": "UTC"}  # the same answer whoever asks
    asked = subprocess.run(command, capture_output=True, text=True, check=False, env=plain)
    told = asked.stdout
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
