"""The sound process, ``python -m seqgen_gui.sound.program``.

It makes sound beside the window, so that neither can make the other stutter. Standard input takes
lines of ``Wish``, standard output gives lines of ``News``; the end of the input ends it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO, NoReturn

import msgspec

from seqgen_gui.live import ports
from seqgen_gui.live.channels import hush
from seqgen_gui.live.port_deck import PortDeck
from seqgen_gui.live.recorder import Recorder
from seqgen_gui.sound.deck import Deck
from seqgen_gui.sound.device import AT_ONCE, SoundError, open_output
from seqgen_gui.sound.equipment import equipment
from seqgen_gui.sound.instruments import Instruments
from seqgen_gui.sound.score import News, Playing, Score, Wish
from seqgen_gui.sound.wav import write_wav

TICK = 0.015  # seconds between two looks at the position
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # that end it as the end of the lines does
STEP = 0.01  # of a WAV file between two lines


class Program:
    """Does what the lines wish."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._instruments = Instruments(lambda why: self._tell(News(warned=why)))
        self._speaker = Deck(open_output, self._instruments.renderer, self._tell)
        self._port = PortDeck(ports.open_output, self._tell)
        self._deck: Deck | PortDeck = self._speaker
        self._recorder = Recorder(
            ports.open_input,
            partial(open_output, latency=AT_ONCE),
            self._tell,
            self._instruments.keys,
        )
        self._score, self._how = Score(), Playing()
        self._wishes: SimpleQueue[Wish | None] = SimpleQueue()
        self._closed = False

    def read(self, lines: BinaryIO) -> None:
        """Take lines until they end; one that is no wish ends the program, not only its ears."""
        try:
            for line in lines:
                self._wishes.put(msgspec.json.decode(line, type=Wish))
        finally:
            self.stop()

    def stop(self) -> None:
        """End ``run``; may be called by a signal."""
        self._closed = True
        self._wishes.put(None)

    def run(self) -> None:
        """Do what is wished, until the end of the lines."""
        while True:
            busy = self._deck.is_playing or self._recorder.is_on
            try:
                wish = self._wishes.get(timeout=TICK if busy else None)
            except Empty:
                self._deck.look()
                self._recorder.look()
                continue
            if wish is None:
                return
            self._do(wish)

    def close(self) -> None:
        """Silence everything, without a word."""
        self._recorder.close()
        self._port.close()
        self._speaker.close()

    def _do(self, wish: Wish) -> None:
        if wish.score is not None:
            self._score = wish.score
            self._speaker.load(wish.score)
            self._port.load(wish.score)
        if wish.how is not None:
            self._how = wish.how
            self._speaker.set_how(wish.how)
            self._port.set_how(wish.how)
        if wish.font is not None and self._instruments.choose(wish.font):
            self._speaker.renew()
        if wish.seek is not None:
            self._deck.seek(wish.seek)
        if wish.play is not None:
            self._play(wish.play, wish)
        if wish.pause:
            self._deck.pause()
        if wish.hush:
            self._hush(wish.hush)
        if wish.record is not None:
            self._recorder.start(wish.record)
        if wish.halt:
            self._recorder.stop()
        if wish.wav is not None:
            self._write(wish.wav)
        if wish.look:
            self._tell(News(equipment=equipment()))

    def _play(self, second: float, wish: Wish) -> None:
        deck = self._port if wish.port else self._speaker
        if deck is not self._deck:
            self._deck.close()
            self._deck = deck
        deck.play(second, wish.port or wish.device)

    def _hush(self, name: str) -> None:
        """End what another process began at a port and could not end."""
        with suppress(SoundError), closing(ports.open_output(name)) as port:
            for message in hush(self._score.instruments, self._score.notes):
                port.send(message)

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


def main() -> NoReturn:
    """Serve standard input and output."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no news
    program = Program(out)
    threading.Thread(target=program.read, args=(sys.stdin.buffer,), daemon=True).start()
    for name in SIGNALS:
        if hasattr(signal, name):  # Windows has not all
            signal.signal(getattr(signal, name), lambda *_: program.stop())
    try:
        program.run()
    except BrokenPipeError:  # the window has gone
        pass
    finally:
        program.close()
    os._exit(0)  # the thread that reads may wait for ever


if __name__ == "__main__":
    main()
