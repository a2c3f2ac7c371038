"""A recording from a keyboard becomes the piece."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from seqgen_gui.link.requests import Requests
from seqgen_gui.live.record_dialog import RecordDialog
from seqgen_gui.live.take import LiveTake
from seqgen_gui.music.flow import Flow
from seqgen_gui.shell.settings import Settings


class Recordings(QObject):
    """Asks how to record; has the worker write what was played, and opens that.

    ``failed`` tells why it could not be written, and what tries again: nobody plays it twice.
    """

    failed = Signal(str, object)

    def __init__(
        self, window: QWidget, requests: Requests, settings: Settings, flow: Flow
    ) -> None:
        super().__init__(window)
        self._window, self._requests, self._settings, self._flow = window, requests, settings, flow

    def record(self) -> None:
        """Show the dialog."""
        dialog = RecordDialog(self._settings, self._window)
        dialog.taken.connect(self.keep)
        dialog.open()

    def keep(self, take: LiveTake) -> None:
        """Make a take the piece; undo brings back what was there."""
        path = self._free_name()

        def written(_: Any) -> None:
            self._flow.open(path)

        def lost(why: str) -> None:
            self.failed.emit(why, lambda: self.keep(take))

        self._requests.send("record_music", take.request(path), lambda _: None, written, lost)

    def _free_name(self) -> str:
        names = (self._flow.shelf.folder / f"Recording {number}.mid" for number in count(1))
        return str(next(path for path in names if not Path(path).exists()))
