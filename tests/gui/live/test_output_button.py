from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seqgen_gui.live.output_button import SETTING, OutputButton
from seqgen_gui.shell.icons import Icons
from seqgen_gui.shell.settings import Settings
from seqgen_gui.shell.theme import Theme
from tests.gui.live.rig import SYNTH, Rig

PATIENCE = 20_000  # milliseconds that a busy machine may take


@pytest.fixture
def button(qtbot: QtBot, tmp_path: Path) -> Iterator[OutputButton]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settings = Settings(tmp_path / "gui.ini")
    theme = Theme(app, settings)
    button = OutputButton(Icons(theme), settings)
    qtbot.addWidget(button)
    yield button
    button.close_look()
    theme.deleteLater()


def texts(button: OutputButton) -> list[str]:
    return [action.text() for action in button.menu().actions() if action.text()]


def look(qtbot: QtBot, button: OutputButton) -> None:
    with qtbot.waitSignal(button._look.found, timeout=PATIENCE):
        button.menu().aboutToShow.emit()


def test_synths_are_looked_for_and_the_one_that_is_chosen_is_kept(
    rig: Rig, qtbot: QtBot, button: OutputButton
) -> None:
    assert "on this computer" in button.toolTip()
    button.menu().aboutToShow.emit()
    assert texts(button) == ["This computer", "Looking for MIDI ports…"]
    look(qtbot, button)
    assert texts(button) == ["This computer", SYNTH]
    with qtbot.waitSignal(button.chosen) as told:
        button.menu().actions()[-1].trigger()
    assert told.args == [SYNTH]
    assert button._settings.value(SETTING) == SYNTH
    assert SYNTH in button.toolTip()
    assert SYNTH in button.accessibleName()
    rig.pull_out()
    look(qtbot, button)
    assert texts(button) == [
        "This computer",
        f"{SYNTH}, which is gone",
        "No MIDI synth is connected",
    ]
    button.menu().actions()[0].trigger()
    assert button._settings.value(SETTING) == ""


@pytest.mark.usefixtures("no_rtmidi")
def test_without_the_extra_the_menu_says_how_to_get_it(qtbot: QtBot, button: OutputButton) -> None:
    look(qtbot, button)
    assert "get it by pip install 'seqgen[live]'" in texts(button)[-1]
    assert not button.menu().actions()[-1].isEnabled()
