from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from seqgen_gui.sound import device
from seqgen_gui.sound.device import Output, Pull, SoundError
from seqgen_gui.sound.player import Player
from seqgen_gui.sound.score import Score
from tests.gui.sound.speaker import Device
from tests.gui.sound.tunes import scale
from tests.places import ROOT


@pytest.fixture
def speaker() -> Device:
    return Device()


@pytest.fixture
def player(qtbot: QtBot, speaker: Device) -> Iterator[Player]:
    player = Player(opener=speaker.open)
    player.load(scale())
    yield player
    player.pause()


Wait = Callable[[], None]


@pytest.fixture
def ready(player: Player, qtbot: QtBot) -> Wait:
    """Wait until the synth has sound for the device."""

    def wait() -> None:
        feeder = player._coming or player._feeder
        assert feeder is not None
        qtbot.waitUntil(lambda: len(feeder._blocks) >= 8 or feeder._synth.ended)

    return wait


def test_play_tells_where_it_is(
    player: Player, speaker: Device, ready: Wait, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(player.playing_changed) as told:
        player.play()
    assert told.args == [True]
    ready()
    sound = speaker.hear(0.3)
    assert np.abs(sound).max() > 0.01
    with qtbot.waitSignal(player.moved) as told:
        pass
    assert told.args[0] == pytest.approx(0.3, abs=0.01)


def test_pause_keeps_the_place_and_play_goes_on_from_it(
    player: Player, speaker: Device, ready: Wait, qtbot: QtBot
) -> None:
    player.play()
    ready()
    speaker.hear(0.3)
    qtbot.waitUntil(lambda: player.position > 0.29)
    player.toggle()
    assert (player.is_playing, speaker.pull) == (False, None)
    assert player.position == pytest.approx(0.3, abs=0.01)
    player.toggle()
    ready()
    speaker.hear(0.1)
    qtbot.waitUntil(lambda: abs(player.position - 0.4) < 0.01)


def test_at_the_end_it_stops_and_goes_back(player: Player, speaker: Device, qtbot: QtBot) -> None:
    player.seek(scale().end - 0.01)
    player.play()
    feeder = player._feeder
    assert feeder is not None

    def done() -> bool:
        if speaker.pull is not None:
            speaker.pull(2048)
        return not player.is_playing

    qtbot.waitUntil(done)
    assert player.position == 0


def test_a_change_of_tempo_goes_on_from_where_it_was(
    player: Player, speaker: Device, ready: Wait, qtbot: QtBot
) -> None:
    player.play()
    ready()
    speaker.hear(0.2)
    qtbot.waitUntil(lambda: player.position > 0.19)
    player.set_how(tempo=2.0)
    ready()
    speaker.hear(0.2)
    qtbot.waitUntil(lambda: abs(player.position - 0.6) < 0.02)


def test_muting_takes_effect_while_it_plays(player: Player, speaker: Device, ready: Wait) -> None:
    player.play()
    ready()
    player.set_how(muted=frozenset({0, 1, 2}))
    ready()
    assert np.abs(speaker.hear(0.2)).max() < 1e-6


def test_play_in_a_loop_begins_in_the_loop(
    player: Player, speaker: Device, ready: Wait, qtbot: QtBot
) -> None:
    player.set_loop((1.0, 1.2))
    player.play()
    ready()
    assert player.position == 1.0
    speaker.hear(0.3)
    qtbot.waitUntil(lambda: abs(player.position - 1.1) < 0.01)


def test_tempo_keeps_within_bounds(player: Player) -> None:
    player.set_how(tempo=100)
    assert player.how.tempo == 4


def test_nothing_to_play_is_said(player: Player, qtbot: QtBot) -> None:
    player.load(Score((), ()))
    with qtbot.waitSignal(player.failed) as told:
        player.play()
    assert told.args == ["there is nothing to play yet"]


def test_without_a_device_play_says_why(qtbot: QtBot) -> None:
    def none(pull: Pull) -> Output:
        raise SoundError("there is no audio device")

    player = Player(opener=none)
    player.load(scale())
    with qtbot.waitSignal(player.failed) as told:
        player.play()
    assert told.args == ["cannot play: there is no audio device"]
    assert not player.is_playing


def test_without_portaudio_play_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    class Finder:
        def find_spec(self, name: str, path: object, target: object = None) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    with pytest.raises(SoundError, match="PortAudio library is not installed"):
        device.open_output(lambda frames: np.zeros((frames, 2), np.float32))


def test_a_player_loads_neither_numpy_nor_sounddevice() -> None:
    code = (
        "import sys; import seqgen_gui.sound.player, seqgen_gui.sound.wav_job;"
        "print(sorted({'numpy', 'sounddevice'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT / "gui", capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
