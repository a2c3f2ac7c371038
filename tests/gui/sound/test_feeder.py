from __future__ import annotations

import threading

import numpy as np

from seqgen_gui.sound.feeder import Feeder
from seqgen_gui.sound.score import Playing
from seqgen_gui.sound.voices import Wave
from tests.gui.sound.test_deck import wait


class Hum:
    """A renderer that never ends."""

    ended = False

    def __init__(self) -> None:
        self.position = 2.0
        self.closed_by: str | None = None

    def block(self, frames: int) -> Wave:
        self.position += 0.1
        return np.ones((frames, 2), np.float32)

    def close(self) -> None:
        assert self.closed_by is None
        self.closed_by = threading.current_thread().name


def test_a_feeder_that_is_stopped_lets_its_renderer_go_once_it_makes_no_more() -> None:
    hum = Hum()
    feeder = Feeder(hum, Playing())
    assert feeder.heard == 2.0
    wait(lambda: feeder.ready)
    feeder.stop()
    feeder.stop()
    wait(lambda: hum.closed_by == "synth")
