"""The program as a whole, in this process and in one of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from seqgen.config import Progress
from seqgen_gui.link.worker import State
from seqgen_gui.project.autosave import Autosave, find_recoveries
from seqgen_gui.project.document import SUFFIX
from seqgen_gui.project.project import Project
from seqgen_gui.shell import program as module
from seqgen_gui.shell.program import Program, recovery_folder
from seqgen_gui.shell.status import tell_of_bugs
from tests.gui.project.pages import Page, TextPart
from tests.gui.windows import PLACES
from tests.places import ROOT
from tests.workers import worker_environment

OWN = """
import sys
import time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from seqgen_gui.link.worker import State
from seqgen_gui.shell import program as module
sys.path.insert(0, sys.argv[1])
from tests.gui.windows import PLACES, TextPage
module.all_places = lambda: list(PLACES)
app = QApplication([])
program = module.Program(app)
module.Signals(program)
page = program.window.page("text")
def edit():
    page.line.setText("not saved")
    page.line.textEdited.emit("")
def ready(state):
    if state is State.READY:
        edit()
        program.autosave.keep()
        program.autosave.wait()
        print("ready", program.worker.pid, flush=True)
program.worker.state_changed.connect(ready)
program.window.show()
sys.exit(app.exec())
"""


@pytest.fixture
def start(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Program]]:
    monkeypatch.setattr(module, "all_places", lambda: list(PLACES))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    started: list[Program] = []

    def make(file: Path | None = None) -> Program:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        with qtbot.captureExceptions():  # the program takes the hook over; pytest-qt gives it back
            started.append(Program(app, file))
            with qtbot.waitSignal(started[-1].window.painted):
                started[-1].window.show()
            qtbot.wait(1)
        return started[-1]

    yield make
    for program in started:
        program.project.clear()
        program.window.close()
        program.window.deleteLater()
        program.theme.deleteLater()
        program.deleteLater()
    QApplication.processEvents()


def test_the_window_is_painted_before_the_worker_is_ready(
    qtbot: QtBot, start: Callable[..., Program]
) -> None:
    program = start()
    states = [program.worker.state]
    results: list[object] = []
    nothing: Callable[[Progress], None] = lambda _: None  # noqa: E731
    program.window.context.requests.send("datasets", {}, nothing, results.append, print)
    qtbot.waitUntil(lambda: bool(results), timeout=20_000)
    states.append(program.worker.state)
    assert states == [State.STARTING, State.READY]
    pid = program.worker.pid
    program.window.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_file_of_the_command_line_is_opened(
    qtbot: QtBot, start: Callable[..., Program], tmp_path: Path
) -> None:
    project = Project()
    page = Page(project)
    page.show(TextPart(text="Dear Anna"))
    project.save(tmp_path / f"letter{SUFFIX}")
    program = start(tmp_path / f"letter{SUFFIX}")
    assert program.project.title == "letter"
    part = program.project.snapshot().parts["text"]
    assert msgspec.to_builtins(part)["text"] == "Dear Anna"


def button(program: Program, text: str) -> QPushButton:
    buttons = program.window.notices.findChildren(QPushButton)
    return next(one for one in buttons if one.text() == text)


def leave_behind(path: Path | None = None) -> None:
    """What a window leaves that ended in the middle of work."""
    project = Project()
    page = Page(project)
    if path is not None:
        project.save(path)
    page.write("not saved")
    Autosave(project, recovery_folder()).leave()


def test_what_was_not_saved_is_offered_and_recovered(
    qtbot: QtBot, start: Callable[..., Program], tmp_path: Path
) -> None:
    leave_behind(tmp_path / f"letter{SUFFIX}")
    program = start()
    (notice,) = program.window.notices.shown
    assert notice.text.startswith("“letter” was not saved when seqgen last ended.")
    button(program, "Recover").click()
    assert program.project.title == "letter"
    assert program.project.modified
    part = program.project.snapshot().parts["text"]
    assert msgspec.to_builtins(part)["text"] == "not saved"
    assert len(list(recovery_folder().glob("*.recovery"))) == 1  # its own by now
    assert program.window.files.save()
    assert list(recovery_folder().glob("*")) == []


def test_what_was_not_saved_can_be_deleted(qtbot: QtBot, start: Callable[..., Program]) -> None:
    leave_behind()
    program = start()
    assert program.window.notices.shown[0].text.startswith("“Untitled” was not saved")
    button(program, "Delete").click()
    assert list(recovery_folder().glob("*")) == []
    assert not program.project.modified


def test_an_offer_that_is_put_aside_is_made_again(
    qtbot: QtBot, start: Callable[..., Program]
) -> None:
    leave_behind()
    program = start()
    program.window.notices.shown[0].close_notice()
    assert len(list(recovery_folder().glob("*.recovery"))) == 1


def test_an_exception_in_a_slot_is_told(
    qtbot: QtBot, start: Callable[..., Program], capsys: pytest.CaptureFixture[str]
) -> None:
    program = start()
    tell_of_bugs(program.window.notices)
    try:
        raise RuntimeError("a bug in a page")
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    text = program.window.notices.shown[0].text
    assert text == "Something went wrong here: RuntimeError: a bug in a page. Please report it."
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals here")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"])
def test_what_is_not_saved_outlives_a_signal(tmp_path: Path, name: str) -> None:
    number = getattr(signal, name)
    environment = worker_environment() | {"QT_QPA_PLATFORM": "offscreen"}
    environment |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(tmp_path))
    process = subprocess.Popen(
        [sys.executable, "-c", OWN, str(ROOT)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout
    _, pid = process.stdout.readline().split()
    process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode == (0 if name != "SIGKILL" else -number)
    (found,) = find_recoveries(tmp_path / "seqgen" / "recovery")
    assert found.kept.document.parts["text"]["text"] == "not saved"
    assert gone(int(pid))


def gone(pid: int) -> bool:
    """Whether a process ends by itself within a while."""

    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
