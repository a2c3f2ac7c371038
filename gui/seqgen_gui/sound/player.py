"""The player: plays a score through the sound device, and tells where it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from seqgen_gui.sound.device import Output, Pull, SoundError, open_output
from seqgen_gui.sound.score import Playing, Score

if TYPE_CHECKING:
    from seqgen_gui.sound.feeder import Feeder
    from seqgen_gui.sound.voices import Wave

TICK = 16  # milliseconds between two looks at the position
SLOWEST, FASTEST = 0.25, 4.0


class Player(QObject):
    """Emits ``moved`` with the second that is heard, ``playing_changed``, and ``failed`` with why.

    Nothing of numpy or the device is loaded before the first ``play``.
    """

    moved = Signal(float)
    playing_changed = Signal(bool)
    failed = Signal(str)

    def __init__(
        self, parent: QObject | None = None, opener: Callable[[Pull], Output] = open_output
    ) -> None:
        super().__init__(parent)
        self._open = opener
        self._output: Output | None = None
        self._feeder: Feeder | None = None
        self._coming: Feeder | None = None  # takes over as soon as it has sound
        self._swap = threading.Lock()
        self._begun = 0.0
        self._score = Score((), ())
        self._how = Playing()
        self._position = 0.0
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._look)

    @property
    def is_playing(self) -> bool:
        """Whether sound is on."""
        return self._output is not None

    @property
    def position(self) -> float:
        """The second where it plays, or will go on."""
        return self._position

    @property
    def how(self) -> Playing:
        """Tempo, loop and muted tracks."""
        return self._how

    def load(self, score: Score) -> None:
        """Play another score, from the same place on; a playing one goes on without a stop."""
        if score != self._score:
            self._score = score
            self._renew()

    def set_how(
        self,
        tempo: float | None = None,
        muted: frozenset[int] | None = None,
    ) -> None:
        """Change the tempo (a factor) or the tracks that keep silent."""
        how = self._how
        if tempo is not None:
            how = replace(how, tempo=min(max(tempo, SLOWEST), FASTEST))
        if muted is not None:
            how = replace(how, muted=muted)
        self._change(how)

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Play some seconds again and again; None plays on."""
        self._change(replace(self._how, loop=loop))

    def _change(self, how: Playing) -> None:
        if how != self._how:
            self._how = how
            self._renew()

    def seek(self, second: float) -> None:
        """Go to a second, playing or not."""
        self._position = max(second, 0.0)
        self._renew()
        self.moved.emit(self._position)

    def toggle(self) -> None:
        """Play or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from where it stands, from the beginning where that is the end."""
        if self.is_playing:
            return
        if not self._score.notes:
            self.failed.emit("there is nothing to play yet")
            return
        if self._position >= self._score.end:
            self._position = 0.0
        loop = self._how.loop
        if loop is not None and not loop[0] <= self._position < loop[1]:
            self._position = loop[0]
        self._feeder = self._new_feeder()
        try:
            self._output = self._open(self._pull)
        except SoundError as error:
            self._silence()
            self.failed.emit(f"cannot play: {error}")
            return
        self._timer.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop, and stay where it is."""
        was = self.is_playing
        self._silence()
        if was:
            self.playing_changed.emit(False)

    def _silence(self) -> None:
        self._timer.stop()
        if self._output is not None:
            self._output.close()
            self._output = None
        for feeder in (self._feeder, self._coming):
            if feeder is not None:
                feeder.stop()
        self._feeder = self._coming = None

    def _new_feeder(self) -> Feeder:
        from seqgen_gui.sound.feeder import Feeder  # loads numpy

        self._begun = self._position
        return Feeder(self._score, self._how, self._position)

    def _renew(self) -> None:
        if not self.is_playing:
            return
        coming = self._new_feeder()
        with self._swap:
            old, self._coming = self._coming, coming
        if old is not None:
            old.stop()

    def _pull(self, frames: int) -> Wave:
        with self._swap:
            feeder = self._feeder
            assert feeder is not None
            if self._coming is not None and self._coming.ready:
                feeder.stop()
                self._feeder = feeder = self._coming
                self._coming = None
        return feeder.pull(frames)

    def _look(self) -> None:
        feeder, output = self._feeder, self._output
        if feeder is None or output is None or self._coming is not None:
            return
        late = output.latency * self._how.tempo
        loop = self._how.loop
        self._position = max(feeder.heard - late, loop[0] if loop else self._begun)
        if feeder.ended:
            self.pause()
            self._position = 0.0
        self.moved.emit(self._position)
