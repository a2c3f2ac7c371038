from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seqgen_gui.project.autosave import Autosave, find_recoveries
from seqgen_gui.project.document import document_bytes
from seqgen_gui.project.project import Project
from tests.gui.project.pages import Page
from tests.places import ROOT
from tests.workers import worker_environment

LEFT_BEHIND = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from PySide6.QtCore import QCoreApplication
from seqgen_gui.project.autosave import Autosave
from seqgen_gui.project.project import Project
from tests.gui.project.pages import Page
app = QCoreApplication([])
project = Project()
page = Page(project)
project.save(Path(sys.argv[2]))
autosave = Autosave(project, Path(sys.argv[1]))
number = 0
while True:
    number += 1
    page.write(f"text {number}" * 1000)
    autosave.keep()
    autosave.wait()
    print(number, flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def autosave(qtbot: QtBot, folder: Path) -> Iterator[tuple[Page, Autosave]]:
    project = Project()
    autosave = Autosave(project, folder)
    yield Page(project), autosave
    autosave.close()


def names(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.glob("*"))


def test_a_project_without_changes_is_not_kept(
    autosave: tuple[Page, Autosave], folder: Path
) -> None:
    autosave[1].keep()
    autosave[1].wait()
    assert not folder.exists()


def test_what_is_kept_is_the_project_and_where_it_belongs(
    autosave: tuple[Page, Autosave], folder: Path, tmp_path: Path
) -> None:
    page, keeper = autosave
    page.project.save(tmp_path / "a.seqgen")
    page.write("text")
    keeper.leave()
    (found,) = find_recoveries(folder)
    assert found.kept.path == str(tmp_path / "a.seqgen")
    assert abs(found.kept.time - time.time()) < 60
    assert document_bytes(found.kept.document) == document_bytes(page.project.snapshot())
    other = Project()
    again = Page(other)
    other.restore(found.kept.document, Path(found.kept.path))
    assert again.part.text == "text"
    assert other.modified
    assert other.path == tmp_path / "a.seqgen"
    found.discard()
    assert names(folder) == []


def test_a_project_is_written_again_only_after_a_change(
    autosave: tuple[Page, Autosave], folder: Path
) -> None:
    page, keeper = autosave
    page.write("one")
    keeper.keep()
    keeper.wait()
    (file,) = folder.glob("*.recovery")
    stamp = file.stat().st_ino
    keeper.keep()
    keeper.wait()
    assert file.stat().st_ino == stamp
    page.write("two")
    keeper.keep()
    keeper.wait()
    assert b"two" in file.read_bytes()


def test_nothing_stays_behind_after_saving_undoing_or_closing(
    autosave: tuple[Page, Autosave], folder: Path, tmp_path: Path
) -> None:
    page, keeper = autosave
    ways: list[Callable[[], None]] = [
        lambda: page.project.save(tmp_path / "a.seqgen"),
        page.project.undo.undo,
        page.project.clear,
        keeper.close,
    ]
    for way in ways:
        page.write("text")
        keeper.keep()
        keeper.wait()
        assert names(folder) == [".lock", ".recovery"]
        way()
        assert names(folder) == []


def test_the_project_of_a_window_that_lives_is_not_offered(
    autosave: tuple[Page, Autosave], folder: Path
) -> None:
    page, keeper = autosave
    page.write("text")
    keeper.keep()
    keeper.wait()
    assert list(find_recoveries(folder)) == []


def test_a_recovery_is_offered_to_one_window_only(
    autosave: tuple[Page, Autosave], folder: Path
) -> None:
    page, keeper = autosave
    page.write("text")
    keeper.leave()
    found = list(find_recoveries(folder))
    assert len(found) == 1
    assert list(find_recoveries(folder)) == []


def test_files_that_are_not_understood_stay(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.recovery").write_bytes(b"{")
    assert list(find_recoveries(folder)) == []
    assert names(folder) == [".recovery"]


def test_what_killed_windows_leave_is_swept_away(
    autosave: tuple[Page, Autosave], folder: Path
) -> None:
    page, keeper = autosave
    page.write("text")
    keeper.keep()
    keeper.wait()
    before = {path.name for path in folder.iterdir()}
    for name in ("empty.lock", "new.lock", ".old.tmp", ".new.tmp"):
        (folder / name).touch()
    for name in ("empty.lock", ".old.tmp"):
        os.utime(folder / name, (0, 0))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (folder / "dead.lock").write_text(f"{dead.pid}\npython\n{socket.gethostname()}\n")
    assert list(find_recoveries(folder)) == []
    assert {path.name for path in folder.iterdir()} == before | {"new.lock", ".new.tmp"}


def test_a_lock_without_a_name_does_not_keep_a_recovery_for_ever(
    autosave: tuple[Page, Autosave], folder: Path
) -> None:
    page, keeper = autosave
    page.write("text")
    keeper.leave()
    (file,) = folder.glob("*.recovery")
    lock = file.with_suffix(".lock")
    lock.touch()
    assert list(find_recoveries(folder)) == []
    os.utime(lock, (0, 0))
    assert len(list(find_recoveries(folder))) == 1


def test_a_folder_that_cannot_be_written_is_told_once(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    project = Project()
    page, keeper = Page(project), Autosave(project, tmp_path / "file" / "folder")
    told: list[str] = []
    keeper.failed.connect(told.append)
    for text in ("one", "two"):
        page.write(text)
        keeper.keep()
        keeper.wait()
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(10)
    assert told == ["the project cannot be kept against a crash: not a directory"]


def test_what_could_not_be_kept_is_tried_again(
    autosave: tuple[Page, Autosave], folder: Path
) -> None:
    page, keeper = autosave
    folder.touch()
    page.write("text")
    keeper.keep()
    keeper.wait()
    folder.unlink()
    keeper.keep()
    keeper.wait()
    assert names(folder) == [".lock", ".recovery"]


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 here")
def test_what_was_kept_survives_a_kill_at_any_moment(tmp_path: Path, folder: Path) -> None:
    saved = tmp_path / "a.seqgen"
    for wait in (0.0, 0.003, 0.011, 0.02):
        process = subprocess.Popen(
            [sys.executable, "-c", LEFT_BEHIND, str(folder), str(saved), str(ROOT)],
            stdout=subprocess.PIPE,
            text=True,
            env=worker_environment(),
        )
        assert process.stdout
        for _ in range(3):
            process.stdout.readline()
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
        lines = ["3", *process.communicate()[0].split()]
        (found,) = find_recoveries(folder)
        text = found.kept.document.parts["text"]["text"]
        assert int(text.split()[1].removesuffix("text")) >= int(lines[-1])
        assert found.kept.path == str(saved)
        Project().open(saved)
        found.discard()
        assert names(folder) in ([], [".tmp"])
        for rest in folder.glob(".*"):
            rest.unlink()
