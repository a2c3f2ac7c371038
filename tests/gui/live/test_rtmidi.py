"""With python-rtmidi itself, where the system has virtual ports: ALSA, JACK or CoreMIDI."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import mido
import pytest

from seqgen_gui.live.port_deck import PortDeck
from seqgen_gui.live.ports import open_input, open_output, port_names
from seqgen_gui.sound.score import News
from tests.gui.sound.test_deck import wait
from tests.gui.sound.tunes import scale

rtmidi: Any = pytest.importorskip("rtmidi", reason="python-rtmidi is not installed")
APIS = ("LINUX_ALSA", "UNIX_JACK", "MACOSX_CORE")
NAME = "seqgen tests"


@pytest.fixture(params=APIS)
def api(request: pytest.FixtureRequest) -> Iterator[str]:
    known = [name for name in APIS if getattr(rtmidi, f"API_{name}") in rtmidi.get_compiled_api()]
    if request.param not in known:
        pytest.skip(f"this python-rtmidi has no {request.param}")
    before = mido.backend
    mido.set_backend(f"mido.backends.rtmidi/{request.param}")
    try:
        mido.open_input(NAME, virtual=True).close()
    except (OSError, RuntimeError) as error:
        pytest.skip(f"no virtual port can be made: {error}")
    else:
        yield request.param
    finally:
        mido.set_backend(before)


def named(names: list[str]) -> str:
    (found,) = (name for name in names if NAME in name)
    return found


@pytest.mark.usefixtures("api")
def test_a_synth_gets_the_notes_and_all_of_them_end() -> None:
    got: list[tuple[float, bytes]] = []

    def hear(message: Any) -> None:
        got.append((time.monotonic(), bytes(message.bytes())))

    news: list[News] = []
    synth = mido.open_input(NAME, virtual=True, callback=hear)
    deck = PortDeck(open_output, news.append)
    deck.load(scale(8, 0.1))
    deck.play(0.0, named(port_names()[1]))

    def done() -> bool:
        deck.look()
        return not deck.is_playing

    wait(done)
    wait(lambda: len([1 for _, sent in got if sent[0] == 0x80]) == 8)
    synth.close()
    piano = [when for when, sent in got if sent[0] == 0x90]
    assert len(piano) == 8
    assert piano[-1] - piano[0] == pytest.approx(0.7, abs=0.3)
    assert news[0] == News(playing=True)


@pytest.mark.usefixtures("api")
def test_a_keyboard_is_heard() -> None:
    heard: list[bytes] = []
    keyboard = mido.open_output(NAME, virtual=True)
    port = open_input(named(port_names()[0]), heard.append)

    def pressed() -> bool:
        keyboard.send(mido.Message("note_on", note=60, velocity=70))
        return bool(heard)

    wait(pressed)
    assert heard[0] == b"\x90\x3c\x46"
    port.close()
    keyboard.close()
