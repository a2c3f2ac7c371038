from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from seqgen import __version__
from seqgen_gui import app
from seqgen_gui.shell.settings import Settings


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """Stand in for the program; the files it is started with."""
    files: list[Path | None] = []
    program = ModuleType("program")
    program.run = lambda file: files.append(file) or 0  # type: ignore[attr-defined,func-returns-value]
    monkeypatch.setitem(sys.modules, "seqgen_gui.shell.program", program)
    return files


def test_the_program_is_started_with_a_file_or_without(run: list[Path | None]) -> None:
    assert app.main([]) == 0
    assert app.main(["song.mid"]) == 0
    assert run == [None, Path("song.mid").absolute()]


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        app.main(["--version"])
    assert capsys.readouterr().out == f"seqgen {__version__}\n"


def test_what_is_missing_is_one_line(
    run: list[Path | None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("seqgen_gui.needs.missing", lambda: "Qt does not load: libEGL.so.1")
    assert app.main([]) == 1
    assert capsys.readouterr().err == "seqgen-gui: error: Qt does not load: libEGL.so.1\n"
    assert run == []


def test_a_size_that_is_preferred_is_that_of_the_next_start(
    run: list[Path | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("QT_SCALE_FACTOR", "1")
    monkeypatch.delenv("QT_SCALE_FACTOR")
    settings = Settings()
    settings.scale = 150
    settings.sync()
    app.main([])
    assert os.environ["QT_SCALE_FACTOR"] == "1.5"


def test_a_desktop_that_cannot_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "applications").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert app.main(["--install-desktop"]) == 5
    assert capsys.readouterr().err.startswith("seqgen-gui: error: cannot make the folder ")
