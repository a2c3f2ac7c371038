"""The metronome: clicks on the beats of 4/4, and the clock that recordings go by."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from statistics import median

import numpy as np

from seqgen_gui.live.keys import Keys
from seqgen_gui.live.recording import BEATS, Recording
from seqgen_gui.sound.device import RATE, Output, Pull, SoundError
from seqgen_gui.sound.drums import drum
from seqgen_gui.sound.voices import Wave

_FIRST, _OTHER = drum(76, 120), drum(77, 80)  # wood blocks, high and low
LOOKS = 25  # of the device, by which it is told when a sample is heard
LEVEL = 0.5


class Metronome:
    """Counts seconds from the first beat of bar 1; those of the count-in are below 0.

    ``keys`` are heard with the clicks. Where a device clicks, a beat is when its click is heard.
    ``silent`` says why nothing is heard, though it should. ``close`` it.
    """

    def __init__(
        self,
        recording: Recording,
        opener: Callable[[Pull, str], Output],
        clock: Callable[[], float] = time.monotonic,
        keys: Keys | None = None,
    ) -> None:
        self._keys = keys
        self.beat = 60 / recording.tempo  # seconds
        self._lead = BEATS * self.beat if recording.count_in else 0.0
        self._clicks = recording.clicks
        self._clock, self._begun = clock, clock()
        self._pulled = 0
        self._looks: deque[float] = deque(maxlen=LOOKS)
        self._output: Output | None = None
        self.silent = ""
        if recording.clicks or recording.count_in or keys is not None:
            try:
                self._output = opener(self._pull, recording.device)
            except SoundError as error:
                self.silent = f"nothing is heard: {error}"

    def seconds(self, when: float | None = None) -> float:
        """Seconds since bar 1 began, now or at a time of the clock."""
        latency = self._output.latency if self._output is not None else 0.0
        begun = median(self._looks) + latency if self._looks else self._begun
        return (self._clock() if when is None else when) - begun - self._lead

    def close(self) -> None:
        """Let the device go."""
        if self._output is not None:
            self._output.close()

    def _pull(self, frames: int) -> Wave:
        """The next samples (frames, 2); each call tells when the first sample was due."""
        self._looks.append(self._clock() - self._pulled / RATE)
        out = np.zeros(frames, np.float32)
        begin, self._pulled = self._pulled, self._pulled + frames
        step = self.beat * RATE
        first = max(int((begin - max(len(_FIRST), len(_OTHER))) // step), 0)
        for number in range(first, int((begin + frames) // step) + 1):
            if self._clicks or number * self.beat < self._lead:
                self._mix(out, round(number * step) - begin, number % BEATS == 0)
        clicks: Wave = np.repeat(out[:, None] * np.float32(LEVEL), 2, axis=1)
        return clicks if self._keys is None else clicks + self._keys.render(frames)

    def _mix(self, out: Wave, place: int, first: bool) -> None:
        wave = (_FIRST if first else _OTHER)[max(-place, 0) :]
        place = max(place, 0)
        part = wave[: max(len(out) - place, 0)]
        out[place : place + len(part)] += part
