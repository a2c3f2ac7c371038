"""The theme is chosen in the menu View, by its name in the palette, or in the preferences."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from seqgen_gui.shell.window import MainWindow
from tests.gui.windows import make_window, shown


def choice(window: MainWindow, name: str) -> QAction:
    return next(entry.action for entry in window.commands.entries if entry.label == name)


def test_the_theme_is_chosen_in_the_menu(window: MainWindow) -> None:
    assert choice(window, "Theme of the system").isChecked()
    choice(window, "Dark theme").trigger()
    assert window.context.settings.theme == "dark"
    assert window.context.theme.dark
    choice(window, "Light theme").trigger()
    assert window.context.settings.theme == "light"
    assert not choice(window, "Dark theme").isChecked()


def test_a_window_chooses_no_theme_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    with shown(make_window(tmp_path)) as window:
        window.context.settings.sync()
        file = tmp_path / "gui.ini"
        assert not file.exists() or "theme" not in file.read_text()


def test_the_menu_shows_the_theme_of_the_preferences(window: MainWindow) -> None:
    window.context.settings.theme = "dark"
    assert choice(window, "Dark theme").isChecked()
    assert window.context.settings.theme == "dark"
