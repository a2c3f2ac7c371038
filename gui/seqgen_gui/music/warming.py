"""The model hears the piece before anyone asks, so that Generate begins at once."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, QTimer

from seqgen.config import SampleMusic
from seqgen_gui.link.requests import Handle, Requests
from seqgen_gui.music.flow import Flow
from seqgen_gui.music.state import Settings

SOON = 200  # milliseconds that nothing has changed for


class Warming(QObject):
    """Sends ``hear_music`` for what Generate would continue, whenever that has changed.

    What goes wrong is not told: Generate will tell it, if it is ever pressed.
    """

    def __init__(self, requests: Requests, flow: Flow) -> None:
        super().__init__(flow)
        self._requests, self._flow = requests, flow
        self._handle: Handle | None = None
        self._heard: SampleMusic | None = None
        self._later = QTimer(self, singleShot=True, interval=SOON)
        self._later.timeout.connect(self._hear)
        flow.document.changed.connect(lambda before, after: self._later.start())
        flow.generator.running_changed.connect(self._drawing)

    def begin(self) -> None:
        """Hear what there is, soon."""
        self._later.start()

    def _drawing(self, on: bool) -> None:
        """Make way for another drawing than the one that is heard for."""
        request = self._flow.generator.request
        if on and request is not None and _to_be_heard(request) != self._heard:
            self._give_up()
        elif not on:
            self._later.start()

    def _hear(self) -> None:
        wanted = _to_be_heard(self._flow.next_request("unused.mid"))
        if wanted == self._heard or self._flow.generator.running:
            return
        self._give_up()
        self._heard = wanted
        self._handle = self._requests.send(
            "hear_music", wanted, lambda _: None, lambda _: self._done(), lambda _: self._failed()
        )

    def _give_up(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = self._heard = None

    def _done(self) -> None:
        self._handle = None

    def _failed(self) -> None:
        self._handle = self._heard = None


def _to_be_heard(request: SampleMusic) -> SampleMusic:
    """The request with all else as usual; how it draws counts for a density only."""
    plain = msgspec.structs.replace(request, output="unused.mid", seed=None, count=1)
    if request.density != 1:
        return plain
    usual = Settings()
    return msgspec.structs.replace(
        plain,
        bars=usual.bars,
        seconds=None,
        notes=None,
        temperature=None,
        top_k=None,
        top_p=None,
        key=usual.key,
    )
