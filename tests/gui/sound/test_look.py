from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seqgen_gui.sound.look import Look
from seqgen_gui.sound.score import Equipment

PATIENCE = 20_000  # milliseconds that a busy machine may take


@pytest.mark.skipif("sys.platform != 'linux'", reason="the usual folders are set as on Linux")
def test_a_look_finds_soundfonts_and_says_what_plays_them(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font = tmp_path / "soundfonts" / "a.sf2"
    font.parent.mkdir()
    font.touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    look = Look()
    with qtbot.waitSignal(look.found, timeout=PATIENCE) as told:
        look.start()
        look.start()
    (equipment,) = told.args
    assert isinstance(equipment, Equipment)
    assert str(font) in equipment.fonts
    assert bool(equipment.font_synth) != bool(equipment.no_font_synth)
    assert not look._process.running


def test_a_look_that_is_given_up_leaves_no_process(qtbot: QtBot) -> None:
    look = Look()
    look.start()
    look.close()
    assert not look._process.running
    look.close()
