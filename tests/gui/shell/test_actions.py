from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QTreeWidget
from pytestqt.qtbot import QtBot

from seqgen_gui.shell.command_palette import CommandPalette
from seqgen_gui.shell.window import MainWindow
from tests.gui.windows import TextPage


def labels(window: MainWindow) -> list[str]:
    return [entry.label for entry in window.commands.entries]


def palette_of(window: MainWindow) -> CommandPalette:
    found = window.findChild(CommandPalette)
    assert isinstance(found, CommandPalette)
    return found


def listed(window: MainWindow) -> list[str]:
    tree = palette_of(window).findChild(QTreeWidget)
    assert isinstance(tree, QTreeWidget)
    return [tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount())]  # type: ignore[union-attr]


def test_every_action_has_a_menu_and_no_two_the_same_keys(window: MainWindow) -> None:
    assert {"New project", "Open", "Undo", "Text", "Command palette"} <= set(labels(window))
    keys = [
        key.toString() for entry in window.commands.entries for key in entry.action.shortcuts()
    ]
    assert len(keys) == len(set(keys))
    for entry in window.commands.entries:
        assert entry.action in window.menus.menu(entry.menu).actions()


def test_the_letters_of_a_menu_differ(window: MainWindow) -> None:
    for title in ("File", "Edit", "Help"):
        texts = [action.text() for action in window.menus.menu(title).actions()]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(letters) == len(set(letters)), title


def test_a_label_is_the_text_without_its_marks(window: MainWindow) -> None:
    window.commands.add("File", "Black && &white…")
    assert window.commands.entries[-1].label == "Black & white"


def test_the_keys_of_a_page_count_while_the_focus_is_in_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.go("text")
    page = window.page("text")
    assert isinstance(page, TextPage)
    page.line.setFocus()
    qtbot.keyClick(
        page.line,
        Qt.Key.Key_X,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert page.pressed == 1
    window.go("plain")
    qtbot.keyClick(
        window,
        Qt.Key.Key_X,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert page.pressed == 1


def test_the_menu_of_a_place_shows_while_its_page_does(window: MainWindow) -> None:
    shown = {name: window.menus.menu(name).menuAction().isVisible() for name in ("Text", "Plain")}
    assert shown == {"Text": True, "Plain": False}
    window.go("plain")
    assert not window.menus.menu("Text").menuAction().isVisible()


def test_the_palette_lists_what_can_be_done_now(qtbot: QtBot, window: MainWindow) -> None:
    window.show_commands()
    assert "Press" in listed(window)
    assert "Undo" not in listed(window)  # there is nothing to undo
    palette_of(window).close_palette()
    window.go("plain")
    window.show_commands()
    assert "Press" not in listed(window)
    assert "New project" in listed(window)


def test_the_palette_runs_what_is_found_and_gives_the_focus_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = window.page("text")
    assert isinstance(page, TextPage)
    page.line.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    line = palette_of(window).findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "pres")
    assert listed(window)[0] == "Press"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.pressed == 1
    assert not palette_of(window).isVisible()
    assert page.line.hasFocus()


def test_the_palette_is_moved_through_and_left_by_the_keyboard(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_commands()
    palette = palette_of(window)
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClicks(palette.line, "no such command")
    assert listed(window) == []
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_palette_is_as_high_as_what_it_lists(qtbot: QtBot, window: MainWindow) -> None:
    window.show_commands()
    palette = palette_of(window)
    high = palette.height()
    qtbot.keyClicks(palette.line, "prefer")
    assert listed(window) == ["Preferences"]
    assert palette.height() < high / 2
    palette.line.clear()
    assert palette.height() == high


def test_standard_keys_are_those_of_the_system(window: MainWindow) -> None:
    keys = {entry.label: entry.action.shortcut() for entry in window.commands.entries}
    assert keys["Save project"] == QKeySequence(QKeySequence.StandardKey.Save)
    assert keys["Quit"].toString() == "Ctrl+Q"
