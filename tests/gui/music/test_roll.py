from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seqgen_gui.music.notes import notes_of
from seqgen_gui.music.roll import Roll
from tests.gui.music.pieces import BAR, picture

Ctrl, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def roll(qtbot: QtBot) -> Roll:
    roll = Roll()
    qtbot.addWidget(roll)
    roll.resize(640, 400)
    roll.show_picture(picture())
    roll.show()
    QApplication.processEvents()
    return roll


def turn(
    roll: Roll, steps: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    at = QPointF(300, 150)
    event = QWheelEvent(
        at,
        roll.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(roll.viewport(), event)


def test_the_wheel_scrolls_pitches_and_with_shift_time(roll: Roll) -> None:
    roll.show_pitches()
    top, left = roll.view.top, roll.view.left
    turn(roll, -1)
    assert (roll.view.top > top, roll.view.left) == (True, left)
    turn(roll, -1, Shift)
    assert roll.view.left > left


def test_ctrl_and_the_wheel_zoom_at_the_pointer(roll: Roll) -> None:
    roll.horizontalScrollBar().setValue(500)
    tick, width = roll.view.tick(300), roll.view.beat_width
    turn(roll, 1, Ctrl)
    assert roll.view.beat_width > width
    assert abs(roll.view.x(tick) - 300) <= 2
    height = roll.view.key_height
    turn(roll, 1, Ctrl | Shift)
    assert roll.view.key_height == height + 1


def test_keys_zoom_and_scroll(roll: Roll) -> None:
    width = roll.view.beat_width
    QTest.keyClick(roll, Qt.Key.Key_Plus, Ctrl)
    assert roll.view.beat_width > width
    QTest.keyClick(roll, Qt.Key.Key_End)
    assert roll.view.left == roll.horizontalScrollBar().maximum() > 0
    QTest.keyClick(roll, Qt.Key.Key_Home)
    assert roll.view.left == 0


def test_a_click_in_the_ruler_tells_the_bar(roll: Roll, qtbot: QtBot) -> None:
    x = roll.view.x(2 * BAR) + 5
    with qtbot.waitSignal(roll.bar_clicked) as told:
        QTest.mouseClick(roll.ruler, Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    assert told.args == [3]


def test_a_drag_in_the_ruler_tells_bars_and_is_no_click(roll: Roll, qtbot: QtBot) -> None:
    first, last = roll.view.x(BAR) + 5, roll.view.x(3 * BAR) + 5
    with (
        qtbot.waitSignal(roll.bars_dragged) as told,
        qtbot.assertNotEmitted(roll.bar_clicked),
    ):
        QTest.mousePress(roll.ruler, Qt.MouseButton.LeftButton, pos=QPoint(last, 10))
        QTest.mouseMove(roll.ruler, QPoint(first, 10))
        QTest.mouseRelease(roll.ruler, Qt.MouseButton.LeftButton, pos=QPoint(first, 10))
    assert told.args == [2, 4]


def test_a_click_in_the_notes_tells_the_tick(roll: Roll, qtbot: QtBot) -> None:
    with qtbot.waitSignal(roll.place_clicked) as told:
        QTest.mouseClick(roll.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 100))
    assert told.args == [round(40 * 480 / roll.view.beat_width)]


def test_the_page_turns_as_the_playhead_leaves(roll: Roll) -> None:
    roll.move_playhead(BAR)
    assert roll.view.left == 0
    roll.move_playhead(8 * BAR)
    assert 0 <= roll.view.x(8 * BAR) < roll.view.width // 4
    roll.follow = False
    roll.move_playhead(0)
    assert roll.view.left > 0


def test_scrolling_reaches_behind_the_ghost(roll: Roll) -> None:
    roll.horizontalScrollBar().setValue(roll.horizontalScrollBar().maximum())
    assert roll.view.x(18 * BAR) < roll.view.width


def test_what_is_drawn_follows_a_growing_ghost(roll: Roll) -> None:
    shown = replace(roll.picture, ghost=notes_of([]), new=(0, 4 * BAR))
    roll.show_picture(shown)
    roll.show_pitches()
    before = roll.grab().toImage()
    grown = replace(shown, ghost=notes_of([(480, 960, 64, 100, 0)]))
    roll.show_picture(grown, (480, 960))
    after = roll.grab().toImage()
    assert before != after
    roll.show_picture(grown)
    assert roll.grab().toImage() == after


def test_the_theme_is_followed(roll: Roll) -> None:
    before = roll.grab().toImage()
    palette = roll.palette()
    base, text = palette.base().color(), palette.text().color()
    palette.setColor(palette.ColorRole.Base, text)
    palette.setColor(palette.ColorRole.Text, base)
    roll.setPalette(palette)
    assert roll.grab().toImage() != before
