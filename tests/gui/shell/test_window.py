from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QToolButton,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from seqgen import __version__
from seqgen_gui.link.worker import State, Worker
from seqgen_gui.shell.dialogs import licences
from seqgen_gui.shell.places import Place, all_places
from seqgen_gui.shell.preferences import Preferences
from seqgen_gui.shell.status import tell_of_crashes
from seqgen_gui.shell.window import MainWindow
from seqgen_gui.sound.score import Equipment
from tests.gui.windows import PLACES, TextPage, make_window, shown


def test_a_page_is_made_when_it_is_first_gone_to(qtbot: QtBot, tmp_path: Path) -> None:
    made: list[str] = []

    def place(name: str) -> Place:
        def make(_: object) -> QWidget:
            made.append(name)
            return QWidget()

        return Place(name, name.capitalize(), "music", (), make)

    with shown(make_window(tmp_path, (place("one"), place("two")))) as window:
        assert made == ["one"]
        window.go("two")
        window.go("one")
        window.go("two")
        assert made == ["one", "two"]


def test_places_are_gone_to_by_key_by_button_and_by_arrow(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.place == "plain"
    buttons = {one.text(): one for one in window.sidebar.findChildren(QAbstractButton)}
    assert buttons["Plain"].isChecked()
    qtbot.mouseClick(buttons["Text"], Qt.MouseButton.LeftButton)
    assert window.place == "text"
    buttons["Text"].setFocus()
    qtbot.keyClick(buttons["Text"], Qt.Key.Key_Down)
    assert window.place == "plain"


def test_the_window_is_as_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    with shown(make_window(tmp_path)) as window:
        window.resize(780, 590)
        window.go("plain")
        window.sidebar_action.setChecked(False)
    with shown(make_window(tmp_path)) as window:
        assert (window.width(), window.height()) == (780, 590)
        assert window.place == "plain"
        assert not window.sidebar.isVisible()


def test_a_place_that_is_gone_is_not_gone_to(qtbot: QtBot, tmp_path: Path) -> None:
    with shown(make_window(tmp_path)) as window:
        window.go("plain")
    with shown(make_window(tmp_path, PLACES[:1])) as window:
        assert window.place == "text"


def test_the_window_tells_once_that_it_is_painted_and_once_that_it_leaves(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(tmp_path)
    told: list[str] = []
    window.painted.connect(lambda: told.append("painted"))
    window.leaving.connect(lambda: told.append("leaving"))
    with shown(window):
        qtbot.waitUntil(lambda: told == ["painted"])
        window.update()
        qtbot.wait(20)
    assert told == ["painted", "leaving"]


def test_undo_and_redo_are_those_of_the_project(window: MainWindow) -> None:
    from seqgen_gui.project.steps import Step

    done: list[str] = []
    actions = {entry.label: entry.action for entry in window.commands.entries}
    assert not actions["Undo"].isEnabled()
    window.project.undo.push(Step("draw", lambda: done.append("do"), lambda: done.append("undo")))
    next(entry.action for entry in window.commands.entries if "ndo" in entry.label).trigger()
    assert done == ["do", "undo"]


def test_every_place_has_a_page_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(tmp_path, tuple(all_places()))
    qtbot.addWidget(window)
    pages = {place.name: window.page(place.name) for place in window.places}
    assert list(pages) == ["music", "handwriting", "train"]
    assert len({type(page) for page in pages.values()}) == 3
    for place in window.places:
        assert hasattr(pages[place.name], "open_file") or not place.suffixes


def dialog(window: MainWindow) -> QDialog:
    found = [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def rows(tree: QTreeWidget) -> list[str]:
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [item.text(0) for item in items if item is not None]


def test_the_shortcuts_are_listed_by_menu(window: MainWindow) -> None:
    window.show_shortcuts()
    (tree,) = dialog(window).findChildren(QTreeWidget)
    assert {"File", "Edit", "View", "Text", "Help"} == set(rows(tree))
    file = tree.topLevelItem(0)
    assert file is not None
    first = file.child(0)
    assert first is not None
    assert (first.text(0), first.text(1)) == ("New project", "Ctrl+N")


def test_about_names_the_version_and_all_licences(window: MainWindow) -> None:
    window.show_about()
    shown_ = dialog(window)
    assert any(__version__ in label.text() for label in shown_.findChildren(QLabel))
    (tree,) = shown_.findChildren(QTreeWidget)
    assert "torch" in rows(tree)
    names = {name.casefold(): licence for name, _, licence in licences()}
    assert "LGPL" in names["pyside6-essentials"]
    assert "pytest" not in names


def test_equipment_is_looked_for_while_the_preferences_are_open(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "soundfonts").mkdir()
    (tmp_path / "soundfonts" / "My band.sf2").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    window.show_preferences()
    shown_ = dialog(window)
    assert isinstance(shown_, Preferences)
    assert shown_.sound_font.currentText() == "Built-in sounds"
    qtbot.waitUntil(lambda: shown_.sound_font.findText("My band") > 0, timeout=20_000)
    assert shown_.device.currentText() == "System default"
    window.show_preferences()
    shown_.close()


def test_preferences_are_taken_up_at_once(qtbot: QtBot, window: MainWindow) -> None:
    settings = window.context.settings
    settings.audio_device = "Old speakers"
    window.show_preferences()
    shown_ = dialog(window)
    assert isinstance(shown_, Preferences)
    shown_.theme.setCurrentIndex(2)
    assert settings.theme == "dark"
    assert window.context.theme.dark
    shown_.scale.setCurrentIndex(shown_.scale.findText("200 %"))
    assert settings.scale == 200
    shown_.show_equipment(Equipment(devices=("Headphones", "Speakers"), fonts=("/b/C.sf3",)))
    assert settings.audio_device == "Old speakers"
    assert shown_.device.currentText() == "Old speakers"
    shown_.device.setCurrentIndex(shown_.device.findText("Headphones"))
    assert settings.audio_device == "Headphones"
    shown_.device.setCurrentIndex(0)
    assert settings.audio_device == ""
    shown_.sound_font.setCurrentIndex(1)
    assert settings.sound_font == "/b/C.sf3"
    shown_.sound_font.setCurrentIndex(0)
    assert settings.sound_font == ""


def test_a_soundfont_can_be_chosen_from_anywhere(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "Strings.sf2"
    path.touch()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    shown_ = Preferences(window.context.settings, window)
    for _ in range(2):
        shown_._choose_sound_font()
        assert window.context.settings.sound_font == str(path)
        assert shown_.sound_font.currentText() == "Strings"
        assert shown_.sound_font.count() == 2
    assert window.context.settings.folder("sound font") == str(tmp_path)


def test_preferences_tell_what_plays_soundfonts_and_which_is_gone(window: MainWindow) -> None:
    window.context.settings.sound_font = "/nowhere/Old.sf2"
    shown_ = Preferences(window.context.settings, window)
    assert shown_.sound_font.currentText() == "Old.sf2, which is gone"
    shown_.show_equipment(Equipment(font_synth="FluidSynth 2.3.1"))
    assert "Here it is FluidSynth 2.3.1." in shown_.about_fonts.text()
    shown_.show_equipment(Equipment(no_font_synth="FluidSynth is not installed"))
    assert "is not installed: the built-in sounds play instead." in shown_.about_fonts.text()
    assert window.context.settings.sound_font == "/nowhere/Old.sf2"


@pytest.mark.parametrize("show", ["show_preferences", "show_shortcuts", "show_about"])
def test_whatever_can_be_operated_has_a_name(window: MainWindow, show: str) -> None:
    getattr(window, show)()
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView, QAbstractSpinBox)
    buddies = {label.buddy() for label in window.findChildren(QLabel)}
    for widget in [one for kind in kinds for one in window.findChildren(kind)]:
        inner = widget.objectName().startswith("qt_") or isinstance(
            widget.parent(), QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView
        )
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        own = isinstance(widget.window(), QDialog) or isinstance(widget, QAbstractButton)
        if own and not inner and widget.isVisible():
            assert widget.accessibleName() or text or widget in buddies, widget


def test_the_status_bar_says_how_the_worker_is(window: MainWindow) -> None:
    worker = window.context.requests
    assert isinstance(worker, Worker)
    words = [label.text() for label in window.statusBar().findChildren(QLabel)]
    assert "Not running" in words
    worker.state = State.READY
    worker.state_changed.emit(State.READY)
    words = [label.text() for label in window.statusBar().findChildren(QLabel)]
    assert "Ready" in words


def test_a_crash_of_the_worker_is_told_and_a_stopped_one_can_be_started(
    window: MainWindow,
) -> None:
    worker = window.context.requests
    assert isinstance(worker, Worker)
    tell_of_crashes(worker, window.notices)
    worker.state = State.READY
    worker.crashed.emit("it was ended by signal 9")
    assert "started again: it was ended by signal 9" in window.notices.shown[0].text
    worker.state = State.STOPPED
    worker.crashed.emit("it ended with status 1: no torch")
    texts = [one.text() for one in window.notices.shown[0].findChildren(QAbstractButton)]
    assert "Start it again" in texts


def test_a_text_page_keeps_what_it_is_given(window: MainWindow) -> None:
    assert isinstance(window.page("text"), TextPage)


def test_a_page_that_is_given_too_little_room_is_scrolled_not_squeezed(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = window.page("text")
    page.setMinimumSize(900, 500)
    window.resize(640, 400)
    qtbot.waitUntil(lambda: (page.width(), page.height()) == (900, 500))
    window.resize(1400, 900)
    qtbot.waitUntil(lambda: page.width() > 900 and page.height() > 500)


def test_the_sidebar_names_its_places_where_there_is_room(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.width() == 1280)
    wide = window.sidebar.minimumSizeHint().width()
    window.resize(700, 500)
    qtbot.waitUntil(lambda: window.sidebar.minimumSizeHint().width() < wide)
    assert all(button.toolTip() for button in window.sidebar.findChildren(QToolButton))
