"""Is everything there that seqgen needs: versions, folders, models, libraries, devices.

torch and Qt are looked at from outside: importing them here would cost seconds, and a broken
one would take doctor with it.
"""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from seqgen import __version__
from seqgen.api.models import models, user_folder
from seqgen.frontends.data.cache import cache_folder
from seqgen.reports import Check, Health

PACKAGES = ("numpy", "torch", "mido", "msgspec", "safetensors", "PySide6-Essentials")
QT = "import PySide6.QtWidgets"
QT_TIMEOUT = 60  # seconds


def doctor() -> Health:
    """Look at everything and say what is ok, what is only worth a note, and what is bad."""
    checks = [*_system(), *_packages(), *_folders(), *_models(), _qt(), _device()]
    return Health(healthy=all(check.status != "bad" for check in checks), checks=checks)


def _system() -> Iterator[Check]:
    yield _ok("seqgen", f"{__version__} in {Path(__file__).parent.parent}")
    yield _ok("python", f"{platform.python_version()} on {platform.platform()}")
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    limit = os.environ.get("OMP_NUM_THREADS")
    yield _ok("processors", f"{usable} usable" + (f", OMP_NUM_THREADS={limit}" if limit else ""))


def _packages() -> Iterator[Check]:
    for name in PACKAGES:
        try:
            yield _ok(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(name=name, status="bad", detail="not installed")


def _folders() -> Iterator[Check]:
    for name, folder in (("cache", cache_folder()), ("models", user_folder())):
        above = next(path for path in (folder, *folder.parents) if path.exists())
        writable = above.is_dir() and os.access(above, os.W_OK | os.X_OK)
        detail = str(folder) if writable else f"{folder} cannot be written"
        yield Check(name=f"{name} folder", status="ok" if writable else "note", detail=detail)


def _models() -> Iterator[Check]:
    found = models().models
    if not found:
        yield Check(name="models", status="bad", detail="none found")
    for model in found:
        status, detail = ("bad", model.error) if model.error else ("ok", model.path)
        yield Check(name=f"model {model.name}", status=status, detail=detail)


def _qt() -> Check:
    """Import Qt in a process of its own: the libraries of the system it needs may be missing."""
    command = [sys.executable, "-c", QT]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=QT_TIMEOUT)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check(name="desktop app", status="note", detail=f"Qt cannot be tried: {error}")
    if done.returncode == 0:
        return _ok("desktop app", "Qt loads")
    reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return Check(name="desktop app", status="note", detail=f"Qt does not load: {reason}")


def _device() -> Check:
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return _ok("device", "cpu (no NVIDIA driver)")
    return _ok("device", "cpu and cuda (an NVIDIA driver is there)")


def _ok(name: str, detail: str) -> Check:
    return Check(name=name, status="ok", detail=detail)
