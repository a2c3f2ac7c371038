"""A SoundFont as an instrument: FluidSynth plays a score with it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from seqgen_gui.sound.cursor import Cursor
from seqgen_gui.sound.device import RATE, SoundError
from seqgen_gui.sound.fluid import CHANNELS, Fluid
from seqgen_gui.sound.score import Playing, Score
from seqgen_gui.sound.voices import Wave

TAIL = 1.5  # seconds of the room behind the last voice
LONGEST_TAIL = 8.0  # seconds behind the last note, for voices that do not end
DRUMS, CHANNELS_OF_MIDI = 9, 16
_HEAD = b"RIFF"
GiveBack = Callable[[Fluid], None]


class Font:
    """The SoundFont at ``path``; its synths are used again. ``close`` it.

    Raises SoundError where it is gone or none, or the machine has no FluidSynth; so do ``player``
    and ``keys``, where that has come about since.
    """

    def __init__(self, path: str) -> None:
        _check(path)
        self._synths = _Synths(path)

    def player(self, score: Score, playing: Playing, position: float) -> FontPlayer:
        """A player of ``score`` from a second on; to be closed."""
        synth = self._synths.take()
        return FontPlayer(synth, self._synths.give, Cursor(score, playing, position), score)

    def keys(self) -> FontKeys:
        """Keys to be played; to be closed."""
        return FontKeys(self._synths.take(), self._synths.give)

    def close(self) -> None:
        """Free its synths; what plays goes on, and frees its own when it is closed."""
        self._synths.close()


class _Synths:
    """Synths with the SoundFont at ``path`` that wait to be used, by any thread."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._idle = [Fluid(path)]
        self._is_closed = False
        self._lock = threading.Lock()

    def take(self) -> Fluid:
        with self._lock:
            idle = self._idle.pop() if self._idle else None
        return idle or Fluid(self._path)

    def give(self, synth: Fluid) -> None:
        with self._lock:
            if self._is_closed:
                synth.close()
            else:
                self._idle.append(synth)

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            while self._idle:
                self._idle.pop().close()


class FontKeys:
    """Is ``Keys``: a synth for who plays a keyboard, with the piano and the drums."""

    def __init__(self, fluid: Fluid, give_back: GiveBack) -> None:
        self._fluid, self._give_back = fluid, give_back
        fluid.reset()
        for channel in range(CHANNELS_OF_MIDI):
            fluid.set_up(channel, 0, channel == DRUMS, 0.0)

    def strike(self, channel: int, pitch: int, velocity: int) -> None:
        """Press a key, or let it go with velocity 0."""
        self._fluid.strike(channel, pitch, velocity)

    def render(self, frames: int) -> Wave:
        """The next samples (frames, 2), from -1 to 1."""
        return np.tanh(self._fluid.render(frames))

    def close(self) -> None:
        """Give the synth back."""
        self._give_back(self._fluid)


class FontPlayer:
    """Is a ``Renderer``; gives its synth back when it is closed."""

    def __init__(self, fluid: Fluid, give_back: GiveBack, cursor: Cursor, score: Score) -> None:
        self._fluid, self._give_back, self._cursor = fluid, give_back, cursor
        self._rest = 0.0  # seconds since the last note
        self._quiet = 0.0  # seconds since the last voice
        fluid.reset()
        for track, told in enumerate(score.instruments[:CHANNELS]):
            fluid.set_up(track, told.program, told.is_drums, told.pan)

    @property
    def position(self) -> float:
        """The second reached."""
        return self._cursor.position

    @property
    def ended(self) -> bool:
        """Whether nothing more will be heard."""
        return self._quiet > TAIL or self._rest > LONGEST_TAIL

    def block(self, frames: int) -> Wave:
        """The next samples (frames, 2), from -1 to 1."""
        parts, left = [], frames
        while left:
            for track, pitch, velocity in self._cursor.due():
                self._fluid.strike(track % CHANNELS, pitch, velocity)
            wait = self._cursor.wait
            part = int(min(left, max(np.ceil(wait * RATE), 1)))
            parts.append(self._fluid.render(part))
            self._cursor.advance(part / RATE)
            left -= part
        if np.isinf(wait):
            self._rest += frames / RATE
            self._quiet = 0.0 if self._fluid.voices else self._quiet + frames / RATE
        return np.tanh(np.concatenate(parts))

    def close(self) -> None:
        """Give the synth back."""
        self._give_back(self._fluid)


def _check(path: str) -> None:
    """Raise SoundError unless there is a SoundFont at ``path``."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(12)
    except OSError as error:
        why = "is gone" if isinstance(error, FileNotFoundError) else f"cannot be read: {error}"
        raise SoundError(f"the SoundFont {path} {why}") from None
    if head[:4] != _HEAD or head[8:] != b"sfbk":
        raise SoundError(f"{path} is no SoundFont, allowed: .sf2, .sf3")
