"""The files that were opened or saved last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from seqgen_gui.shell.settings import Settings

MOST = 10
_NAME = "recent"


class Recent(QObject):
    """A list of paths, the newest first, kept in the settings."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def paths(self) -> list[Path]:
        """The files, which may be gone by now."""
        return [Path(text) for text in self._settings.texts(_NAME)]

    def add(self, path: Path) -> None:
        """Put a file first."""
        path = path.absolute()
        others = [other for other in self.paths if other != path]
        self._keep([path, *others][:MOST])

    def remove(self, path: Path) -> None:
        """Forget a file."""
        self._keep([other for other in self.paths if other != path])

    def clear(self) -> None:
        """Forget all of them."""
        self._keep([])

    def _keep(self, paths: list[Path]) -> None:
        self._settings.keep_texts(_NAME, [str(path) for path in paths])
        self.changed.emit()
