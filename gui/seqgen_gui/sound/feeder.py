"""A thread that makes sound a moment before it is heard."""

from __future__ import annotations

import threading
from collections import deque

import numpy as np

from seqgen_gui.sound.instruments import Renderer
from seqgen_gui.sound.score import Playing
from seqgen_gui.sound.voices import RATE, Wave

AHEAD = 0.4  # seconds of sound that wait to be heard
BLOCK = 2048


class Feeder:
    """Makes the sound of a renderer, and closes it; ``pull`` takes it, from any thread."""

    def __init__(self, renderer: Renderer, playing: Playing) -> None:
        self._synth = renderer
        self._playing = playing
        self._blocks: deque[tuple[Wave, float]] = deque()  # samples, the second they begin at
        self._taken = 0  # samples of the first block that were pulled
        self._heard = renderer.position
        self._news = threading.Condition()
        self._stopped = False
        self.underruns = 0
        self._thread = threading.Thread(target=self._work, name="synth", daemon=True)
        self._thread.start()

    @property
    def ready(self) -> bool:
        """Whether there is sound to pull."""
        return bool(self._blocks) or self._synth.ended

    @property
    def ended(self) -> bool:
        """Whether all has been pulled."""
        return self._synth.ended and not self._blocks

    @property
    def heard(self) -> float:
        """The second of the score up to which sound was pulled."""
        return self._heard

    def stop(self) -> None:
        """End the thread."""
        with self._news:
            self._stopped = True
            self._news.notify()

    def _work(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(self._wanted)
                if self._stopped:
                    self._synth.close()
                    return
            begins = self._synth.position
            block = self._synth.block(BLOCK)
            with self._news:
                self._blocks.append((block, begins))

    def _wanted(self) -> bool:
        waiting = len(self._blocks) * BLOCK / RATE
        return self._stopped or (waiting < AHEAD and not self._synth.ended)

    def pull(self, frames: int) -> Wave:
        """The next samples (frames, 2), silence where they are not made yet."""
        out = np.zeros((frames, 2), np.float32)
        done = 0
        with self._news:
            while done < frames and self._blocks:
                block, begins = self._blocks[0]
                part = block[self._taken : self._taken + frames - done]
                out[done : done + len(part)] = part
                done += len(part)
                self._taken += len(part)
                self._heard = self._second(begins, self._taken)
                if self._taken == len(block):
                    self._blocks.popleft()
                    self._taken = 0
            if done < frames and not self._synth.ended:
                self.underruns += 1
            self._news.notify()
        return out

    def _second(self, begins: float, samples: int) -> float:
        second = begins + samples / RATE * self._playing.tempo
        loop = self._playing.loop
        if loop is not None and begins < loop[1] <= second and loop[0] < loop[1]:
            return loop[0] + (second - loop[1]) % (loop[1] - loop[0])
        return second
