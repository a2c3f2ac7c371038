"""Alt and a letter mean one thing in each place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from seqgen_gui.shell.context import Context
from seqgen_gui.shell.places import Place, all_places
from seqgen_gui.shell.window import MainWindow
from tests.gui.windows import TextPage, make_window, shown


class Silent:
    """Requests that nobody answers."""

    def send(self, *asked: object) -> Silent:
        return self

    def cancel(self) -> None:
        pass


def unanswered(place: Place) -> Place:
    def make(context: Context) -> QWidget:
        return place.make(replace(context, requests=Silent()))

    return replace(place, make=make)


def texts(window: MainWindow) -> Iterator[str]:
    """The texts with letters of the menu bar and of the page that is shown, all tabs of it."""
    for action in window.menuBar().actions():
        yield action.text()
    page: QWidget = window.page(window.place)
    for button in page.findChildren(QAbstractButton):
        yield button.text()
    for label in page.findChildren(QLabel):
        if label.buddy() is not None:
            yield label.text()
    for tabs in page.findChildren(QTabBar):
        yield from (tabs.tabText(place) for place in range(tabs.count()))


def letters(window: MainWindow) -> Counter[str]:
    found = (QKeySequence.mnemonic(text).toString() for text in texts(window))
    return Counter(keys for keys in found if keys)


@pytest.mark.parametrize("name", [place.name for place in all_places()])
def test_each_letter_is_used_once(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    with shown(make_window(tmp_path, tuple(map(unanswered, all_places())))) as window:
        for place in all_places():
            window.go(place.name)
        window.go(name)
        found = letters(window)
        assert len(found) > 8
        assert [keys for keys, count in found.items() if count > 1] == []


def test_letters_choose_in_an_open_menu_though_the_page_has_them_for_keys(
    window: MainWindow,
) -> None:
    page = window.page("text")
    assert isinstance(page, TextPage)
    pressed: list[str] = []
    window.commands.add("Text", "&Only this", lambda: pressed.append("page"), keys="S", owner=page)
    menu = window.menus.menu("Text")
    menu.addAction("&Same letter", lambda: pressed.append("menu"))
    page.line.setReadOnly(True)
    page.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_S)
    assert pressed == ["page"]
    menu.popup(window.pos())
    QApplication.processEvents()
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_S)
    assert pressed == ["page", "menu"]
