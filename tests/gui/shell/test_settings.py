from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from seqgen_gui.shell.recent import MOST, Recent
from seqgen_gui.shell.settings import Settings, settings_file


def test_what_is_set_is_there_the_next_time(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "gui.ini")
    assert (settings.theme, settings.scale, settings.sound_font) == ("system", 0, "")
    settings.theme, settings.scale = "dark", 150
    settings.sound_font, settings.audio_device = "/a, b/ü.sf2", "Speakers"
    settings.keep("music/model", "pop")
    settings.keep_state("window", QByteArray(b"\x00\x01"))
    settings.keep_texts("recent", ["/a, b"])
    settings.keep_folder("open", Path("/songs/a.mid"))
    settings.sync()
    again = Settings(tmp_path / "gui.ini")
    assert (again.theme, again.scale) == ("dark", 150)
    assert (again.sound_font, again.audio_device) == ("/a, b/ü.sf2", "Speakers")
    assert again.value("music/model") == "pop"
    assert again.state("window") == QByteArray(b"\x00\x01")
    assert again.texts("recent") == ["/a, b"]
    assert again.folder("open") == "/songs"


def test_nonsense_in_the_file_is_the_default(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "gui.ini"
    file.write_text("[General]\ntheme=purple\nscale=1e9\naudio_device=a, b\n[state]\nwindow=x\n")
    settings = Settings(file)
    assert (settings.theme, settings.scale, settings.audio_device) == ("system", 0, "")
    assert settings.state("window").isEmpty()
    assert settings.texts("recent") == []


def test_a_change_is_told_by_its_name_and_no_change_is_not(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "gui.ini")
    told: list[str] = []
    settings.changed.connect(told.append)
    settings.theme = "dark"
    settings.theme = "dark"
    settings.sound_font = "a.sf2"
    assert told == ["theme", "sound_font"]


def test_the_file_is_among_the_users_settings() -> None:
    assert settings_file().name == "gui.ini"
    assert settings_file().parent.name == "seqgen"


def test_a_splitter_has_the_sizes_it_had(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "gui.ini")
    sizes: list[list[int]] = []
    for _ in range(2):
        splitter = QSplitter(Qt.Orientation.Horizontal)
        qtbot.addWidget(splitter)
        for _ in range(2):
            part = QWidget()
            part.setMinimumWidth(10)
            splitter.addWidget(part)
        splitter.resize(400, 50)
        splitter.show()
        settings.keep_splitter(splitter, "music")
        if not sizes:
            splitter.moveSplitter(100, 1)
        sizes.append(splitter.sizes())
    assert sizes[0] == sizes[1]
    assert sizes[0][0] == 100


def test_recent_files_are_the_newest_once_each(qtbot: QtBot, tmp_path: Path) -> None:
    recent = Recent(Settings(tmp_path / "gui.ini"))
    for number in (*range(MOST + 2), 5):
        recent.add(Path(f"/songs/{number}.mid"))
    assert len(recent.paths) == MOST
    assert recent.paths[:2] == [Path("/songs/5.mid"), Path(f"/songs/{MOST + 1}.mid")]
    recent.remove(Path("/songs/5.mid"))
    assert Path("/songs/5.mid") not in recent.paths
    recent.clear()
    assert recent.paths == []
