from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from seqgen_gui.live.record_dialog import RecordDialog
from seqgen_gui.live.take import LiveTake
from seqgen_gui.shell.settings import Settings
from seqgen_gui.sound.score import Equipment
from tests.gui.live.rig import KEYS, Rig

PATIENCE = 20_000  # milliseconds that a busy machine may take


@pytest.fixture
def settings(qtbot: QtBot, tmp_path: Path) -> Settings:
    return Settings(tmp_path / "gui.ini")


@pytest.fixture
def dialog(qtbot: QtBot, settings: Settings) -> Iterator[RecordDialog]:
    home = QWidget()
    qtbot.addWidget(home)
    dialog = RecordDialog(settings, home)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    yield dialog
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def ready(qtbot: QtBot, dialog: RecordDialog) -> None:
    qtbot.waitUntil(lambda: dialog.keyboard.currentData() == KEYS, timeout=PATIENCE)


def test_what_is_played_is_taken_with_its_tempo(
    rig: Rig, qtbot: QtBot, dialog: RecordDialog, settings: Settings
) -> None:
    ready(qtbot, dialog)
    dialog.tempo.setValue(90)
    dialog.count_in.setChecked(False)
    assert dialog.record.hasFocus()
    with qtbot.waitSignal(dialog._job.began, timeout=PATIENCE):
        QTest.keyClick(dialog.record, Qt.Key.Key_Space)
    assert not dialog.tempo.isEnabled()
    rig.press(b"\x90\x3c\x40", b"\x80\x3c\x00", b"\x90\x40\x40")
    qtbot.waitUntil(lambda: dialog._take is not None and dialog._take.count == 2, timeout=PATIENCE)
    assert dialog.count.text().startswith("Bar ")
    with qtbot.waitSignal(dialog.taken, timeout=PATIENCE) as told:
        QTest.keyClick(dialog.record, Qt.Key.Key_Space)
    (take,) = told.args
    assert isinstance(take, LiveTake)
    request = take.request("a.mid")
    assert (request["tempo"], [note[2] for note in request["notes"]]) == (90.0, [60, 64])
    assert not dialog.isVisible()
    assert not dialog._job._process.running
    again = RecordDialog(settings, dialog)
    assert (again.tempo.value(), again.count_in.isChecked()) == (90, False)
    again.close()


def test_a_count_in_without_a_device_shows_the_beats_and_says_that_nothing_is_heard(
    rig: Rig, qtbot: QtBot, dialog: RecordDialog
) -> None:
    dialog._settings.audio_device = "a device that is not there"
    ready(qtbot, dialog)
    dialog.tempo.setValue(30)
    dialog.toggle()
    qtbot.waitUntil(
        lambda: dialog.message.text().startswith("Nothing is heard: "), timeout=PATIENCE
    )
    qtbot.waitUntil(lambda: dialog.count.text().startswith("Count-in: "), timeout=PATIENCE)
    assert dialog.beats.accessibleDescription().startswith("beat ")


def test_a_soundfont_that_is_gone_is_told_where_keys_are_to_be_heard(
    rig: Rig, qtbot: QtBot, dialog: RecordDialog
) -> None:
    dialog._settings.sound_font = "/none/a.sf2"
    ready(qtbot, dialog)
    dialog.count_in.setChecked(False)
    dialog.sounds.setChecked(True)
    told: list[str] = []
    dialog._job.warned.connect(told.append)
    dialog.toggle()
    qtbot.waitUntil(lambda: dialog._job.is_on, timeout=PATIENCE)
    assert told[0] == "the built-in sounds play: the SoundFont /none/a.sf2 is gone"
    assert not dialog.message.text().startswith("Recording")


def test_space_stops_whatever_had_the_focus_when_it_began(
    rig: Rig, qtbot: QtBot, dialog: RecordDialog
) -> None:
    ready(qtbot, dialog)
    dialog.sounds.setFocus()
    dialog.toggle()
    assert dialog.record.hasFocus()


def test_nothing_played_keeps_nothing_and_says_so(
    rig: Rig, qtbot: QtBot, dialog: RecordDialog
) -> None:
    ready(qtbot, dialog)
    dialog.toggle()
    qtbot.waitUntil(lambda: dialog._job.is_on, timeout=PATIENCE)
    dialog.toggle()
    qtbot.waitUntil(lambda: not dialog._job.is_on, timeout=PATIENCE)
    assert dialog.isVisible()
    assert dialog.message.text() == "Nothing was played, so nothing was kept"
    assert dialog.record.text() == "&Record"


def test_a_sound_process_that_dies_keeps_what_was_played(
    rig: Rig, qtbot: QtBot, dialog: RecordDialog
) -> None:
    ready(qtbot, dialog)
    dialog.toggle()
    qtbot.waitUntil(lambda: dialog._job.is_on, timeout=PATIENCE)
    rig.press(b"\x90\x3c\x40")
    qtbot.waitUntil(lambda: dialog._take is not None and dialog._take.count == 1, timeout=PATIENCE)
    with qtbot.waitSignal(dialog.taken, timeout=PATIENCE):
        dialog._job._process.kill()


def test_a_keyboard_that_goes_before_the_recording_is_told(
    rig: Rig, qtbot: QtBot, dialog: RecordDialog
) -> None:
    ready(qtbot, dialog)
    (rig.folder / f"{KEYS}.keys").unlink()
    dialog.toggle()
    qtbot.waitUntil(lambda: "is gone" in dialog.message.text(), timeout=PATIENCE)
    assert dialog.record.text() == "&Record"
    assert dialog.tempo.isEnabled()


def test_without_a_keyboard_it_says_so_and_sees_one_that_comes(
    rig: Rig, qtbot: QtBot, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (rig.folder / f"{KEYS}.keys").unlink()
    monkeypatch.setattr("seqgen_gui.live.record_dialog.AGAIN", 100)
    home = QWidget()
    qtbot.addWidget(home)
    dialog = RecordDialog(settings, home)
    wanted = "No MIDI keyboard is connected, one that you connect now is seen at once"
    qtbot.waitUntil(lambda: dialog.message.text() == wanted, timeout=PATIENCE)
    assert not dialog.record.isEnabled()
    assert dialog.keyboard.currentText() == "There is no keyboard"
    (rig.folder / f"{KEYS}.keys").touch()
    ready(qtbot, dialog)
    assert dialog.record.isEnabled()
    dialog.reject()


def test_keyboards_are_listed_anew_only_where_they_are_others(
    rig: Rig, qtbot: QtBot, dialog: RecordDialog
) -> None:
    ready(qtbot, dialog)
    gone: list[object] = []
    dialog.keyboard.model().rowsRemoved.connect(lambda *rows: gone.append(rows))
    dialog._show_equipment(Equipment(keyboards=(KEYS,)))
    assert gone == []
    dialog._show_equipment(Equipment(keyboards=("Another", KEYS)))
    assert gone
    assert dialog.keyboard.currentData() == KEYS


@pytest.mark.usefixtures("no_rtmidi")
def test_without_the_extra_it_says_how_to_get_it(qtbot: QtBot, dialog: RecordDialog) -> None:
    qtbot.waitUntil(
        lambda: "pip install 'seqgen[live]'" in dialog.message.text(), timeout=PATIENCE
    )
    assert not dialog.record.isEnabled()
