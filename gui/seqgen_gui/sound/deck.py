"""The deck: plays a score through the sound device. It runs in the sound process."""

from __future__ import annotations

import threading
from collections.abc import Callable

from seqgen_gui.sound.device import Output, Pull, SoundError
from seqgen_gui.sound.feeder import Feeder
from seqgen_gui.sound.instruments import Renderers
from seqgen_gui.sound.score import News, Playing, Score
from seqgen_gui.sound.voices import Wave


class Deck:
    """Tells ``News`` by ``tell``; ``look`` is to be called often while it plays."""

    def __init__(
        self,
        opener: Callable[[Pull, str], Output],
        renderer: Renderers,
        tell: Callable[[News], None],
    ) -> None:
        self._open, self._renderer, self._tell = opener, renderer, tell
        self._output: Output | None = None
        self._feeder: Feeder | None = None
        self._coming: Feeder | None = None  # takes over as soon as it has sound
        self._swap = threading.Lock()
        self._begun = 0.0
        self._score = Score()
        self._how = Playing()
        self._position = 0.0

    @property
    def is_playing(self) -> bool:
        """Whether sound is on."""
        return self._output is not None

    @property
    def position(self) -> float:
        """The second that is heard, or was last."""
        return self._position

    def load(self, score: Score) -> None:
        """Play another score, from the same place on, without a stop."""
        self._score = score
        self.renew()

    def set_how(self, how: Playing) -> None:
        """Play in another way, without a stop."""
        if how != self._how:
            self._how = how
            self.renew()

    def seek(self, second: float) -> None:
        """Go on from a second."""
        self._position = second
        self.renew()

    def play(self, second: float, device: str = "") -> None:
        """Play from a second on."""
        if self.is_playing:
            self.seek(second)
            return
        self._position = second
        self._feeder = self._new_feeder()
        try:
            self._output = self._open(self._pull, device)
        except SoundError as error:
            self.close()
            self._tell(News(failed=f"cannot play: {error}"))
            return
        self._tell(News(playing=True))

    def pause(self) -> None:
        """Stop where it is."""
        if self.is_playing:
            self.close()
            self._tell(News(playing=False, at=self._position))

    def look(self) -> None:
        """Tell where it is; at the end, go back to the beginning and stop."""
        feeder, output = self._feeder, self._output
        if feeder is None or output is None or self._coming is not None:
            return
        loop = self._how.loop
        late = output.latency * self._how.tempo
        floor = loop[0] if loop and loop[0] <= self._begun else self._begun
        heard = max(feeder.heard - late, floor)
        if feeder.ended:
            self._position = 0.0
            self.pause()
        elif heard != self._position:
            self._position = heard
            self._tell(News(at=heard))

    def close(self) -> None:
        """Stop, without a word."""
        if self._output is not None:
            self._output.close()
            self._output = None
        for feeder in (self._feeder, self._coming):
            if feeder is not None:
                feeder.stop()
        self._feeder = self._coming = None

    def renew(self) -> None:
        """Make the sound anew from where it is, without a stop."""
        if not self.is_playing:
            return
        coming = self._new_feeder()
        with self._swap:
            old, self._coming = self._coming, coming
        if old is not None:
            old.stop()

    def _new_feeder(self) -> Feeder:
        self._begun = self._position
        return Feeder(self._renderer(self._score, self._how, self._position), self._how)

    def _pull(self, frames: int) -> Wave:
        with self._swap:
            feeder = self._feeder
            assert feeder is not None
            if self._coming is not None and self._coming.ready:
                feeder.stop()
                self._feeder = feeder = self._coming
                self._coming = None
        return feeder.pull(frames)
