"""The recorder: takes down what a keyboard sends. It runs in the sound process."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import floor
from queue import Empty, SimpleQueue

from seqgen_gui.live.channels import CONTROL, NOTE_OFF, NOTE_ON, PEDAL
from seqgen_gui.live.keys import Keys, OwnKeys
from seqgen_gui.live.metronome import Metronome
from seqgen_gui.live.ports import MidiInput
from seqgen_gui.live.recording import Heard, Key, Pedal, Recording
from seqgen_gui.sound.device import Output, Pull, SoundError
from seqgen_gui.sound.score import News

Listen = Callable[[str, Callable[[bytes], None]], MidiInput]


class Recorder:
    """Tells ``News`` by ``tell``; ``look`` is to be called often while it is on."""

    def __init__(
        self,
        listen: Listen,
        opener: Callable[[Pull, str], Output],
        tell: Callable[[News], None],
        keys: Callable[[], Keys] = OwnKeys,
    ) -> None:
        self._listen, self._opener, self._tell, self._new_keys = listen, opener, tell, keys
        self._keys: Keys | None = None
        self._came: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
        self._port: MidiInput | None = None
        self._metronome: Metronome | None = None
        self._beat: int | None = None

    @property
    def is_on(self) -> bool:
        """Whether it records."""
        return self._port is not None

    def start(self, recording: Recording) -> None:
        """Begin, or tell why not."""
        self.close()
        self._came, self._beat = SimpleQueue(), None
        self._keys = self._new_keys() if recording.sounds else None
        try:
            self._port = self._listen(recording.port, self._hear)
        except SoundError as error:
            self.close()
            self._tell(News(recording=False, failed=f"cannot record: {error}"))
            return
        self._metronome = Metronome(recording, self._opener, keys=self._keys)
        self._tell(News(recording=True, warned=self._metronome.silent or None))

    def stop(self) -> None:
        """End; what came until now is told first."""
        if self.is_on:
            self._beat = None
            self.look()
            self.close()
            self._tell(News(recording=False))

    def look(self) -> None:
        """Tell what came."""
        if self._metronome is None:
            return
        keys: list[Key] = []
        pedals: list[Pedal] = []
        while True:
            try:
                when, message = self._came.get_nowait()
            except Empty:
                break
            self._sort(round(self._metronome.seconds(when), 4), message, keys, pedals)
        now = self._metronome.seconds()
        beat = floor(now / self._metronome.beat)
        if keys or pedals or beat != self._beat:
            self._beat = beat
            heard = Heard(beat=beat, now=now, keys=tuple(keys), pedals=tuple(pedals))
            self._tell(News(heard=heard))

    def close(self) -> None:
        """Let port and device go, without a word."""
        if self._port is not None:
            self._port.close()
        if self._metronome is not None:
            self._metronome.close()
        if self._keys is not None:
            self._keys.close()
        self._keys = None
        self._port = self._metronome = None

    def _hear(self, message: bytes) -> None:
        self._came.put((time.monotonic(), message))
        kind, keys = message[0] & 0xF0, self._keys
        if keys is not None and kind in (NOTE_ON, NOTE_OFF):
            keys.strike(message[0] & 0x0F, message[1], message[2] if kind == NOTE_ON else 0)

    def _sort(self, second: float, message: bytes, keys: list[Key], pedals: list[Pedal]) -> None:
        kind, channel = message[0] & 0xF0, message[0] & 0x0F
        if kind in (NOTE_ON, NOTE_OFF):
            velocity = message[2] if kind == NOTE_ON else 0
            keys.append((second, channel, message[1], velocity))
        elif kind == CONTROL and message[1] == PEDAL:
            pedals.append((second, channel, message[2]))
