"""The player: the window's end of the sound process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from seqgen_gui.link.process import LineProcess
from seqgen_gui.sound.score import News, Playing, Score, Wish

COMMAND = (sys.executable, "-P", "-m", "seqgen_gui.sound.program")
SLOWEST, FASTEST = 0.25, 4.0


class Player(QObject):
    """Emits ``moved`` with the second that is heard, ``playing_changed``, and ``failed`` with why.

    ``warned`` tells what sounds otherwise than it should. The process is started when it is first
    needed; ``device`` gives the name of the device that plays, empty for the system's own, and
    ``font`` the path of a SoundFont, empty for the built-in sounds. With a ``port`` a synth
    there plays instead; whatever happens to the process, its notes are ended.
    """

    moved = Signal(float)
    playing_changed = Signal(bool)
    failed = Signal(str)
    warned = Signal(str)

    def __init__(
        self,
        parent: QObject | None = None,
        command: Sequence[str] = COMMAND,
        device: Callable[[], str] = str,
        font: Callable[[], str] = str,
        port: Callable[[], str] = str,
    ) -> None:
        super().__init__(parent)
        self._device, self._font, self._port = device, font, port
        self._sounding_port = ""  # where notes of this process may sound
        self._process = LineProcess(command, self)
        self._process.heard.connect(self._hear)
        self._process.ended.connect(self._ended)
        self._score, self._sent = Score(), False
        self._closing = False
        self.how = Playing()
        self.position = 0.0
        self.is_playing = False

    def warm(self) -> None:
        """Start the process, so that the first Play need not wait for it."""
        if not self._process.running:
            self._sent = False
            self._process.start()

    def close(self) -> None:
        """End the process."""
        self._closing = True
        if self._process.running:
            self._process.end()

    def load(self, score: Score) -> None:
        """Play another score, from the same place on; a playing one goes on without a stop."""
        self._score, self._sent = score, False
        if self.is_playing:
            self._send_score()

    def set_how(self, tempo: float | None = None, muted: frozenset[int] | None = None) -> None:
        """Change the tempo (a factor) or the tracks that keep silent."""
        how = self.how
        if tempo is not None:
            how = msgspec.structs.replace(how, tempo=min(max(tempo, SLOWEST), FASTEST))
        if muted is not None:
            how = msgspec.structs.replace(how, muted=muted)
        self._become(how)

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Play some seconds again and again; None plays on."""
        self._become(msgspec.structs.replace(self.how, loop=loop))

    def choose_font(self) -> None:
        """Play on with the SoundFont that is chosen now."""
        if self.is_playing:
            self._process.say(Wish(font=self._font()))

    def seek(self, second: float) -> None:
        """Go to a second, playing or not."""
        self.position = max(second, 0.0)
        if self.is_playing:
            self._process.say(Wish(seek=self.position))
        self.moved.emit(self.position)

    def toggle(self) -> None:
        """Play or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from where it stands; from the loop's beginning where that is outside of it."""
        if self.is_playing:
            return
        loop = self.how.loop
        if loop is not None and not loop[0] <= self.position < loop[1]:
            self.play_at(loop[0])
        else:
            self.play_at(self.position)

    def play_at(self, second: float) -> None:
        """Play from a second on, in a loop or not; from the beginning where that is the end."""
        if not self._score.notes:
            self.failed.emit("there is nothing to play yet")
            return
        self.seek(second if second < self._score.end else 0.0)
        if self.is_playing:
            return
        self.warm()
        self._send_score()
        self._sounding_port = self._port() or self._sounding_port
        wish = Wish(
            how=self.how,
            font=None if self._port() else self._font(),
            play=self.position,
            device=self._device(),
            port=self._port(),
        )
        self._process.say(wish)

    def pause(self) -> None:
        """Stop, and stay where it is."""
        if self.is_playing:
            self._process.say(Wish(pause=True))
            self._set_playing(False)

    def _send_score(self) -> None:
        if not self._sent:
            self._sent = True
            self._process.say(Wish(score=self._score))

    def _become(self, how: Playing) -> None:
        if how != self.how:
            self.how = how
            if self.is_playing:
                self._process.say(Wish(how=how))

    def _set_playing(self, on: bool) -> None:
        if on != self.is_playing:
            self.is_playing = on
            self.playing_changed.emit(on)

    def _hear(self, line: dict[str, Any]) -> None:
        news = msgspec.convert(line, News)
        if news.playing is not None:
            self._set_playing(news.playing)
        if news.at is not None:
            self.position = news.at
            self.moved.emit(news.at)
        if news.warned is not None:
            self.warned.emit(news.warned)
        if news.failed is not None:
            self.failed.emit(news.failed)

    def _ended(self, reason: str) -> None:
        self._set_playing(False)
        if self._closing:
            return
        port, self._sounding_port = self._sounding_port, ""
        if port:
            self.warm()
            self._send_score()
            self._process.say(Wish(hush=port))
        self.failed.emit(f"the sound stopped: {reason}")
