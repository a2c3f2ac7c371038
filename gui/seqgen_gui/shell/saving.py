"""Where a file is to be written: asked of the user, the folder remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from seqgen_gui.shell.settings import Settings


def ask_path(
    parent: QWidget,
    settings: Settings,
    place: str,
    title: str,
    name: str,
    suffixes: tuple[str, ...],
    files: Callable[[Path], Sequence[Path]] = lambda path: [path],
) -> Path | None:
    """The file that the user names, None for none; ``name`` is proposed.

    ``place`` is what the folder is remembered under. A name without one of ``suffixes`` gets the
    first; the user is asked before that overwrites a file, as the system asks for others.
    """
    kinds = f"{suffixes[0][1:].upper()} files ({' '.join(f'*{suffix}' for suffix in suffixes)})"
    proposed = str(Path(settings.folder(place)) / name)
    while True:
        text, _ = QFileDialog.getSaveFileName(parent, title, proposed, kinds)
        if not text:
            return None
        path = Path(text)
        settings.keep_folder(place, path)
        if path.suffix.lower() in suffixes:
            return path
        path = path.with_name(path.name + suffixes[0])
        if not path.exists() or _overwrites(parent, path):
            return path
        proposed = str(path)


def _overwrites(parent: QWidget, path: Path) -> bool:
    question = f"{path.name} is there already. Do you want to replace it?"
    return QMessageBox.question(parent, "Export", question) == QMessageBox.StandardButton.Yes
