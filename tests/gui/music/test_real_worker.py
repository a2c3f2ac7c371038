"""An exported file, dropped on a window of its own, with a real worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from seqgen_gui.link.worker import Worker
from seqgen_gui.music.page import MusicPage
from seqgen_gui.music.state import Settings
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.places import Place
from seqgen_gui.shell.window import MainWindow
from tests.gui.music.hands import PIECE
from tests.gui.sound.silent import SilentPlayer
from tests.gui.windows import make_window, shown

PATIENCE = 120_000  # milliseconds: machines may be busy


@pytest.fixture
def worker(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Worker:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    return Worker()


@pytest.fixture
def window(tmp_path: Path, worker: Worker) -> Iterator[MainWindow]:
    def make(context: Context) -> MusicPage:
        player = SilentPlayer()
        page = MusicPage(replace(context, requests=worker), player)
        player.setParent(page)
        return page

    places = (Place("music", "Music", "music", (".mid", ".midi"), make),)
    with shown(make_window(tmp_path, places)) as window:
        yield window
        worker.stop()
        worker.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def drop(window: MainWindow, path: Path) -> None:
    """Drop a file on a window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none
    )
    window.dropEvent(event)


@pytest.mark.parametrize("bar", [None, 6])
def test_a_dropped_file_is_made_again_byte_for_byte(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    bar: int | None,
) -> None:
    page = window.page("music")
    assert isinstance(page, MusicPage)
    file = tmp_path / "exported.mid"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))

    def taken(count: int) -> bool:
        return len(page.flow.state.takes) == count and not page.flow.generator.running

    drop(window, PIECE)
    qtbot.waitUntil(lambda: page.flow.state.piece.path is not None, timeout=PATIENCE)
    page.flow.document.change("Set", settings=Settings(bars=2, temperature=0.9, top_p=0.95))
    page.flow.choose_bar(bar)
    page.actions_.generate.trigger()
    qtbot.waitUntil(lambda: taken(1), timeout=PATIENCE)
    page.actions_.accept.trigger()
    with qtbot.waitSignal(page.exports.done, timeout=PATIENCE):
        page.exports.ask("whole", page.player.how)
    page.flow.begin_anew()
    page.flow.document.change("Set", settings=Settings())
    drop(window, file)
    qtbot.waitUntil(lambda: page.flow.state.ghost is not None, timeout=PATIENCE)
    state = page.flow.state
    assert (state.settings.temperature, state.settings.bars, state.settings.locked) == (
        0.9,
        2,
        True,
    )
    assert page.flow.picture.sheet.next_bar == state.takes[0].at_bar == (bar or 33)
    page.actions_.generate.trigger()
    qtbot.waitUntil(lambda: taken(2), timeout=PATIENCE)
    assert Path(page.flow.state.takes[1].path).read_bytes() == file.read_bytes()
