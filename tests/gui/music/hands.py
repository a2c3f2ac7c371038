"""What the tests of the page do with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from seqgen_gui.music.page import MusicPage
from seqgen_gui.music.state import Settings
from seqgen_gui.shell.window import MainWindow
from tests.gui.music.desk import Desk
from tests.gui.sound.silent import SilentPlayer
from tests.places import STARTER

PIECE = sorted(STARTER.glob("*.mid"))[4]


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, held)


def take(page: MusicPage, desk: Desk, count: int = 1, bars: int = 2) -> None:
    """Draw takes by the key."""
    settings = Settings(count=count, bars=bars)
    page.flow.document.change("Set", settings=settings)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.answer()
    QApplication.processEvents()  # new cards are shown by the next event


def player_of(page: MusicPage) -> SilentPlayer:
    assert isinstance(page.player, SilentPlayer)
    return page.player


def said(window: MainWindow) -> list[str]:
    return [notice.text for notice in window.notices.shown]
