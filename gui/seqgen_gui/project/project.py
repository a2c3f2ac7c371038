"""The project that is open: its parts, its file, its undo stack."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from seqgen.errors import InputFileError, OutputError, SeqgenError, reason
from seqgen.files import write_file
from seqgen_gui.project.document import Document, document_bytes, read_document

S = TypeVar("S", bound=msgspec.Struct)
Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class Part(Generic[S]):
    """What a page keeps in the project; ``kind()`` is the part of an empty project.

    ``read`` gives what the page holds now, quickly, as values that will not change: autosave
    encodes them in a thread. ``show`` makes the page hold and show a part.
    """

    name: str
    kind: type[S]
    read: Callable[[], S]
    show: Callable[[S], None]


class ChangedFileError(OutputError):
    """A file that another program has written since it was opened."""


class Project(QObject):
    """Saves and opens what the pages hold; knows whether there is something to save."""

    changed = Signal()
    """The path, or whether there is something to save."""
    edited = Signal()
    """Something in it; ``revision`` has moved."""
    replaced = Signal()
    """Another project was put in its place."""
    trouble = Signal(str)
    """A part of the file could not be read, in a sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo = QUndoStack(self)
        self.undo.indexChanged.connect(self._edit)
        self.undo.cleanChanged.connect(self._clean_changed)
        self.path: Path | None = None
        self._stamp: Stamp | None = None  # of the file as it was read or written last
        self.revision = 0
        self._touched = False
        self._parts: dict[str, Part[Any]] = {}
        self._document = Document()

    @property
    def modified(self) -> bool:
        """Whether there is something to save."""
        return self._touched or not self.undo.isClean()

    @property
    def title(self) -> str:
        """The name of its file without the suffix."""
        return self.path.stem if self.path else "Untitled"

    def register(self, part: Part[Any]) -> None:
        """Add a page's part; what the open project holds of it is shown now."""
        self._parts[part.name] = part
        if part.name in self._document.parts:
            try:
                shown = _converted(self._document, part)
            except InputFileError as error:
                self.trouble.emit(f"{self.title}: {error}")
            else:
                part.show(shown)

    def touch(self) -> None:
        """Take note of a change that is no step to be undone."""
        was = self.modified
        self._touched = True
        self._edit()
        if not was:
            self.changed.emit()

    def snapshot(self) -> Document:
        """Everything in the project as it is now."""
        read = {name: part.read() for name, part in self._parts.items()}
        return Document(parts=self._document.parts | read)

    def save(self, path: Path, over: bool = False) -> None:
        """Write the project to ``path``, which becomes its file; OutputError if that fails.

        A file that is there keeps its permissions; one that is read-only is left alone. Raises
        ChangedFileError for its own file where another program has written it, but with ``over``.
        """
        if (
            path == self.path
            and not over
            and self._stamp
            and _stamp_of(path) not in (None, self._stamp)
        ):
            raise ChangedFileError(f"{path} was changed by another program since it was opened")
        document = self.snapshot()
        write_file(path, document_bytes(document), _mode_of(path))
        self._document = document
        self._settle(path)
        self._stamp = _stamp_of(path)

    def open(self, path: Path) -> None:
        """Open another project; SeqgenError, and nothing changed, if it cannot be shown."""
        stamp = _stamp_of(path)
        self._replace(read_document(path), path, str(path))
        self._stamp = stamp

    def clear(self) -> None:
        """Begin an empty project."""
        self._replace(Document(), None, "")

    def restore(self, document: Document, path: Path | None) -> None:
        """Show a document that was recovered; it is not saved yet."""
        self._replace(document, path, "what was recovered")
        self.touch()

    def _replace(self, document: Document, path: Path | None, name: str) -> None:
        try:
            shown = {part.name: _converted(document, part) for part in self._parts.values()}
        except InputFileError as error:
            raise InputFileError(f"{name}: {error}") from None
        before = {part.name: part.read() for part in self._parts.values()}
        try:
            for part in self._parts.values():
                part.show(shown[part.name])
        except SeqgenError:
            for part in self._parts.values():
                part.show(before[part.name])
            raise
        self._document = document
        self.undo.clear()
        self._settle(path)
        self.replaced.emit()

    def _settle(self, path: Path | None) -> None:
        self.path, self._stamp = path, None
        self._touched = False
        self.undo.setClean()
        self._edit()
        self.changed.emit()

    def _clean_changed(self, clean: bool) -> None:
        self.changed.emit()

    def _edit(self) -> None:
        self.revision += 1
        self.edited.emit()


def _stamp_of(path: Path) -> Stamp | None:
    """What tells a file from one that was written in its place; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _mode_of(path: Path) -> int | None:
    """The permissions of a file, None where there is none; OutputError if it is read-only."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None
    if not mode & stat.S_IWUSR:
        raise OutputError(f"cannot write {path}: it is read-only")
    return mode


def _converted(document: Document, part: Part[S]) -> S:
    if part.name not in document.parts:
        return part.kind()
    plain = msgspec.to_builtins(document.parts[part.name])
    try:
        return msgspec.convert(plain, part.kind)
    except msgspec.ValidationError as error:
        raise InputFileError(f"the part {part.name} is damaged: {reason(error)}") from None
