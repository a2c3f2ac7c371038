"""The sheets of MIDI files, asked of the worker once and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from seqgen.reports import MusicSheet
from seqgen_gui.link.requests import Requests
from seqgen_gui.music.sheet import Sheet, sheet_from

MOST = 24  # sheets that are kept


class Sheets(QObject):
    """Emits ``loaded`` with a path once its sheet is there, ``failed`` with why it is not."""

    loaded = Signal(str)
    failed = Signal(str, str)

    def __init__(self, requests: Requests, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests = requests
        self._sheets: OrderedDict[str, Sheet] = OrderedDict()
        self._waiting: dict[str, list[Callable[[Sheet], None]]] = {}

    def at_hand(self, path: str) -> Sheet | None:
        """The sheet of ``path`` if it is there; else it is asked for, and ``loaded`` tells."""
        sheet = self._sheets.get(path)
        if sheet is None:
            self.ask(path, lambda _: None)
        else:
            self._sheets.move_to_end(path)
        return sheet

    def forget(self, path: str) -> None:
        """Read the file anew at the next look."""
        self._sheets.pop(path, None)

    def ask(self, path: str, then: Callable[[Sheet], None]) -> None:
        """Call ``then`` with the sheet of ``path``, at once where it is there."""
        sheet = self._sheets.get(path)
        if sheet is not None:
            then(sheet)
        elif path in self._waiting:
            self._waiting[path].append(then)
        else:
            self._waiting[path] = [then]
            self._requests.send(
                "music_sheet",
                {"path": path},
                lambda progress: None,
                lambda result: self._arrived(path, result),
                lambda message: self._refused(path, message),
            )

    def keep(self, path: str, sheet: Sheet) -> None:
        """Take note of the sheet of a file."""
        self._sheets[path] = sheet
        while len(self._sheets) > MOST:
            self._sheets.popitem(last=False)

    def _arrived(self, path: str, result: object) -> None:
        sheet = sheet_from(msgspec.convert(result, MusicSheet))
        self.keep(path, sheet)
        for then in self._waiting.pop(path):
            then(sheet)
        self.loaded.emit(path)

    def _refused(self, path: str, message: str) -> None:
        del self._waiting[path]
        self.failed.emit(path, message)
