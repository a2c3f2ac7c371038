"""seqgen in the menu of a desktop: a .desktop file, AppStream metainfo and an icon."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from string import Template

from seqgen.errors import OutputError, reason
from seqgen.files import write_file

APP_ID = "org.seqgen.seqgen"
ICON = Path(__file__).parent / "icons" / "seqgen.svg"
_RESERVED = set(" \t\n\"'\\><~|&;$*?#()`")
_DESKTOP = Template("""[Desktop Entry]
Type=Application
Name=seqgen
GenericName=Music and handwriting with an LSTM
Comment=Continue MIDI files, write text by hand, train on your own files
Exec=$command %f
Icon=$id
Terminal=false
Categories=AudioVideo;Audio;Midi;Music;
Keywords=midi;music;handwriting;plotter;lstm;
MimeType=audio/midi;audio/x-midi;
StartupWMClass=$id
""")
_METAINFO = Template("""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>$id</id>
  <name>seqgen</name>
  <summary>Continue music and write by hand</summary>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>MIT</project_license>
  <description>
    <p>seqgen continues a MIDI file note by note and writes text by hand stroke by stroke, with
    a neural network that runs on an ordinary computer.</p>
    <p>Hear and choose among takes, lay a letter out in millimetres for a pen plotter, and train
    models on files of your own.</p>
  </description>
  <launchable type="desktop-id">$id.desktop</launchable>
  <developer id="org.seqgen"><name>seqgen contributors</name></developer>
  <content_rating type="oars-1.1"/>
  <provides><binary>seqgen-gui</binary><mediatype>audio/midi</mediatype></provides>
</component>
""")


def install(data_home: Path | None = None, command: list[str] | None = None) -> list[Path]:
    """Write the three files below the user's data folder; returns their paths.

    Files of an earlier installation are replaced. Raises OutputError.
    """
    home = data_home or _data_home()
    values = {
        "id": APP_ID,
        "command": " ".join(quoted(word) for word in command or start_command()),
    }
    files = {
        home / "applications" / f"{APP_ID}.desktop": _DESKTOP.substitute(values).encode(),
        home / "metainfo" / f"{APP_ID}.metainfo.xml": _METAINFO.substitute(values).encode(),
        home / "icons/hicolor/scalable/apps" / f"{APP_ID}.svg": ICON.read_bytes(),
    }
    for path, data in files.items():
        _make_folder(path.parent)
        write_file(path, data)
    return list(files)


def start_command() -> list[str]:
    """The command that starts this very installation."""
    script = Path(sys.executable).parent / "seqgen-gui"
    return [str(script)] if script.exists() else [sys.executable, "-P", "-m", "seqgen_gui.app"]


def quoted(word: str) -> str:
    """A word of a line ``Exec``, after the Desktop Entry Specification 1.5, section 7."""
    if _RESERVED & set(word):
        for letter in '\\"`$':
            word = word.replace(letter, f"\\{letter}")
        word = f'"{word}"'
    return word.replace("\\", "\\\\").replace("%", "%%")


def _data_home() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {folder}: {reason(error)}") from error
