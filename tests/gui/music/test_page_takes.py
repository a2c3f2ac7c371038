from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from seqgen_gui.music import takes_strip
from seqgen_gui.music.page import MusicPage
from seqgen_gui.shell import dragging
from seqgen_gui.shell.window import MainWindow
from tests.gui.music.desk import Desk
from tests.gui.music.hands import press, take

_Key = Qt.Key


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


def test_a_card_and_the_handle_drag_files(
    opened: MusicPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[Path] = []

    def drag(source: QWidget, data: QMimeData, picture: QWidget | None = None) -> None:
        dragged.append(Path(data.urls()[0].toLocalFile()))

    monkeypatch.setattr(takes_strip, "drag_away", drag)
    monkeypatch.setattr(dragging, "drag_away", drag)
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
