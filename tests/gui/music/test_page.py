from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from seqgen_gui.music.page import MusicPage
from seqgen_gui.shell.window import MainWindow
from tests.gui.music.desk import Desk
from tests.gui.music.hands import PIECE, press, said, take

_Key = Qt.Key


def test_at_first_there_is_an_invitation(page: MusicPage) -> None:
    assert page.parts.stack.currentIndex() == 0
    assert page.parts.title.text() == "New piece"
    assert not page.actions_.whole.isEnabled()


def test_the_keys_are_where_they_can_be_seen(page: MusicPage) -> None:
    page.setFocus()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "&Open…"


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


def test_opening_and_drawing_bring_the_keys_to_the_roll(opened: MusicPage) -> None:
    assert opened.roll.hasFocus()
    opened.parts.generate.setFocus()
    opened.parts.generate.click()
    assert opened.roll.hasFocus()


def test_letters_that_are_typed_in_a_box_choose_in_it(opened: MusicPage, desk: Desk) -> None:
    box = opened.parts.settings.key
    box.setFocus()
    press(_Key.Key_D)
    assert box.currentText() == "D major"
    assert opened.flow.state.settings.key == "D major"
    press(_Key.Key_R)
    assert not opened.flow.generator.running


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


def test_a_state_of_the_page_is_what_the_project_keeps(opened: MusicPage, desk: Desk) -> None:
    take(opened, desk)
    part = opened.flow.part()
    assert msgspec.json.decode(msgspec.json.encode(part), type=type(part)) == part


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


def test_a_tune_that_comes_along_is_chosen_and_opened(
    page: MusicPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(window: object, title: str, folder: str, kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return str(sorted(Path(folder).glob("*.mid"))[0]), kinds

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    page.actions_.tune.trigger()
    desk.answer()
    assert Path(asked[0]).is_dir()
    assert Path(page.flow.state.piece.path or "").name.startswith("01-")
