from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from seqgen_gui.music import drag_handle, takes_strip
from seqgen_gui.music.page import MusicPage
from seqgen_gui.music.state import Settings
from seqgen_gui.shell.window import MainWindow
from tests.gui.music.desk import Desk
from tests.gui.sound.silent import SilentPlayer
from tests.places import STARTER

PIECE = sorted(STARTER.glob("*.mid"))[4]
_Key = Qt.Key


@pytest.fixture
def opened(page: MusicPage, desk: Desk) -> MusicPage:
    """The page with a piece, the focus in the roll."""
    page.open_file(PIECE)
    desk.answer()
    page.roll.setFocus()
    return page


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, held)


def take(page: MusicPage, desk: Desk, count: int = 1, bars: int = 2) -> None:
    """Draw takes by the key."""
    settings = Settings(count=count, bars=bars)
    page.flow.document.change("Set", settings=settings)
    press(_Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.answer()
    QApplication.processEvents()  # new cards are shown by the next event


def player_of(page: MusicPage) -> SilentPlayer:
    assert isinstance(page.player, SilentPlayer)
    return page.player


def said(window: MainWindow) -> list[str]:
    return [notice.text for notice in window.notices.shown]


def test_at_first_there_is_an_invitation(page: MusicPage) -> None:
    assert page.parts.stack.currentIndex() == 0
    assert page.parts.title.text() == "New piece"
    assert not page.actions_.whole.isEnabled()


def test_an_opened_file_is_shown_with_what_was_understood(opened: MusicPage) -> None:
    assert opened.parts.stack.currentIndex() == 1
    assert opened.parts.title.text() == PIECE.stem
    assert "3/4" in opened.parts.summary.text()
    assert "G major" in opened.parts.summary.text()


def test_a_file_opened_by_the_window_comes_to_the_page(
    window: MainWindow, page: MusicPage, desk: Desk
) -> None:
    window.files.open(PIECE)
    desk.answer()
    assert len(page.roll.picture.sheet.notes) > 0


def test_a_file_that_is_no_midi_is_told(
    window: MainWindow, page: MusicPage, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "a.mid"
    path.write_text("no music")
    page.open_file(path)
    desk.answer()
    assert "a.mid" in said(window)[0]


def test_notes_are_on_the_screen_as_soon_as_they_are_told(opened: MusicPage, desk: Desk) -> None:
    press(_Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened.parts.ghost.cancel.isVisible()
    new = opened.flow.picture.new
    assert new is not None
    before = opened.roll.grab().toImage()
    desk.stream([[new[0], new[0] + 480, 72, 100, 1]])
    assert opened.roll.grab().toImage() != before
    assert opened.parts.ghost.text.text() == "Drawing, bar 1 of 8"


def test_tab_accepts_and_shift_tab_accepts_a_bar(opened: MusicPage, desk: Desk) -> None:
    end = opened.flow.picture.sheet.next_bar
    take(opened, desk)
    press(_Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert opened.flow.picture.sheet.next_bar == end + 1
    assert opened.roll.hasFocus()
    press(_Key.Key_Tab)
    assert opened.flow.picture.sheet.next_bar == end + 2
    assert opened.flow.state.ghost is None


def test_without_a_ghost_tab_leaves_the_roll(opened: MusicPage) -> None:
    press(_Key.Key_Tab)
    assert not opened.roll.hasFocus()


def test_elsewhere_tab_goes_on_though_there_is_a_ghost(opened: MusicPage, desk: Desk) -> None:
    take(opened, desk)
    opened.parts.settings.bars.spin.setFocus()
    press(_Key.Key_Tab)
    assert opened.flow.state.ghost is not None


def test_escape_cancels_then_rejects_then_forgets_the_bar(opened: MusicPage, desk: Desk) -> None:
    opened.flow.choose_bar(4)
    opened.flow.generate()
    press(_Key.Key_Escape)
    assert not opened.flow.generator.running
    take(opened, desk)
    press(_Key.Key_Escape)
    assert opened.flow.state.ghost is None
    press(_Key.Key_Escape)
    assert opened.flow.state.bar is None


def test_r_draws_once_more(opened: MusicPage, desk: Desk) -> None:
    take(opened, desk)
    press(_Key.Key_R)
    desk.answer()
    assert [one.number for one in opened.flow.state.takes] == [1, 2]


def test_number_keys_show_takes_and_c_swaps(opened: MusicPage, desk: Desk) -> None:
    take(opened, desk, count=3)
    press(_Key.Key_2)
    assert opened.flow.state.shown == 2
    press(_Key.Key_8)
    assert opened.flow.state.shown == 2
    opened.parts.takes.cards[2].wished.emit("compare", 3)
    assert opened.parts.takes.cards[2].property("kind") == "other"
    press(_Key.Key_C)
    assert (opened.flow.state.shown, opened.flow.other) == (3, 2)


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


def test_space_plays_and_pauses_and_the_playhead_moves(opened: MusicPage) -> None:
    player = player_of(opened)
    press(_Key.Key_Space)
    assert player.is_playing
    (score,) = [wish.score for wish in player.wishes if wish.score is not None]
    assert len(score.notes) == len(opened.flow.picture.sheet.notes)
    player.hear(1.5)
    assert opened.roll.playhead == opened.flow.picture.sheet.tempos.tick(1.5)
    assert "0:01" in opened.parts.transport.place.text()
    press(_Key.Key_Space)
    assert not player.is_playing


def test_what_is_drawn_while_it_plays_is_played(
    opened: MusicPage, desk: Desk, qtbot: QtBot
) -> None:
    player = player_of(opened)
    press(_Key.Key_Space)
    take(opened, desk)
    whole = len(opened.flow.picture.sheet.notes) + len(opened.flow.picture.ghost)

    def told() -> bool:
        scores = [wish.score for wish in player.wishes if wish.score is not None]
        return len(scores[-1].notes) == whole

    qtbot.waitUntil(told)


def test_space_presses_a_button_that_has_the_focus(opened: MusicPage) -> None:
    opened.parts.transport.follow.setFocus()
    press(_Key.Key_Space)
    assert not opened.parts.transport.follow.isChecked()
    assert not opened.player.is_playing


def test_without_a_device_play_says_why(window: MainWindow, opened: MusicPage) -> None:
    player_of(opened).trouble = "there is no audio device"
    press(_Key.Key_Space)
    assert said(window)[0] == "Cannot play: there is no audio device"


def test_play_from_begins_where_the_ghost_does(opened: MusicPage, desk: Desk) -> None:
    take(opened, desk)
    sheet = opened.flow.picture.sheet
    press(_Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert opened.player.position == pytest.approx(sheet.tempos.seconds(sheet.end), abs=0.2)


def test_bars_dragged_in_the_ruler_are_looped(opened: MusicPage) -> None:
    meters, tempos = opened.flow.picture.sheet.meters, opened.flow.picture.sheet.tempos
    opened.roll.bars_dragged.emit(2, 3)
    assert opened.parts.transport.loop.isChecked()
    wanted = tempos.seconds(meters.line(2)), tempos.seconds(meters.line(4))
    assert opened.player.how.loop == pytest.approx(wanted)
    opened.parts.transport.loop.click()
    assert opened.player.how.loop is None
    assert opened.roll.ruler.loop is None


def test_a_muted_part_is_silent_and_pale(opened: MusicPage) -> None:
    opened.parts.tabs.setCurrentIndex(1)
    before = opened.roll.grab().toImage()
    mute = next(
        button
        for button in opened.parts.understood.findChildren(QAbstractButton)
        if button.accessibleName().startswith("Mute")
    )
    mute.click()
    assert opened.player.how.muted == {0}
    assert opened.roll.grab().toImage() != before


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


def test_takes_get_cards_with_their_notes(opened: MusicPage, desk: Desk) -> None:
    take(opened, desk, count=2)
    cards = opened.parts.takes.cards
    assert [card.take.number for card in cards] == [1, 2]
    assert all(len(card.mini._notes) == card.take.notes for card in cards)
    assert cards[0].property("kind") == "shown"
    cards[1].star.click()
    assert "starred" in cards[1].accessibleName()
    cards[0].setFocus()
    press(_Key.Key_Delete)
    assert [card.take.number for card in opened.parts.takes.cards] == [2]


def test_enter_on_a_card_shows_its_take(opened: MusicPage, desk: Desk) -> None:
    take(opened, desk, count=2)
    opened.parts.takes.cards[1].setFocus()
    press(_Key.Key_Return)
    assert opened.flow.state.shown == 2


def test_undo_takes_everything_back_on_the_page(
    window: MainWindow, opened: MusicPage, desk: Desk
) -> None:
    take(opened, desk)
    press(_Key.Key_Tab)
    while window.project.undo.canUndo():
        window.project.undo.undo()
    desk.answer()
    assert opened.parts.stack.currentIndex() == 0
    assert opened.parts.takes.cards == []
    while window.project.undo.canRedo():
        window.project.undo.redo()
    desk.answer()
    assert len(opened.parts.takes.cards) == 1
    assert opened.flow.state.piece.path == opened.flow.state.takes[0].path


def test_a_project_is_saved_and_opened_with_its_takes(
    window: MainWindow, opened: MusicPage, desk: Desk, tmp_path: Path
) -> None:
    take(opened, desk, count=2)
    press(_Key.Key_Tab)
    notes = opened.roll.picture.sheet.notes.rows()
    window.project.save(tmp_path / "a.seqgen")
    window.project.clear()
    assert opened.parts.stack.currentIndex() == 0
    window.project.open(tmp_path / "a.seqgen")
    desk.answer()
    assert opened.roll.picture.sheet.notes.rows() == notes
    assert len(opened.parts.takes.cards) == 2
    assert not window.project.modified


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


def test_a_state_of_the_page_is_what_the_project_keeps(opened: MusicPage, desk: Desk) -> None:
    take(opened, desk)
    part = opened.flow.part()
    assert msgspec.json.decode(msgspec.json.encode(part), type=type(part)) == part


def test_the_bar_is_chosen_by_keys_too(opened: MusicPage) -> None:
    alt, end = Qt.KeyboardModifier.AltModifier, opened.flow.picture.sheet.next_bar
    press(_Key.Key_Left, alt)
    press(_Key.Key_Left, alt)
    assert opened.flow.state.bar == end - 2
    press(_Key.Key_Right, alt)
    assert opened.flow.state.bar == end - 1
    press(_Key.Key_Right, alt)
    assert opened.flow.state.bar is None


def test_an_opened_piece_is_shown_from_its_beginning_but_a_rejected_take_moves_nothing(
    opened: MusicPage, desk: Desk
) -> None:
    take(opened, desk)
    left, top = opened.roll.view.left, opened.roll.view.top
    assert left > 0
    press(_Key.Key_Escape)
    assert (opened.roll.view.left, opened.roll.view.top) == (left, top)
    opened.open_file(PIECE)
    desk.answer()
    assert opened.roll.view.left == 0


def test_a_card_and_the_handle_drag_files(
    opened: MusicPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[Path] = []

    def drag(source: QWidget, path: Path, picture: QWidget | None = None) -> None:
        dragged.append(path)

    monkeypatch.setattr(takes_strip, "drag_file", drag)
    monkeypatch.setattr(drag_handle, "drag_file", drag)
    take(opened, desk)
    for widget in (opened.parts.takes.cards[0], opened.parts.drag):
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        QTest.mouseMove(widget, QPoint(45, 25))
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=QPoint(45, 25))
    assert dragged == [
        Path(opened.flow.state.takes[0].path),
        Path(opened.flow.state.piece.path or ""),
    ]


def test_a_click_on_a_card_shows_its_take_and_is_no_drag(opened: MusicPage, desk: Desk) -> None:
    take(opened, desk, count=2)
    QTest.mouseClick(opened.parts.takes.cards[1], Qt.MouseButton.LeftButton, pos=QPoint(20, 60))
    assert opened.flow.state.shown == 2


def test_the_page_loads_nothing_heavy() -> None:
    code = (
        "import sys; import seqgen_gui.music.page;"
        "heavy = {'numpy', 'torch', 'mido', 'svgwrite', 'sounddevice', 'pyqtgraph'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_is_told_of_the_piece_waits_until_a_ghost_is_accepted(
    opened: MusicPage, desk: Desk
) -> None:
    before = opened.parts.summary.text()
    take(opened, desk)
    assert opened.parts.summary.text() == before
    press(_Key.Key_Tab)
    assert opened.parts.summary.text() != before
