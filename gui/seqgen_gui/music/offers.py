"""What the worker has to offer: models, what each proposes, tunes to try."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtWidgets import QFileDialog, QWidget

from seqgen.reports import Datasets, ModelReport, Models
from seqgen_gui.link.requests import Requests
from seqgen_gui.music.flow import Flow
from seqgen_gui.music.settings_panel import DEFAULT_MODEL, SettingsPanel


class Offers:
    """Asks the worker and shows what it answers; what went wrong ``flow`` tells."""

    def __init__(self, requests: Requests, flow: Flow, panel: SettingsPanel) -> None:
        self._requests, self._flow, self._panel = requests, flow, panel

    def ask_models(self) -> None:
        """Show which models there are."""

        def show(result: object) -> None:
            found = msgspec.convert(result, Models).models
            self._panel.show_models([one for one in found if one.frontend == "music"])

        self._ask("models", {}, show)

    def ask_proposals(self, model: str) -> None:
        """Show what a model proposes, unless another is chosen by then."""

        def show(result: object) -> None:
            sampling = msgspec.convert(result, ModelReport).card.get("sampling", {})
            if model == (self._flow.state.settings.model or DEFAULT_MODEL):
                self._panel.propose(
                    sampling.get("temperature", 1.0),
                    sampling.get("top_p", 1.0),
                    round(sampling.get("top_k", 0)),
                )

        self._ask("inspect", {"path": model}, show)

    def choose_tune(self, window: QWidget) -> None:
        """Have one of the tunes that come along chosen, and open it."""

        def show(result: object) -> None:
            known = msgspec.convert(result, Datasets).datasets
            folder = next(one.path for one in known if one.frontend == "music" and one.path)
            path, _ = QFileDialog.getOpenFileName(
                window, "Open a tune to try", folder, "MIDI files (*.mid)"
            )
            if path:
                self._flow.open(str(Path(path)))

        self._ask("datasets", {}, show)

    def _ask(self, verb: str, request: object, then: Callable[[Any], None]) -> None:
        self._requests.send(verb, request, lambda _: None, then, self._flow.failed.emit)
