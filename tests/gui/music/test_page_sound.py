from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from seqgen_gui.music.page import MusicPage
from seqgen_gui.shell.window import MainWindow
from tests.gui.music.desk import Desk
from tests.gui.music.hands import PIECE, player_of, press, said, take

_Key = Qt.Key


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


def test_the_playhead_stays_at_the_end_while_echoes_are_heard(opened: MusicPage) -> None:
    press(_Key.Key_Space)
    player_of(opened).hear(10_000.0)
    assert opened.roll.playhead == opened.flow.picture.sheet.end


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


def test_the_key_l_loops_and_is_shown_wherever_it_was_chosen(opened: MusicPage) -> None:
    press(_Key.Key_L)
    assert opened.parts.transport.loop.isChecked()
    assert opened.player.how.loop is not None
    opened.parts.transport.loop.click()
    assert not opened.actions_.loop.isChecked()
    assert opened.player.how.loop is None


def test_play_from_a_bar_begins_there_though_others_are_looped(opened: MusicPage) -> None:
    opened.roll.bars_dragged.emit(2, 3)
    opened.flow.choose_bar(6)
    press(_Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    sheet = opened.flow.picture.sheet
    assert opened.player.position == pytest.approx(sheet.tempos.seconds(sheet.meters.line(6)))
    press(_Key.Key_Space)
    press(_Key.Key_Space)
    assert opened.player.position == pytest.approx(sheet.tempos.seconds(sheet.meters.line(2)))


def test_another_piece_has_neither_the_loop_nor_the_mutes_of_the_last(
    opened: MusicPage, desk: Desk
) -> None:
    opened.roll.bars_dragged.emit(2, 3)
    opened.parts.understood._mute(0, True)
    opened.open_file(PIECE)
    desk.answer()
    assert opened.player.how.loop is None
    assert opened.player.how.muted == frozenset()
    assert not opened.parts.transport.loop.isChecked()
    assert opened.roll.ruler.loop is None
    mutes = [
        button
        for button in opened.parts.understood.findChildren(QAbstractButton)
        if button.accessibleName().startswith("Mute")
    ]
    assert mutes
    assert not any(button.isChecked() for button in mutes)


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
