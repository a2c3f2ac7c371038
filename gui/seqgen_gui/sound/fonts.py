"""Which SoundFonts the machine has, in the folders where they are usually put."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = (".sf2", ".sf3")
_FOLDERS = ("soundfonts", "sounds/sf2", "sounds/sf3")
_MAC = ("~/Library/Audio/Sounds/Banks", "/Library/Audio/Sounds/Banks")
_HOMEBREW = "/opt/homebrew/share/fluid-synth/sf2"
_WINDOWS = ("~/Documents/SoundFonts", "~/Music/SoundFonts", "C:/soundfonts")


def found_fonts() -> list[str]:
    """Paths of the SoundFonts in the usual folders; of links to one file, the file."""
    found = {
        path.resolve()
        for folder in _folders()
        if folder.is_dir()
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and path.is_file()
    }
    return sorted(map(str, found), key=lambda path: Path(path).name.casefold())


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield from (Path(name).expanduser() for name in _WINDOWS)
        return
    if sys.platform == "darwin":
        yield from (Path(name).expanduser() for name in (*_MAC, _HOMEBREW))
    own = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for base in (own, *shared.split(":")):
        yield from (Path(base).expanduser() / folder for folder in _FOLDERS)
