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
    first. ``files`` are those that will be written; the user is asked before one is overwritten
    that the system's dialog could not know of.
    """
    kinds = f"{suffixes[0][1:].upper()} files ({' '.join(f'*{suffix}' for suffix in suffixes)})"
    proposed = str(Path(settings.folder(place)) / name)
    while True:
        text, _ = QFileDialog.getSaveFileName(parent, title, proposed, kinds)
        if not text:
            return None
        path = Path(text)
        settings.keep_folder(place, path)
        if path.suffix.lower() not in suffixes:
            path = path.with_name(path.name + suffixes[0])
        there = [file for file in files(path) if file != Path(text) and file.exists()]
        if not there or _overwrites(parent, there):
            return path
        proposed = str(path)


def _overwrites(parent: QWidget, files: Sequence[Path]) -> bool:
    name, more = files[0].name, len(files) - 1
    told, them = (f"{name} and {more} more are", "them") if more else (f"{name} is", "it")
    question = f"{told} there already. Do you want to replace {them}?"
    return QMessageBox.question(parent, "Export", question) == QMessageBox.StandardButton.Yes
