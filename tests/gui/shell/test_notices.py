from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from seqgen_gui.shell import notices as module
from seqgen_gui.shell.notices import MOST, Notice
from seqgen_gui.shell.window import MainWindow


def button(notice: Notice, text: str) -> QPushButton:
    return next(one for one in notice.findChildren(QPushButton) if one.text() == text)


def test_the_newest_notice_is_first_and_the_oldest_goes(window: MainWindow) -> None:
    for number in range(MOST + 2):
        window.notices.info(f"news {number}")
    assert [notice.text for notice in window.notices.shown] == ["News 4", "News 3", "News 2"]
    QApplication.processEvents()
    assert all(notice.isVisible() for notice in window.notices.shown)


def test_a_notice_with_a_choice_outlives_those_without(window: MainWindow) -> None:
    offers = [("Recover", lambda: None)]
    window.notices.warn("lost", offers)
    for number in range(MOST + 2):
        window.notices.info(f"news {number}")
    assert [notice.text for notice in window.notices.shown] == ["News 4", "News 3", "Lost"]
    for number in range(MOST):
        window.notices.warn(f"lost {number}", offers)
    assert [notice.text for notice in window.notices.shown] == ["Lost 2", "Lost 1", "Lost 0"]
    window.notices.info("news")
    assert [notice.text for notice in window.notices.shown] == ["News", "Lost 2", "Lost 1"]


def test_a_key_leads_to_the_newest_notice(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F6)
    window.notices.warn("lost", [("Recover", lambda: None), ("Delete", lambda: None)])
    QTest.keyClick(window, Qt.Key.Key_F6)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Recover"
    window.notices.info("news")
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.notices.shown[0].closer


def test_the_same_news_is_told_once(window: MainWindow) -> None:
    for _ in range(3):
        window.notices.error("no such file: a.mid")
    assert [notice.text for notice in window.notices.shown] == ["No such file: a.mid"]


def test_a_choice_is_made_once(window: MainWindow) -> None:
    chosen: list[str] = []
    notice = window.notices.warn("lost", [("Recover", lambda: chosen.append("recover"))])
    button(notice, "Recover").click()
    assert chosen == ["recover"]
    assert window.notices.shown == []


def test_details_can_be_copied(window: MainWindow) -> None:
    notice = window.notices.error("a bug", details="Traceback ...")
    button(notice, "Copy details").click()
    assert QGuiApplication.clipboard().text() == "Traceback ..."


def test_a_notice_is_closed_by_its_button_and_named_for_screen_readers(
    window: MainWindow,
) -> None:
    notice = window.notices.warn("the disk is full")
    assert notice.accessibleName() == "warning: The disk is full"
    assert notice.closer.accessibleName() == "Close this notice"
    notice.closer.click()
    assert window.notices.shown == []


def test_good_news_passes(qtbot: QtBot, window: MainWindow) -> None:
    passing, module.PASSING = module.PASSING, 10
    try:
        window.notices.good("saved")
        window.notices.info("stays")
        qtbot.waitUntil(lambda: len(window.notices.shown) == 1)
        assert window.notices.shown[0].text == "Stays"
    finally:
        module.PASSING = passing


def test_a_text_is_shown_as_it_is(window: MainWindow) -> None:
    notice = window.notices.error("<b>bold</b> is no model")
    assert notice.text == "<b>bold</b> is no model"
    assert "<b>" in notice.accessibleName()
