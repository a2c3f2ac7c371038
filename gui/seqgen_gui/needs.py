"""What a window needs of the machine, looked at before Qt would end the process."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

LIBRARIES = (
    "libgl1 libegl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)
_HINT = f"on Debian or Ubuntu: apt install {LIBRARIES}"


def missing() -> str:
    """One line that says what is missing, "" if nothing is."""
    try:
        import PySide6
        from PySide6 import QtSvg, QtWidgets  # noqa: F401
    except ModuleNotFoundError:
        return "the desktop app needs PySide6: pip install PySide6-Essentials"
    except ImportError as error:
        return f"Qt does not load: {error} ({_HINT})"
    if sys.platform != "linux":
        return ""
    plugins = Path(PySide6.__path__[0]) / "Qt" / "plugins" / "platforms"
    return missing_on_linux(os.environ, plugins / "libqxcb.so")


def missing_on_linux(environment: Mapping[str, str], xcb: Path) -> str:
    """See ``missing``; ``xcb`` is the plugin of Qt that draws on X."""
    if environment.get("QT_QPA_PLATFORM") or environment.get("WAYLAND_DISPLAY"):
        return ""
    if not environment.get("DISPLAY"):
        return "there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set"
    try:
        if xcb.exists():
            ctypes.CDLL(str(xcb))
    except OSError as error:
        return f"Qt cannot draw on this display: {error} ({_HINT})"
    return ""
