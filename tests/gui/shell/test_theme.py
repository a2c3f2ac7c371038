from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from seqgen_gui.shell.colours import DARK, LIGHT
from seqgen_gui.shell.icons import Icons, app_icon
from seqgen_gui.shell.settings import Settings
from seqgen_gui.shell.style import ICONS
from seqgen_gui.shell.theme import Theme

FILES = sorted(ICONS.glob("*.svg"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "gui.ini")


@pytest.fixture
def theme(qtbot: QtBot, settings: Settings) -> Iterator[Theme]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, settings)
    yield theme
    theme.deleteLater()
    QApplication.processEvents()


def test_the_application_is_dressed_as_preferred_at_once(theme: Theme, settings: Settings) -> None:
    for name, colours in (("dark", DARK), ("light", LIGHT)):
        settings.theme = name
        assert theme.colours is colours
        assert theme.dark == (name == "dark")
        palette = QApplication.palette()
        assert palette.color(QPalette.ColorRole.Window).name() == colours.window
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        assert colours.accent in app.styleSheet()
        assert "$" not in app.styleSheet()


def test_the_choice_of_the_system_is_light_where_it_says_nothing(theme: Theme) -> None:
    assert theme.colours is LIGHT


def test_what_draws_is_told_of_another_theme(
    qtbot: QtBot, theme: Theme, settings: Settings
) -> None:
    with qtbot.waitSignal(theme.changed):
        settings.theme = "dark"


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_an_icon_can_be_drawn_and_takes_its_colour_from_the_theme(
    qtbot: QtBot, file: Path
) -> None:
    assert QSvgRenderer(str(file)).isValid()
    if file.stem not in ("seqgen", "chevron-up", "chevron-down", "tick-light", "tick-dark"):
        assert "currentColor" in file.read_text()
        assert "#" not in file.read_text()


def colour_of(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    image = icon.pixmap(16, mode).toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_icons_change_with_the_theme(theme: Theme, settings: Settings) -> None:
    button = QToolButton()
    Icons(theme).put(button, "record")
    settings.theme = "light"
    assert colour_of(button.icon()) == {LIGHT.text}
    settings.theme = "dark"
    assert colour_of(button.icon()) == {DARK.text}
    assert colour_of(button.icon(), QIcon.Mode.Disabled) == {DARK.faint}


def test_a_button_that_is_gone_does_not_hinder_the_theme(theme: Theme, settings: Settings) -> None:
    button = QToolButton()
    Icons(theme).put(button, "stop")
    button.deleteLater()
    del button
    QApplication.processEvents()
    settings.theme = "dark"
    assert theme.dark


def test_a_picture_is_drawn_in_the_colours_of_the_theme(
    qtbot: QtBot, theme: Theme, settings: Settings
) -> None:
    picture = Icons(theme).picture("record", 24, "danger")
    qtbot.addWidget(picture)
    for name, colours in (("light", LIGHT), ("dark", DARK)):
        settings.theme = name
        middle = picture.grab().toImage().pixelColor(12, 12).name()
        assert middle == colours.danger


def test_the_program_has_an_icon(qtbot: QtBot) -> None:
    assert not app_icon().pixmap(64).isNull()
