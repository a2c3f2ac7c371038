"""The files of a piece and its takes: in a folder while the window is open, else in a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from PySide6.QtCore import QTemporaryDir

from seqgen.config import SampleMusic
from seqgen.errors import InputFileError, OutputError, reason
from seqgen.files import write_file
from seqgen_gui.music.state import MusicState, TakeRecord


class MusicPart(msgspec.Struct, frozen=True, kw_only=True):
    """The part ``music`` of a project: the state, and the MIDI files that its paths name."""

    state: MusicState = MusicState()
    files: dict[str, bytes] = {}


class Shelf:
    """Keeps files in a folder that goes when the window does, and what they hold in memory."""

    def __init__(self) -> None:
        self._home = QTemporaryDir()
        self._files: dict[str, bytes] = {}
        self._opened = 0
        self.folder = self._new_folder()

    def bring_in(self, path: Path) -> Path:
        """Copy a file to the shelf under its name; InputFileError if it cannot be read."""
        try:
            data = path.read_bytes()
        except (OSError, ValueError) as error:
            raise InputFileError(f"cannot read {path}: {reason(error)}") from None
        return self._put(self._new_folder() / path.name, data)

    def keep(self, path: str) -> None:
        """Remember what a file of the shelf holds; InputFileError if it cannot be read."""
        if path not in self._files:
            try:
                self._files[path] = Path(path).read_bytes()
            except OSError as error:
                raise InputFileError(f"cannot read {path}: {reason(error)}") from None

    def packed(self, state: MusicState) -> MusicPart:
        """The state with its files, their paths made names."""
        names: dict[str, str] = {}
        for path in _paths(state):
            names.setdefault(path, f"{len(names) + 1:03}/{Path(path).name}")
        files = {name: self._files[path] for path, name in names.items()}
        return MusicPart(state=_renamed(state, names), files=files)

    def unpacked(self, part: MusicPart) -> MusicState:
        """The state of a part, its files put into a new folder, which takes are now written to.

        InputFileError where a file that the state names is not in the part.
        """
        lost = next((path for path in _paths(part.state) if path not in part.files), None)
        if lost is not None:
            raise InputFileError(f"the file {lost} is not in the project")
        self.folder = self._new_folder()
        names = {}
        for name, data in part.files.items():
            folder = self._new_folder()
            names[name] = str(self._put(folder / Path(name).name, data))
        return _renamed(part.state, names)

    def _new_folder(self) -> Path:
        self._opened += 1
        folder = Path(self._home.path()) / f"{self._opened:03}"
        try:
            folder.mkdir()
        except OSError as error:
            raise OutputError(f"cannot make the folder {folder}: {reason(error)}") from None
        return folder

    def _put(self, path: Path, data: bytes) -> Path:
        write_file(path, data)
        self._files[str(path)] = data
        return path


def _paths(state: MusicState) -> Iterator[str]:
    """The files of a state; those that takes continue are among them."""
    if state.piece.path is not None:
        yield state.piece.path
    for take in state.takes:
        yield take.path
        if take.request.primer is not None:
            yield take.request.primer


def _renamed(state: MusicState, names: dict[str, str]) -> MusicState:
    def name(path: str | None) -> str | None:
        return path if path is None else names.get(path, path)

    def take(old: TakeRecord) -> TakeRecord:
        request: SampleMusic = msgspec.structs.replace(
            old.request, primer=name(old.request.primer), output=name(old.request.output)
        )
        return msgspec.structs.replace(old, request=request, path=name(old.path))

    return msgspec.structs.replace(
        state,
        piece=msgspec.structs.replace(state.piece, path=name(state.piece.path)),
        takes=tuple(take(old) for old in state.takes),
    )
