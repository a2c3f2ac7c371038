from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from seqgen.frontends.music.midi.score import read_score
from seqgen_gui.music.page import MusicPage
from seqgen_gui.music.state import Settings
from seqgen_gui.shell.window import MainWindow
from tests.gui.music.desk import Desk
from tests.places import STARTER

PIECE = sorted(STARTER.glob("*.mid"))[4]
Answer = Callable[[str], list[str]]


@pytest.fixture
def drawn(page: MusicPage, desk: Desk) -> MusicPage:
    """A page with a piece and two takes of two bars."""
    page.open_file(PIECE)
    desk.answer()
    page.flow.document.change("Set", settings=Settings(bars=2, count=2))
    page.flow.generate()
    desk.answer()
    return page


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Answer:
    """Answer dialogs with a name in a folder; returns the names they proposed."""

    def answer(name: str) -> list[str]:
        proposed: list[str] = []

        def save(parent: object, title: str, path: str, kinds: str) -> tuple[str, str]:
            proposed.append(Path(path).name)
            return (str(tmp_path / name) if name else "", "")

        def folder(parent: object, title: str, path: str) -> str:
            return str(tmp_path)

        monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
        return proposed

    return answer


def test_the_whole_piece_is_exported_byte_for_byte(
    drawn: MusicPage, desk: Desk, answers: Answer, tmp_path: Path, window: MainWindow
) -> None:
    proposed = answers("out.mid")
    drawn.flow.accept()
    drawn.exports.ask("whole", drawn.player.how)
    desk.answer()
    assert proposed == [f"{PIECE.stem} continued.mid"]
    take = drawn.flow.state.takes[0]
    assert (tmp_path / "out.mid").read_bytes() == Path(take.path).read_bytes()
    assert window.notices.shown[0].text == "Wrote out.mid"


def test_of_a_take_accepted_in_part_only_that_part_is_exported(
    drawn: MusicPage, desk: Desk, answers: Answer, tmp_path: Path
) -> None:
    answers("out")
    drawn.flow.accept_bar()
    drawn.exports.ask("whole", drawn.player.how)
    desk.answer()
    score = read_score((tmp_path / "out.mid").read_bytes())
    sheet = drawn.flow.picture.sheet
    assert len(score.notes) == len(sheet.notes)
    assert score.notes["end"].max() <= sheet.end


def test_only_what_is_new_begins_at_its_first_bar(
    drawn: MusicPage, desk: Desk, answers: Answer, tmp_path: Path
) -> None:
    answers("new.mid")
    drawn.flow.accept()
    drawn.exports.ask("new", drawn.player.how)
    desk.answer()
    score = read_score((tmp_path / "new.mid").read_bytes())
    assert len(score.notes) == drawn.flow.state.takes[0].notes
    assert score.notes["start"].min() == 0


def test_all_takes_become_files_and_none_is_overwritten(
    drawn: MusicPage, desk: Desk, answers: Answer, tmp_path: Path, window: MainWindow
) -> None:
    answers("")
    drawn.exports.takes()
    desk.answer()
    for take in drawn.flow.state.takes:
        path = tmp_path / f"{PIECE.stem} take {take.number}.mid"
        assert path.read_bytes() == Path(take.path).read_bytes()
    drawn.exports.takes()
    desk.answer()
    assert "exists already" in window.notices.shown[0].text


def test_nothing_is_written_when_the_dialog_is_left(
    drawn: MusicPage, desk: Desk, answers: Answer
) -> None:
    answers("")
    drawn.exports.ask("whole", drawn.player.how)
    drawn.exports.ask("take", drawn.player.how, 1)
    assert desk.requests("excerpt_music") == []


def test_the_folder_is_remembered(
    drawn: MusicPage, desk: Desk, answers: Answer, tmp_path: Path, window: MainWindow
) -> None:
    answers("out.mid")
    drawn.exports.ask("take", drawn.player.how, 2)
    assert window.context.settings.folder("export") == str(tmp_path)


def test_sound_is_exported_as_it_is_heard(
    drawn: MusicPage, answers: Answer, tmp_path: Path, qtbot: QtBot
) -> None:
    answers("out.wav")
    drawn.player.set_how(tempo=4.0)
    with qtbot.waitSignal(drawn.exports.done, timeout=60_000):
        drawn.exports.ask("sound", drawn.player.how)
    with wave.open(str(tmp_path / "out.wav")) as file:
        seconds = file.getnframes() / file.getframerate()
    sheet = drawn.flow.picture.sheet
    ghost = drawn.flow.picture.ghost
    whole = sheet.tempos.seconds(max(ghost.ends)) / 4
    assert whole < seconds < whole + 3


def test_a_sound_file_shows_how_far_it_is_and_can_be_given_up(
    drawn: MusicPage, answers: Answer, tmp_path: Path, qtbot: QtBot, window: MainWindow
) -> None:
    answers("out.wav")
    bar = drawn.parts.sound
    assert not bar.isVisible()
    drawn.player.set_how(tempo=0.25)
    drawn.actions_.wav.trigger()
    assert bar.isVisible()
    assert bar.label.text() == "Writing out.wav"
    assert not drawn.actions_.wav.isEnabled()
    qtbot.waitUntil(lambda: bar.bar.value() > 0, timeout=60_000)
    bar.cancel.click()
    assert not bar.isVisible()
    assert drawn.actions_.wav.isEnabled()
    assert list(tmp_path.glob("*.wav*")) == list(tmp_path.glob(".*.part")) == []
    assert window.notices.shown == []


def test_a_sound_file_that_the_soundfont_could_not_play_says_so(
    drawn: MusicPage, answers: Answer, window: MainWindow, qtbot: QtBot
) -> None:
    window.context.settings.sound_font = "/none/a.sf2"
    answers("out.wav")
    drawn.player.set_how(tempo=4.0)
    with qtbot.waitSignal(drawn.exports.done, timeout=60_000) as told:
        drawn.exports.ask("sound", drawn.player.how)
    assert told.args == [
        "Wrote out.wav; the built-in sounds play: the SoundFont /none/a.sf2 is gone"
    ]


def test_the_whole_file_is_dragged_and_of_a_part_a_file_of_its_own(
    drawn: MusicPage, desk: Desk
) -> None:
    drawn.flow.accept_bar()
    assert drawn.exports.dragged() is None
    desk.answer()
    path = drawn.exports.dragged()
    assert path is not None
    notes = len(read_score(path.read_bytes()).notes)
    assert notes == len(drawn.flow.picture.sheet.notes)
    drawn.flow.accept()
    assert drawn.exports.dragged() == Path(drawn.flow.state.takes[0].path)


def test_of_an_empty_sheet_nothing_is_dragged(page: MusicPage) -> None:
    assert page.exports.dragged() is None
