"""Fitting a style to one's own lines in the background, and showing what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import platformdirs
from PySide6.QtCore import QObject, Signal

from seqgen.config import FitHand, HandResult
from seqgen.errors import OutputError, SeqgenError, reason
from seqgen.files import write_file
from seqgen.ink_sheets import HandwritingStyles, OwnLines
from seqgen_gui.handwriting.own_ink import OwnLine, inkml_bytes
from seqgen_gui.link.requests import Handle, Requests

NO_HAND = "none"
DRAFT = "my lines.inkml"


def hands_folder() -> Path:
    """Where styles of the user's own are kept; it need not exist."""
    return platformdirs.user_data_path("seqgen", appauthor=False) / "hands"


class Fitting(QObject):
    """Emits ``fitted`` with a HandResult, ``compared`` with samples before and after."""

    progressed = Signal(object)
    fitted = Signal(object)
    compared = Signal(list)
    loaded = Signal(object)  # OwnLines
    failed = Signal(str)
    running_changed = Signal(bool)

    def __init__(
        self,
        requests: Requests,
        model: str | None,
        folder: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._requests, self._model = requests, model
        self.folder = folder or hands_folder()
        self._handle: Handle | None = None

    @property
    def running(self) -> bool:
        """Whether a style is being fitted."""
        return self._handle is not None

    def path_of(self, name: str) -> Path:
        """Where a style called ``name`` is kept."""
        return self.folder / f"{name}.hand"

    def fit(self, lines: list[OwnLine], name: str) -> None:
        """Fit a style called ``name`` to the lines that have ink."""
        if not self.keep(lines):
            return
        request = FitHand(
            inks=(str(self.folder / DRAFT),),
            output=str(self.path_of(name)),
            model=self._model,
            name=name,
            force=True,
        )
        self._handle = self._requests.send(
            "fit_hand", request, self.progressed.emit, self._done, self._error
        )
        self.running_changed.emit(True)

    def cancel(self) -> None:
        """Give the fit up."""
        if self._handle is not None:
            self._handle.cancel()
            self._end()

    def compare(self, style: str, text: str) -> None:
        """Have a sentence written without the style and with it."""

        def told(result: Any) -> None:
            self.compared.emit(msgspec.convert(result, HandwritingStyles).samples)

        request = {"model": self._model, "names": [NO_HAND, style], "text": text}
        self._requests.send("handwriting_styles", request, lambda _: None, told, self.failed.emit)

    def load(self, path: Path) -> None:
        """Have the lines of a file told."""

        def told(result: Any) -> None:
            self.loaded.emit(msgspec.convert(result, OwnLines))

        self._requests.send(
            "ink_lines", {"path": str(path)}, lambda _: None, told, self.failed.emit
        )

    def keep(self, lines: list[OwnLine]) -> bool:
        """Keep the lines for the next time; False if they cannot be."""
        try:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise OutputError(f"cannot make {self.folder}: {reason(error)}") from None
            write_file(self.folder / DRAFT, inkml_bytes(lines))
        except SeqgenError as error:
            self.failed.emit(str(error))
            return False
        return True

    def _end(self) -> None:
        self._handle = None
        self.running_changed.emit(False)

    def _done(self, result: Any) -> None:
        self._end()
        self.fitted.emit(msgspec.convert(result, HandResult))

    def _error(self, why: str) -> None:
        self._end()
        self.failed.emit(why)
