from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from seqgen.frontends.music.midi.score import read_score
from seqgen_gui.music.export_dialog import KINDS, MusicExport, kinds_of
from seqgen_gui.music.export_preview import ExportPreview
from seqgen_gui.music.page import MusicPage
from seqgen_gui.music.state import Settings
from seqgen_gui.shell.export_dialog import ExportDialog
from seqgen_gui.shell.window import MainWindow
from tests.gui.music.desk import Desk
from tests.gui.music.hands import PIECE, take

NAMES = [kind.name for kind in KINDS]


@pytest.fixture
def drawn(opened: MusicPage, desk: Desk) -> MusicPage:
    """A page with a piece and two takes of two bars, the first of them accepted."""
    take(opened, desk, count=2)
    opened.flow.accept()
    desk.answer()
    return opened


@pytest.fixture
def export(drawn: MusicPage, window: MainWindow, desk: Desk) -> MusicExport:
    export = MusicExport(drawn, window.context.settings, drawn.flow, drawn.exports)
    desk.answer()
    return export


def dialog_of(page: MusicPage) -> ExportDialog:
    page.actions_.export.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    return dialog


def names(page: MusicPage) -> list[str]:
    return [kind.name for kind in kinds_of(page.flow.state, page.flow.picture)]


def test_there_is_offered_what_there_is(page: MusicPage, desk: Desk) -> None:
    assert names(page) == []
    assert not page.actions_.export.isEnabled()
    page.open_file(PIECE)
    desk.answer()
    assert names(page) == ["whole", "sound"]
    page.flow.document.change("Set", settings=Settings(bars=1))
    page.flow.generate()
    assert not page.actions_.export.isEnabled()
    desk.answer()
    assert names(page) == ["whole", "take", "tracks", "sound"]
    page.flow.accept()
    assert names(page) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_preview_tells_bars_tracks_and_length(
    export: MusicExport, drawn: MusicPage, name: str
) -> None:
    export.dialog.choose(name)
    before, parts = 32, len(read_score(PIECE.read_bytes()).tracks) - 1
    bars = 2 if name == "new" else before + 2
    caption = export.caption.text()
    tracks = {"new": 1, "tracks": parts + 2}.get(name, parts)
    assert caption.startswith(f"{bars} bars, {tracks} track")
    assert caption.endswith(" min")
    assert export.preview.accessibleDescription() == caption


def test_a_take_is_chosen_where_one_is_exported(export: MusicExport) -> None:
    export.dialog.show()
    for name in NAMES:
        export.dialog.choose(name)
        assert export.takes.isVisible() == (name == "take")
    assert export.take == 2
    export.takes.setCurrentIndex(0)
    assert export.take == 1
    export.dialog.close()


def test_the_preview_is_painted_in_any_theme(export: MusicExport, drawn: MusicPage) -> None:
    export.dialog.choose("tracks")
    picture = export.preview.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    }
    assert len(colours) > 6


def test_without_a_file_that_is_read_the_preview_is_empty(qapp: object) -> None:
    preview = ExportPreview()
    preview.show_exported(None)
    assert not QPixmap(preview.grab()).isNull()
    assert preview.accessibleDescription() == ""


@pytest.mark.parametrize("name", ["whole", "new", "take", "tracks"])
def test_what_is_chosen_is_written(
    drawn: MusicPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    proposed: list[str] = []

    def save(parent: object, title: str, path: str, kinds: str) -> tuple[str, str]:
        proposed.append(Path(path).name)
        return str(tmp_path / "out"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    dialog = dialog_of(drawn)
    desk.answer()
    dialog.choose(name)
    QTest.keyClick(dialog.kinds, Qt.Key.Key_Return)
    desk.answer()
    more = {"whole": "continued", "new": "new", "take": "take 2", "tracks": "takes"}[name]
    assert proposed == [f"{PIECE.stem} {more}.mid"]
    score = read_score((tmp_path / "out.mid").read_bytes())
    piece, both = len(read_score(PIECE.read_bytes()).notes), drawn.flow.state.takes
    new = [one.notes for one in both]
    expected = {
        "whole": piece + new[0],
        "new": new[0],
        "take": piece + new[1],
        "tracks": piece + sum(new),
    }
    assert len(score.notes) == expected[name]
    if name == "tracks":
        titles = [track.name.split(":")[0] for track in score.tracks if "Take" in track.name]
        assert titles == ["Take 1", "Take 2"]


def test_escape_leaves_the_dialog_and_writes_nothing(drawn: MusicPage, desk: Desk) -> None:
    dialog = dialog_of(drawn)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert desk.requests("excerpt_music") == []


def test_takes_of_another_place_do_not_stand_beside(drawn: MusicPage, desk: Desk) -> None:
    take(drawn, desk, count=1)
    assert [one.number for one in drawn.flow.state.beside] == [3]
    drawn.flow.show_take(1)
    assert [one.number for one in drawn.flow.state.beside] == [1, 2]


def test_more_takes_than_sheets_are_kept_are_each_read_once(
    opened: MusicPage, window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seqgen_gui.music.sheets.MOST", 4)
    take(opened, desk, count=8)
    export = MusicExport(opened, window.context.settings, opened.flow, opened.exports)
    export.dialog.choose("tracks")
    for _ in range(30):
        if desk.waiting:
            desk.answer_one()
    assert desk.waiting == []
    assert export.caption.text() == "34 bars, 11 tracks, 396 notes, 0:54 min"
