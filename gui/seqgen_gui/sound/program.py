"""The sound process, ``python -m seqgen_gui.sound.program``.

It makes sound beside the window, so that neither can make the other stutter. Standard input takes
lines of ``Wish``, standard output gives lines of ``News``; the end of the input ends it.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from queue import Empty, Queue
from typing import BinaryIO

import msgspec

from seqgen_gui.sound.deck import Deck
from seqgen_gui.sound.device import open_output
from seqgen_gui.sound.equipment import equipment
from seqgen_gui.sound.instruments import Instruments
from seqgen_gui.sound.score import News, Playing, Score, Wish
from seqgen_gui.sound.wav import write_wav

TICK = 0.015  # seconds between two looks at the position
STEP = 0.01  # of a WAV file between two lines


class Program:
    """Does what the lines wish."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._instruments = Instruments(lambda why: self._tell(News(warned=why)))
        self._deck = Deck(open_output, self._instruments.renderer, self._tell)
        self._score, self._how = Score(), Playing()
        self._wishes: Queue[Wish | None] = Queue()
        self._closed = False

    def read(self, lines: BinaryIO) -> None:
        """Take lines until they end."""
        for line in lines:
            self._wishes.put(msgspec.json.decode(line, type=Wish))
        self._closed = True
        self._wishes.put(None)

    def run(self) -> None:
        """Do what is wished, until the end of the lines."""
        while True:
            try:
                wish = self._wishes.get(timeout=TICK if self._deck.is_playing else None)
            except Empty:
                self._deck.look()
                continue
            if wish is None:
                self._deck.pause()
                return
            self._do(wish)

    def _do(self, wish: Wish) -> None:
        if wish.score is not None:
            self._score = wish.score
            self._deck.load(wish.score)
        if wish.how is not None:
            self._how = wish.how
            self._deck.set_how(wish.how)
        if wish.font is not None and self._instruments.choose(wish.font):
            self._deck.renew()
        if wish.seek is not None:
            self._deck.seek(wish.seek)
        if wish.play is not None:
            self._deck.play(wish.play, wish.device)
        if wish.pause:
            self._deck.pause()
        if wish.wav is not None:
            self._write(wish.wav)
        if wish.look:
            self._tell(News(equipment=equipment()))

    def _write(self, path: str) -> None:
        told = -STEP

        def goes_on(share: float) -> bool:
            nonlocal told
            if share - told >= STEP:
                told = share
                self._tell(News(share=share))
            return not self._closed

        try:
            done = write_wav(
                Path(path), self._score, self._how, goes_on, self._instruments.renderer
            )
        except OSError as error:
            self._tell(News(failed=f"cannot write {path}: {error.strerror or error}"))
        else:
            self._tell(News(wrote=done))

    def _tell(self, news: News) -> None:
        self._out.write(msgspec.json.encode(news) + b"\n")
        self._out.flush()


def main() -> int:
    """Serve standard input and output."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no news
    program = Program(out)
    threading.Thread(target=program.read, args=(sys.stdin.buffer,), daemon=True).start()
    try:
        program.run()
    except BrokenPipeError:  # the window has gone
        os._exit(0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
