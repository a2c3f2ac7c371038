from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from seqgen_gui.live.record_dialog import RecordDialog
from seqgen_gui.live.recording import Heard, Recording
from seqgen_gui.live.take import LiveTake
from seqgen_gui.music.page import MusicPage
from seqgen_gui.shell.window import MainWindow
from tests.gui.music.desk import Desk
from tests.gui.music.hands import player_of, press, said

_KEYS = ((0.0, 0, 60, 90), (1.0, 0, 60, 0), (1.0, 0, 64, 90))


def played(tempo: float = 120.0) -> LiveTake:
    take = LiveTake(Recording(port="k", tempo=tempo, count_in=False, clicks=False))
    take.hear(Heard(beat=3, now=2.0, keys=_KEYS))
    return take


def test_a_recording_becomes_the_piece_and_undo_brings_the_old_one_back(
    opened: MusicPage, desk: Desk, window: MainWindow
) -> None:
    before = opened.flow.state.piece
    opened.recordings.keep(played())
    desk.answer()
    sheet = opened.flow.picture.sheet
    assert opened.exports.title() == "Recording 1"
    assert [row[2] for row in sheet.notes.rows()] == [60, 64]
    assert sheet.tempos.seconds(sheet.notes.starts[1]) == 1.0
    assert sheet.report is not None
    assert sheet.report.warnings == []
    part = opened.flow.part()
    assert any(name.endswith("Recording 1.mid") for name in part.files)
    window.project.undo.undo()
    assert opened.flow.state.piece == before


def test_a_second_recording_has_a_name_of_its_own(page: MusicPage, desk: Desk) -> None:
    for number in (1, 2):
        page.recordings.keep(played())
        desk.answer()
        assert page.exports.title() == f"Recording {number}"


def test_a_recording_that_cannot_be_written_is_told(
    window: MainWindow, page: MusicPage, desk: Desk
) -> None:
    page.recordings.keep(played(tempo=0.5))
    desk.answer()
    assert said(window) == ["Tempo 0.5 is out of range, allowed: 4 to 1000"]
    assert page.flow.state.piece.path is None


def test_a_recording_that_could_not_be_written_can_be_tried_again(
    window: MainWindow, page: MusicPage, desk: Desk
) -> None:
    page.recordings.keep(played())
    desk.waiting.pop().on_error("no space left on device")
    (notice,) = window.notices.shown
    (again,) = (b for b in notice.findChildren(QPushButton) if b.text() == "Try again")
    again.click()
    desk.answer()
    assert [row[2] for row in page.flow.picture.sheet.notes.rows()] == [60, 64]


def test_the_empty_page_offers_to_record(page: MusicPage) -> None:
    texts = [button.text() for button in page.parts.stack.findChildren(QPushButton)]
    assert "Record from a ke&yboard…" in texts
    page.actions_.record.trigger()
    (dialog,) = page.findChildren(RecordDialog)
    dialog.reject()


def test_another_output_stops_what_plays(opened: MusicPage) -> None:
    press(Qt.Key.Key_Space)
    assert not player_of(opened).wishes[-1].pause
    opened.parts.transport.output.chosen.emit("A synth")
    assert player_of(opened).wishes[-1].pause
    assert not opened.player.is_playing
