"""The synth: a score made sound, block by block."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from seqgen_gui.sound.drums import drum
from seqgen_gui.sound.room import SECONDS, Room
from seqgen_gui.sound.score import LEAST_LOOP, Instrument, Playing, Score
from seqgen_gui.sound.voices import RATE, Wave, note, timbre_of

BLOCK = 4096  # samples at most that are made at a time
VOICES = 96  # notes that sound at a time: beyond, the oldest stop
LEVEL = 0.4


class Synth:
    """Plays ``score`` from a second on; ``position`` is the second reached.

    In a loop it never ends; else ``ended`` is true once the last echo is heard.
    """

    def __init__(self, score: Score, playing: Playing, position: float = 0.0) -> None:
        self._score, self._playing = score, playing
        self.position = position
        self._starts = [note[0] for note in score.notes]
        self._next = bisect_left(self._starts, position)
        self._voices: list[tuple[Wave, int, float, float]] = []  # wave, from where, left, right
        self._room = Room(BLOCK)
        self._quiet = 0.0

    @property
    def ended(self) -> bool:
        """Whether nothing more will be heard."""
        return self._quiet > SECONDS

    def block(self, frames: int) -> Wave:
        """The next samples (frames, 2), from -1 to 1; at most BLOCK."""
        mixed = np.zeros((2, frames), np.float32)
        done = 0
        while done < frames:
            done += self._part(mixed[:, done:])
        if not self._voices and self._next >= len(self._starts) and not self._loops:
            self._quiet += frames / RATE
        return np.ascontiguousarray(np.tanh(self._room.add(mixed) * LEVEL).T, np.float32)

    def close(self) -> None:
        """There is nothing to let go."""

    @property
    def _loops(self) -> bool:
        loop = self._playing.loop
        return loop is not None and loop[1] - loop[0] >= LEAST_LOOP

    def _part(self, out: Wave) -> int:
        """Fill ``out`` (2, samples), up to the end of the loop; returns how many samples."""
        tempo, loop = self._playing.tempo, self._playing.loop
        frames = int(out.shape[1])
        if loop is not None and self._loops and self.position < loop[1]:
            left = int(np.ceil((loop[1] - self.position) / tempo * RATE))
            frames = min(frames, max(left, 1))
        end = self.position + frames / RATE * tempo
        if loop is not None and self._loops and self.position < loop[1]:
            end = min(end, loop[1])
        self._begin(end)
        self._mix(out[:, :frames])
        self.position = end
        if loop is not None and self._loops and end == loop[1]:
            self.position = loop[0]
            self._next = bisect_left(self._starts, loop[0])
        return frames

    def _begin(self, end: float) -> None:
        """Start the notes before second ``end``."""
        tempo = self._playing.tempo
        while self._next < len(self._starts) and self._starts[self._next] < end:
            start, stop, pitch, velocity, track = self._score.notes[self._next]
            self._next += 1
            if track in self._playing.muted:
                continue
            instrument = self._score.instruments[track]
            wave = _wave(instrument, pitch, velocity, (stop - start) / tempo)
            angle = (instrument.pan + 1) * np.pi / 4
            later = -round((start - self.position) / tempo * RATE)  # below 0: samples to wait
            self._voices.append((wave, later, float(np.cos(angle)), float(np.sin(angle))))
        del self._voices[:-VOICES]

    def _mix(self, out: Wave) -> None:
        frames = out.shape[1]
        kept = []
        for wave, begin, left, right in self._voices:
            wait = max(-begin, 0)
            part = wave[max(begin, 0) : begin + frames] if begin + frames > 0 else wave[:0]
            out[0, wait : wait + len(part)] += part * np.float32(left)
            out[1, wait : wait + len(part)] += part * np.float32(right)
            if begin + frames < len(wave):
                kept.append((wave, begin + frames, left, right))
        self._voices = kept


def _wave(instrument: Instrument, pitch: int, velocity: int, seconds: float) -> Wave:
    if instrument.is_drums:
        return drum(pitch, velocity)
    return note(timbre_of(instrument.program), pitch, velocity, seconds)
