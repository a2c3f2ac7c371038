"""Having letters written: one request at a time to the worker, its ink as it comes."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from seqgen.config import SampleHandwriting
from seqgen.ink_sheets import HandwritingSheets
from seqgen_gui.link.requests import Handle, Requests


class Writer(QObject):
    """Emits ``progressed`` with each Progress, then ``finished`` or ``failed``."""

    progressed = Signal(object)
    finished = Signal(object, object)  # the request, its HandwritingSheets
    failed = Signal(object, str)  # the request, why
    running_changed = Signal(bool)

    def __init__(self, requests: Requests, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests = requests
        self._handle: Handle | None = None
        self.request: SampleHandwriting | None = None

    @property
    def running(self) -> bool:
        """Whether a letter is being written."""
        return self._handle is not None

    def start(self, request: SampleHandwriting) -> None:
        """Write; what is being written is given up."""
        was = self.running
        if self._handle is not None:
            self._handle.cancel()
        self.request = request
        self._handle = self._requests.send(
            "handwriting_sheets", request, self.progressed.emit, self._result, self._error
        )
        if not was:
            self.running_changed.emit(True)

    def cancel(self) -> None:
        """Stop; the letter is lost."""
        if self._handle is not None:
            self._handle.cancel()
            self._end()

    def _end(self) -> None:
        self._handle = None
        self.running_changed.emit(False)

    def _result(self, result: Any) -> None:
        request = self.request
        self._end()
        self.finished.emit(request, msgspec.convert(result, HandwritingSheets))

    def _error(self, message: str) -> None:
        request = self.request
        self._end()
        self.failed.emit(request, message)
