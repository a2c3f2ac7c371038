"""The deck of a MIDI port: sends a score to a synth in time. It runs in the sound process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from math import inf

from seqgen_gui.live.channels import Channels
from seqgen_gui.live.ports import MidiOutput
from seqgen_gui.sound.cursor import Cursor, Stroke
from seqgen_gui.sound.device import SoundError
from seqgen_gui.sound.score import News, Playing, Score

LONGEST = 0.015  # seconds between two looks at the clock, for the position's sake


class PortDeck:
    """Does as ``Deck`` does, with a port for a device.

    However it stops, it first ends all notes that it began.
    """

    def __init__(self, opener: Callable[[str], MidiOutput], tell: Callable[[News], None]) -> None:
        self._open, self._tell = opener, tell
        self._news = threading.Condition()
        self._score, self._how = Score(), Playing()
        self._cursor = Cursor(self._score, self._how)
        self._channels = Channels(())
        self._port: MidiOutput | None = None
        self._thread = threading.Thread()
        self._on = False
        self._then = 0.0  # up to when the cursor went, by the monotonic clock
        self._failed = ""

    @property
    def is_playing(self) -> bool:
        """Whether notes are being sent."""
        return self._port is not None

    @property
    def position(self) -> float:
        """The second that is heard, or was last."""
        return self._cursor.position

    def load(self, score: Score) -> None:
        """Play another score, from the same place on, without a stop."""
        with self._news:
            self._catch_up()
            if score.instruments != self._score.instruments:
                self._strike(self._cursor.silence())
                self._channels = Channels(score.instruments)
            self._score = score
            self._cursor.load(score)
            self._news.notify()

    def set_how(self, how: Playing) -> None:
        """Play in another way, without a stop."""
        with self._news:
            self._catch_up()
            self._how = how
            self._strike(self._cursor.change(how))
            self._news.notify()

    def seek(self, second: float) -> None:
        """Go on from a second."""
        with self._news:
            self._strike(self._cursor.silence())
            self._cursor = Cursor(self._score, self._how, second)
            self._then = time.monotonic()
            self._news.notify()

    def play(self, second: float, port: str) -> None:
        """Play from a second on."""
        self.seek(second)
        if self.is_playing:
            return
        try:
            self._port = self._open(port)
        except SoundError as error:
            self._tell(News(failed=f"cannot play: {error}"))
            return
        self._channels = Channels(self._score.instruments)
        self._on, self._failed, self._then = True, "", time.monotonic()
        self._thread = threading.Thread(target=self._work, name="midi", daemon=True)
        self._thread.start()
        self._tell(News(playing=True))

    def pause(self) -> None:
        """Stop where it is."""
        if self.is_playing:
            self.close()
            self._tell(News(playing=False, at=self.position))

    def look(self) -> None:
        """Tell where it is; at the end, go back to the beginning and stop."""
        if not self.is_playing:
            return
        if self._thread.is_alive():
            self._tell(News(at=self.position))
            return
        if not self._failed:
            self.seek(0.0)
        self.pause()
        if self._failed:
            self._tell(News(failed=f"the sound stopped: {self._failed}"))

    def close(self) -> None:
        """End all notes and close the port, without a word."""
        with self._news:
            self._on = False
            self._news.notify()
        if self._port is not None:
            self._thread.join()
            self._port.close()
            self._port = None

    def _work(self) -> None:
        """Send what is due until it ends; what was begun ends in any case."""
        try:
            with self._news:
                self._follow()
        finally:
            with self._news:
                self._cursor.silence()
                self._send(self._channels.silence())

    def _follow(self) -> None:
        while self._on and not self._failed:
            self._strike(self._cursor.due())
            if self._cursor.wait == inf:
                return
            self._news.wait(min(self._cursor.wait, LONGEST))
            self._catch_up()

    def _catch_up(self) -> None:
        if self._on:
            now = time.monotonic()
            self._cursor.advance(now - self._then)
            self._then = now

    def _strike(self, strokes: list[Stroke]) -> None:
        self._send(self._channels.messages(strokes))

    def _send(self, messages: list[bytes]) -> None:
        """Send all; of what cannot be sent the last is told, but the others are tried."""
        port = self._port
        if port is None:
            return
        for message in messages:
            try:
                port.send(message)
            except SoundError as error:
                self._failed = str(error)
