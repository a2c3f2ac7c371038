"""However playing to a synth ends, the synth is silent then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from seqgen_gui.sound.player import COMMAND, Player
from seqgen_gui.sound.score import Instrument, Playing, Score, Wish
from tests.gui.live.rig import SYNTH, Rig
from tests.gui.sound.test_deck import wait

PATIENCE = 20_000  # milliseconds that a busy machine may take
CHORD = Score(
    ((0.0, 600.0, 60, 90, 0), (0.0, 600.0, 64, 90, 1), (0.0, 600.0, 67, 90, 1)),
    (Instrument(), Instrument(40)),
)
ALL = {(0, 60), (1, 64), (1, 67)}
WINDOW = (
    "import sys\n"
    "from PySide6.QtCore import QCoreApplication\n"
    "from seqgen_gui.sound.player import Player\n"
    "from tests.gui.live.test_no_note_hangs import CHORD, SYNTH\n"
    "app = QCoreApplication(sys.argv)\n"
    "player = Player(port=lambda: SYNTH)\n"
    "player.load(CHORD)\n"
    "player.play()\n"
    "app.exec()\n"
)


@pytest.fixture
def player(rig: Rig, qtbot: QtBot) -> Iterator[Player]:
    player = Player(port=lambda: SYNTH)
    player.load(CHORD)
    player.play()
    qtbot.waitUntil(lambda: rig.sounding == ALL, timeout=PATIENCE)
    qtbot.waitUntil(lambda: player.is_playing, timeout=PATIENCE)
    yield player
    player.close()


@pytest.mark.parametrize(
    ("act", "left"),
    [
        (Player.pause, set[tuple[int, int]]()),
        (Player.close, set[tuple[int, int]]()),
        (lambda player: player.seek(1.0), set[tuple[int, int]]()),
        (lambda player: player.set_how(muted=frozenset({1})), {(0, 60)}),
        (lambda player: player._process.kill(), set[tuple[int, int]]()),
        (lambda player: os.kill(player._process.pid, signal.SIGTERM), set[tuple[int, int]]()),
    ],
    ids=["pause", "close", "seek", "mute", "kill", "terminate"],
)
def test_notes_end_with_what_the_user_or_the_system_does(
    player: Player,
    rig: Rig,
    qtbot: QtBot,
    act: Callable[[Player], None],
    left: set[tuple[int, int]],
) -> None:
    act(player)
    qtbot.waitUntil(lambda: rig.sounding == left, timeout=PATIENCE)


def test_a_kill_between_pause_and_its_deed_leaves_no_note(
    player: Player, rig: Rig, qtbot: QtBot
) -> None:
    player.pause()
    with qtbot.waitSignal(player.failed, timeout=PATIENCE):
        player._process.kill()
    qtbot.waitUntil(lambda: rig.sounding == set(), timeout=PATIENCE)


def test_after_a_kill_it_plays_again(player: Player, rig: Rig, qtbot: QtBot) -> None:
    with qtbot.waitSignal(player.failed, timeout=PATIENCE):
        player._process.kill()
    qtbot.waitUntil(lambda: rig.sounding == set(), timeout=PATIENCE)
    player.play()
    qtbot.waitUntil(lambda: rig.sounding == ALL, timeout=PATIENCE)


@pytest.mark.skipif("sys.platform == 'win32'", reason="Windows knows other signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_to_the_sound_process_ends_its_notes(rig: Rig, name: str) -> None:
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    wish = Wish(score=CHORD, how=Playing(), play=0.0, port=SYNTH)
    process.stdin.write(msgspec.json.encode(wish) + b"\n")
    process.stdin.flush()
    wait(lambda: rig.sounding == ALL)
    process.send_signal(getattr(signal, name))
    assert process.wait(20) == 0
    assert rig.sounding == set()
    process.stdin.close()
    process.stdout.close()


def test_a_window_that_is_killed_leaves_no_note(rig: Rig) -> None:
    with subprocess.Popen([sys.executable, "-c", WINDOW]) as window:
        wait(lambda: rig.sounding == ALL)
        window.kill()
    wait(lambda: rig.sounding == set())
