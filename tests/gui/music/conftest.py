"""The page in a window, a worker and a sound process that the test plays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seqgen_gui.music.flow import Flow
from seqgen_gui.music.page import MusicPage
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.places import Place
from seqgen_gui.shell.window import MainWindow
from tests.gui.music.desk import Desk
from tests.gui.music.hands import PIECE
from tests.gui.sound.silent import SilentPlayer
from tests.gui.windows import make_window, shown


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, desk: Desk) -> Iterator[MainWindow]:
    def make(context: Context) -> MusicPage:
        player = SilentPlayer()
        page = MusicPage(replace(context, requests=desk), player)
        player.setParent(page)
        return page

    places = (Place("music", "Music", "music", (".mid", ".midi", ".rmi"), make),)
    with shown(make_window(tmp_path, places)) as window:
        desk.answer()
        yield window
    # else windows gather, and each change of the theme dresses all of them
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(window: MainWindow) -> MusicPage:
    page = window.page("music")
    assert isinstance(page, MusicPage)
    return page


@pytest.fixture
def opened(page: MusicPage, desk: Desk) -> MusicPage:
    """The page with a piece, the focus in the roll."""
    page.open_file(PIECE)
    desk.answer()
    page.roll.setFocus()
    return page


@pytest.fixture
def stack(qtbot: QtBot) -> QUndoStack:
    return QUndoStack()


@pytest.fixture
def flow(desk: Desk, stack: QUndoStack) -> Flow:
    flow = Flow(desk, stack)
    flow.open(str(PIECE))
    desk.answer()
    return flow
