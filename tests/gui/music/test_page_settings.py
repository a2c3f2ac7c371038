from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from seqgen_gui.music.page import MusicPage
from seqgen_gui.shell.window import MainWindow
from tests.gui.music.desk import Desk
from tests.gui.music.hands import press, take

_Key = Qt.Key


def test_letters_typed_into_the_seed_are_no_commands(opened: MusicPage, desk: Desk) -> None:
    take(opened, desk, count=2)
    seed = opened.parts.settings.seed
    seed.setFocus()
    seed.selectAll()
    QTest.keyClicks(seed, "28")
    QTest.keyClick(seed, _Key.Key_Return)
    assert opened.flow.state.shown == 1
    settings = opened.flow.state.settings
    assert (settings.seed, settings.locked) == (28, True)


def test_a_click_in_the_ruler_chooses_the_bar_and_a_second_one_forgets_it(
    opened: MusicPage,
) -> None:
    meters = opened.flow.picture.sheet.meters
    at = QPoint(opened.roll.view.x(meters.line(3)) + 4, 12)
    QTest.mouseClick(opened.roll.ruler, Qt.MouseButton.LeftButton, pos=at)
    assert opened.flow.state.bar == 3
    assert opened.roll.ruler.chosen == 3
    assert "bar 3" in opened.parts.where.text()
    assert opened.actions_.play_from.text() == "Play from &bar 3"
    QTest.mouseClick(opened.roll.ruler, Qt.MouseButton.LeftButton, pos=at)
    assert opened.flow.state.bar is None


def test_settings_are_changed_as_one_step_each(opened: MusicPage, window: MainWindow) -> None:
    panel = opened.parts.settings
    for bars in (5, 6, 7):
        panel.bars.slider.setValue(bars)
    panel.temperature.spin.setValue(1.25)
    settings = opened.flow.state.settings
    assert (settings.bars, settings.temperature) == (7, 1.25)
    window.project.undo.undo()
    window.project.undo.undo()
    assert opened.flow.state.settings.bars == 8
    assert panel.bars.spin.value() == 8


def test_what_the_model_proposes_is_shown_and_can_be_had_again(opened: MusicPage) -> None:
    panel = opened.parts.settings
    assert (panel.temperature.spin.value(), panel.top_p.spin.value()) == (0.85, 98)
    assert not panel.temperature.reset.isEnabled()
    panel.temperature.spin.setValue(1.5)
    panel.temperature.reset.click()
    assert opened.flow.state.settings.temperature is None
    assert panel.temperature.spin.value() == 0.85


def test_only_models_of_music_are_offered(opened: MusicPage, desk: Desk) -> None:
    box = opened.parts.settings.model
    assert [box.itemText(i) for i in range(box.count())] == ["chorale", "pop"]
    assert box.currentText() == "pop"
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert opened.flow.state.settings.model == "chorale"
    assert desk.requests("inspect")[-1] == {"path": "chorale"}


def test_the_key_found_in_the_music_is_named(opened: MusicPage) -> None:
    assert opened.parts.settings.key.itemText(1) == "As the music: G major"


def test_the_letters_of_the_menu_and_its_keys_differ(window: MainWindow, page: MusicPage) -> None:
    texts = [action.text() for action in window.menus.menu("Music").actions()]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(letters) == len(set(letters))


def test_everything_has_a_name_for_a_screen_reader(opened: MusicPage, desk: Desk) -> None:
    take(opened, desk)
    nameless = [
        widget
        for widget in opened.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
        and not widget.objectName().startswith("qt_")
    ]
    assert [(widget, widget.parentWidget()) for widget in nameless] == []


def test_the_bar_is_chosen_by_keys_too(opened: MusicPage) -> None:
    alt, end = Qt.KeyboardModifier.AltModifier, opened.flow.picture.sheet.next_bar
    press(_Key.Key_Left, alt)
    press(_Key.Key_Left, alt)
    assert opened.flow.state.bar == end - 2
    press(_Key.Key_Right, alt)
    assert opened.flow.state.bar == end - 1
    press(_Key.Key_Right, alt)
    assert opened.flow.state.bar is None
