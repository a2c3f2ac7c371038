from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from seqgen_gui.sound.player import Player
from seqgen_gui.sound.score import Score
from tests.gui.sound.tunes import scale
from tests.places import ROOT

PATIENCE = 20_000  # milliseconds that a busy machine may take
BY_THE_CLOCK = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    "import seqgen_gui.sound.device as device\n"
    "from tests.gui.sound.speaker import Clock\n"
    "device.open_output = Clock\n"
    "from seqgen_gui.sound.program import main\n"
    "main()\n"
)
NO_DEVICE = (
    "import seqgen_gui.sound.device as device\n"
    "def none(pull, name): raise device.SoundError('there is no audio device' + name)\n"
    "device.open_output = none\n"
    "from seqgen_gui.sound.program import main\n"
    "main()\n"
)


def player_of(code: str) -> Player:
    return Player(command=[sys.executable, "-c", code], device=lambda: ", says the device")


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[Player]:
    player = player_of(BY_THE_CLOCK)
    player.load(scale(80))
    yield player
    player.close()


def test_play_moves_and_pause_stops(player: Player, qtbot: QtBot) -> None:
    with qtbot.waitSignal(player.playing_changed, timeout=PATIENCE) as told:
        player.toggle()
    assert told.args == [True]
    qtbot.waitUntil(lambda: player.position > 0.2, timeout=PATIENCE)
    player.toggle()
    assert not player.is_playing
    place = player.position
    player.toggle()
    qtbot.waitUntil(lambda: player.position > place + 0.1, timeout=PATIENCE)


def test_what_is_changed_before_play_is_played(player: Player, qtbot: QtBot) -> None:
    player.set_loop((3.0, 3.5))
    player.set_how(tempo=100)
    assert player.how.tempo == 4
    player.play()
    qtbot.waitUntil(lambda: 3.0 < player.position < 3.5, timeout=PATIENCE)


def test_what_is_changed_while_it_plays_is_played(player: Player, qtbot: QtBot) -> None:
    player.play()
    qtbot.waitUntil(lambda: player.position > 0.1, timeout=PATIENCE)
    player.seek(10.0)
    qtbot.waitUntil(lambda: player.position > 10.1, timeout=PATIENCE)
    player.load(scale(4))
    player.set_loop((0.2, 0.6))
    player.seek(0.3)
    qtbot.waitUntil(lambda: 0.2 < player.position < 0.6, timeout=PATIENCE)


def test_at_the_end_it_stops(player: Player, qtbot: QtBot) -> None:
    player.load(scale(1))
    player.seek(0.2)
    player.play()
    qtbot.waitUntil(lambda: player.is_playing, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not player.is_playing, timeout=PATIENCE)
    assert player.position == 0


def test_play_at_the_end_begins_anew(player: Player) -> None:
    player.seek(1000)
    player.play()
    assert player.position == 0


def test_play_begins_in_the_loop_and_play_at_where_it_is_told(player: Player) -> None:
    player.set_loop((3.0, 3.5))
    player.seek(10.0)
    player.play()
    assert player.position == 3.0
    player.play_at(10.0)
    assert player.position == 10.0


def test_nothing_to_play_is_said(qtbot: QtBot) -> None:
    player = player_of(BY_THE_CLOCK)
    player.load(Score())
    with qtbot.waitSignal(player.failed) as told:
        player.play()
    assert told.args == ["there is nothing to play yet"]


def test_without_a_device_play_says_why_each_time(qtbot: QtBot) -> None:
    player = player_of(NO_DEVICE)
    player.load(scale())
    for _ in range(2):
        with qtbot.waitSignal(player.failed, timeout=PATIENCE) as told:
            player.play()
        assert told.args == ["cannot play: there is no audio device, says the device"]
        assert not player.is_playing
    player.close()


def test_a_soundfont_that_is_gone_is_told_and_the_built_in_sounds_play(qtbot: QtBot) -> None:
    player = Player(command=[sys.executable, "-c", BY_THE_CLOCK], font=lambda: "/none/a.sf2")
    player.load(scale(80))
    for act in (player.play, player.choose_font):
        with qtbot.waitSignal(player.warned, timeout=PATIENCE) as told:
            act()
        assert told.args == ["the built-in sounds play: the SoundFont /none/a.sf2 is gone"]
        qtbot.waitUntil(lambda: player.is_playing, timeout=PATIENCE)
    qtbot.waitUntil(lambda: player.position > 0.1, timeout=PATIENCE)
    player.close()


def test_a_sound_process_that_dies_is_told_and_started_anew(player: Player, qtbot: QtBot) -> None:
    player.play()
    qtbot.waitUntil(lambda: player.is_playing, timeout=PATIENCE)
    with qtbot.waitSignal(player.failed, timeout=PATIENCE) as told:
        player._process.kill()
    assert told.args[0].startswith("the sound stopped: ")
    assert not player.is_playing
    player.play()
    qtbot.waitUntil(lambda: player.is_playing, timeout=PATIENCE)


def test_the_window_loads_neither_numpy_nor_sounddevice_nor_mido() -> None:
    code = (
        "import sys; import seqgen_gui.shell.window, seqgen_gui.music.page;"
        "print(sorted({'numpy', 'sounddevice', 'mido', 'rtmidi'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
