"""``seqgen gui`` starts a program of its own, and says what it lacks."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seqgen.cli import gui
from tests.cli.conftest import Told


def test_the_desktop_is_installed_without_a_display(
    process: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    told = process("gui", "--install-desktop")
    assert (told.returncode, told.stderr) == (0, "")
    assert {Path(line) for line in told.stdout.splitlines()} == {
        path for path in tmp_path.rglob("*") if path.is_file()
    }


@pytest.mark.skipif(sys.platform != "linux", reason="X and Wayland are Linux'")
def test_a_machine_without_a_display_is_told_in_one_line(
    process: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    told = process("gui")
    assert told.returncode == 1
    assert told.stderr == (
        "seqgen-gui: error: there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set\n"
    )


def test_a_machine_without_pyside_is_told_in_one_line(
    process: Callable[..., Any], tmp_path: Path
) -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None; "
        "from seqgen_gui.app import main; sys.exit(main([]))"
    )
    told = process(code=code)
    assert told.returncode == 1
    assert told.stderr == (
        "seqgen-gui: error: the desktop app needs PySide6: pip install PySide6-Essentials\n"
    )


@pytest.mark.skipif(not hasattr(os, "kill"), reason="no signals here")
def test_an_app_that_is_killed_is_told(
    seqgen: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    monkeypatch.setattr(gui, "COMMAND", (sys.executable, "-c", code))
    told = seqgen("gui")
    assert told.status == 1
    assert told.err == (
        "seqgen: error: the desktop app was ended by SIGKILL; "
        "what was not saved is offered again\n"
    )


def test_the_file_and_the_status_are_passed_on(
    seqgen: Callable[..., Told], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = f"import sys; open({str(tmp_path / 'told')!r}, 'w').write(sys.argv[-1]); sys.exit(3)"
    monkeypatch.setattr(gui, "COMMAND", (sys.executable, "-c", code))
    assert seqgen("gui", "a song.mid").status == 3
    assert (tmp_path / "told").read_text() == "a song.mid"
