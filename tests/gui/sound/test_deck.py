from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from seqgen_gui.sound import device
from seqgen_gui.sound.deck import Deck
from seqgen_gui.sound.device import Output, Pull, SoundError
from seqgen_gui.sound.score import News, Playing
from seqgen_gui.sound.synth import Synth
from tests.gui.sound.speaker import Device
from tests.gui.sound.tunes import scale

LONGEST = 20.0  # seconds that a busy machine may take


def wait(until: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + LONGEST
    while not until():
        assert time.monotonic() < end
        time.sleep(0.002)


@pytest.fixture
def speaker() -> Device:
    return Device()


@pytest.fixture
def news() -> list[News]:
    return []


@pytest.fixture
def deck(speaker: Device, news: list[News]) -> Iterator[Deck]:
    deck = Deck(speaker.open, Synth, news.append)
    deck.load(scale())
    yield deck
    deck.pause()


@pytest.fixture
def ready(deck: Deck) -> Callable[[], None]:
    """Wait until the synth has sound for the device."""

    def is_ready() -> bool:
        feeder = deck._coming or deck._feeder
        assert feeder is not None
        return len(feeder._blocks) >= 8 or feeder._synth.ended

    return lambda: wait(is_ready)


def test_play_tells_where_it_is(
    deck: Deck, speaker: Device, ready: Callable[[], None], news: list[News]
) -> None:
    deck.play(0.0, "a device")
    assert (news, speaker.name) == ([News(playing=True)], "a device")
    ready()
    sound = speaker.hear(0.3)
    assert np.abs(sound).max() > 0.01
    deck.look()
    assert news[-1].at == pytest.approx(0.3, abs=0.01)
    deck.look()
    assert len(news) == 2  # nothing was heard since


def test_pause_stops_and_tells_the_place(
    deck: Deck, speaker: Device, ready: Callable[[], None], news: list[News]
) -> None:
    deck.play(0.5)
    ready()
    speaker.hear(0.3)
    deck.look()
    deck.pause()
    assert (deck.is_playing, speaker.pull) == (False, None)
    assert news[-1].playing is False
    assert news[-1].at == pytest.approx(0.8, abs=0.01)
    deck.pause()
    assert len(news) == 3


def test_at_the_end_it_stops_and_goes_back(deck: Deck, speaker: Device, news: list[News]) -> None:
    deck.play(scale().end - 0.01)

    def done() -> bool:
        if speaker.pull is not None:
            speaker.pull(2048)
        deck.look()
        return not deck.is_playing

    wait(done)
    assert news[-1] == News(playing=False, at=0.0)


def test_the_playhead_waits_for_what_the_device_still_holds(
    deck: Deck, speaker: Device, ready: Callable[[], None]
) -> None:
    speaker.latency = 0.1
    deck.play(1.0)
    ready()
    speaker.hear(0.05)
    deck.look()
    assert deck.position == 1.0
    speaker.hear(0.15)
    deck.look()
    assert deck.position == pytest.approx(1.1, abs=0.01)


def test_a_change_of_tempo_goes_on_from_where_it_was(
    deck: Deck, speaker: Device, ready: Callable[[], None]
) -> None:
    deck.play(0.0)
    ready()
    speaker.hear(0.2)
    deck.look()
    deck.set_how(Playing(tempo=2.0))
    ready()
    speaker.hear(0.2)
    deck.look()
    assert deck.position == pytest.approx(0.6, abs=0.02)


def test_muting_takes_effect_while_it_plays(
    deck: Deck, speaker: Device, ready: Callable[[], None]
) -> None:
    deck.play(0.0)
    ready()
    deck.set_how(Playing(muted=frozenset({0, 1, 2})))
    ready()
    assert np.abs(speaker.hear(0.2)).max() < 1e-6


def test_another_score_is_heard_at_once(
    deck: Deck, speaker: Device, ready: Callable[[], None]
) -> None:
    deck.play(0.0)
    ready()
    deck.load(scale(0))
    ready()
    speaker.hear(0.05)
    assert deck._score == scale(0)


def test_seeking_while_it_plays_goes_there(
    deck: Deck, speaker: Device, ready: Callable[[], None]
) -> None:
    deck.play(0.0)
    ready()
    deck.play(1.5)
    ready()
    speaker.hear(0.1)
    deck.look()
    assert deck.position == pytest.approx(1.6, abs=0.01)


def test_a_loop_is_followed_by_the_playhead(
    deck: Deck, speaker: Device, ready: Callable[[], None]
) -> None:
    deck.set_how(Playing(loop=(1.0, 1.2)))
    deck.play(1.0)
    ready()
    speaker.hear(0.3)
    deck.look()
    assert deck.position == pytest.approx(1.1, abs=0.01)


def test_before_a_loop_the_playhead_is_where_the_music_is(
    deck: Deck, speaker: Device, ready: Callable[[], None]
) -> None:
    deck.set_how(Playing(loop=(1.0, 1.5)))
    deck.play(0.2)
    ready()
    speaker.hear(0.3)
    deck.look()
    assert deck.position == pytest.approx(0.5, abs=0.01)


def test_without_a_device_it_tells_why(news: list[News]) -> None:
    def none(pull: Pull, name: str) -> Output:
        raise SoundError("there is no audio device")

    deck = Deck(none, Synth, news.append)
    deck.load(scale())
    deck.play(0.0)
    assert news == [News(failed="cannot play: there is no audio device")]
    assert not deck.is_playing


def test_without_portaudio_the_device_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    class Finder:
        def find_spec(self, name: str, path: object, target: object = None) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    with pytest.raises(SoundError, match="PortAudio library is not installed"):
        device.open_output(lambda frames: np.zeros((frames, 2), np.float32))
