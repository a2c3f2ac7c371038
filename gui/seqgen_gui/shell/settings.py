"""What the user prefers, and what the window remembers, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QByteArray, QObject, QSettings, Signal
from PySide6.QtWidgets import QSplitter

THEMES = ("system", "light", "dark")
SCALES = (0, 100, 125, 150, 175, 200)
"""Sizes of the interface in per cent; 0 is the system's own."""


def settings_file() -> Path:
    """The file of the settings; it need not exist."""
    return platformdirs.user_config_path("seqgen", appauthor=False) / "gui.ini"


class Settings(QObject):
    """Typed settings; what is not set, or holds nonsense, has its default."""

    changed = Signal(str)
    """A preference, by the name of its property."""

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        path = str(file or settings_file())
        self._store = QSettings(path, QSettings.Format.IniFormat, self)

    @property
    def theme(self) -> str:
        """One of THEMES."""
        found = self._text("theme")
        return found if found in THEMES else THEMES[0]

    @theme.setter
    def theme(self, name: str) -> None:
        self._set("theme", name)

    @property
    def scale(self) -> int:
        """One of SCALES; taken up at the next start."""
        found = self._text("scale")
        return int(found) if found in map(str, SCALES) else SCALES[0]

    @scale.setter
    def scale(self, per_cent: int) -> None:
        self._set("scale", str(per_cent))

    @property
    def audio_device(self) -> str:
        """The name of the device that plays; empty for the system's own choice."""
        return self._text("audio_device")

    @audio_device.setter
    def audio_device(self, name: str) -> None:
        self._set("audio_device", name)

    @property
    def sound_font(self) -> str:
        """The path of a SoundFont; empty for the built-in sounds."""
        return self._text("sound_font")

    @sound_font.setter
    def sound_font(self, path: str) -> None:
        self._set("sound_font", path)

    def value(self, name: str) -> str:
        """A text that a page keeps under ``name``, "" for none."""
        return self._text(f"page/{name}")

    def keep(self, name: str, value: str) -> None:
        """Keep a text for ``value``."""
        self._store.setValue(f"page/{name}", value)

    def texts(self, name: str) -> list[str]:
        """A list of texts that is kept under ``name``."""
        found = self._store.value(f"list/{name}")
        if isinstance(found, str):  # how an ini file holds a list of one
            found = [found]
        return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []

    def keep_texts(self, name: str, texts: list[str]) -> None:
        """Keep a list for ``texts``."""
        self._store.setValue(f"list/{name}", texts)

    def state(self, name: str) -> QByteArray:
        """The state of a window that is kept under ``name``; empty for none."""
        found = self._store.value(f"state/{name}")
        return found if isinstance(found, QByteArray) else QByteArray()

    def keep_state(self, name: str, state: QByteArray) -> None:
        """Keep a state for ``state``."""
        self._store.setValue(f"state/{name}", state)

    def keep_splitter(self, splitter: QSplitter, name: str) -> None:
        """Give a splitter the sizes it had, and keep them whenever they change."""
        splitter.restoreState(self.state(name))
        splitter.splitterMoved.connect(lambda: self.keep_state(name, splitter.saveState()))

    def folder(self, kind: str) -> str:
        """The folder where files of a kind were last opened or saved, "" for none."""
        return self._text(f"folder/{kind}")

    def keep_folder(self, kind: str, file: Path) -> None:
        """Keep the folder of ``file`` for ``folder``."""
        self._store.setValue(f"folder/{kind}", str(file.parent))

    def sync(self) -> None:
        """Write the file now."""
        self._store.sync()

    def _text(self, name: str) -> str:
        found: Any = self._store.value(name)
        return found if isinstance(found, str) else ""

    def _set(self, name: str, value: str) -> None:
        if value != self._text(name):
            self._store.setValue(name, value)
            self.changed.emit(name)
