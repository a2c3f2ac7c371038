from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from seqgen.config import Train
from seqgen.errors import InputFileError
from seqgen.marks import Mark, mark_of
from seqgen.run_notes import NOTE, Note, noted, runs_folder
from seqgen_gui.train.adopting import runs_in
from seqgen_gui.train.page import TrainPage
from seqgen_gui.train.run import RECIPE, Run, State
from seqgen_gui.train.runs import Runs
from tests.gui.train.conftest import Open
from tests.gui.train.made import fake_runs, made_run, report, write_metrics


def begun_elsewhere(folder: Path, mark: Mark | None = None, **changes: object) -> Path:
    """The folder of a run as the command line leaves it, trained by the process ``mark``."""
    folder.mkdir(parents=True)
    recipe = {"name": "pop", "frontend": "music", "trainer": {"updates": 5}}
    (folder / RECIPE).write_text(json.dumps(recipe))
    if mark is not None:
        request = Train(frontend="music", data=("/my/midi",), out=str(folder), minutes=20)
        note = Note(request=request, mark=mark, begun=5.0)
        told = msgspec.json.encode(msgspec.structs.replace(note, **changes))
        (folder / NOTE).write_bytes(told)
    write_metrics(folder, *[report(n) for n in range(1, 4)])
    return folder


@pytest.fixture
def sleeper() -> Iterator[Mark]:
    """A process that stands for a training on the command line."""
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); print(flush=True); input()"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        yield mark_of(child.pid)
        child.kill()


def drop(page: TrainPage, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(1, 1), action, mime, button, none))


def test_a_run_of_the_command_line_is_followed_live_and_found_again(
    opened: Open, tmp_path: Path, sleeper: Mark
) -> None:
    folder = begun_elsewhere(tmp_path / "my-runs" / "x", sleeper)
    page = opened().page
    drop(page, folder)
    run = page.current
    assert run is not None
    assert run.standing().state is State.RUNNING
    assert (run.record.title, run.record.asked.recipe) == ("x", "pop")
    assert page.view.state.text().startswith("Music, recipe pop. Running: update 3,")
    write_metrics(folder, report(4))
    page._look()
    assert "update 4," in page.view.state.text()
    again = opened().page
    assert again.current is not None
    assert again.current.folder == folder


def test_a_run_of_the_command_line_is_paused_and_gone_on_with_by_what_it_noted(
    tmp_path: Path, sleeper: Mark
) -> None:
    folder = begun_elsewhere(tmp_path / "x", sleeper)
    runs = fake_runs(tmp_path / "runs")
    run = runs.adopt(folder)
    runs.pause(run)
    assert run.standing().state is State.PAUSING
    runs.end(run)
    while (standing := run.standing()).state is State.PAUSING:
        pass
    assert standing.state is State.PAUSED
    runs.resume(run)
    try:
        while not run.training:
            assert run.running
        told = json.loads((folder / "arguments.json").read_text())
        assert told[2:4] == ["music", "/my/midi"]
        assert told[told.index("--minutes") + 1] == "20"
        assert "--resume" in told
    finally:
        runs.end(run)
        while run.running:
            pass


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("", State.INTERRUPTED),
        ("paused", State.PAUSED),
        ("stopped", State.STOPPED),
        ("minutes", State.FINISHED),
        ("failed", State.CRASHED),
    ],
)
def test_how_a_run_ended_is_told_from_what_its_process_noted(
    tmp_path: Path, reason: str, state: State
) -> None:
    words = "training diverged" if reason == "failed" else ""
    folder = begun_elsewhere(tmp_path / "x", Mark(1, "long ago"), reason=reason, words=words)
    standing = Runs(tmp_path / "runs").adopt(folder).standing()
    assert standing.state is state
    assert standing.words == (words or reason)


def test_a_process_that_has_the_number_of_an_old_run_is_not_taken_for_it(tmp_path: Path) -> None:
    me = mark_of(os.getpid())
    folder = begun_elsewhere(tmp_path / "x", Mark(me.pid, f"another boot {me.birth}"))
    run = Runs(tmp_path / "runs").adopt(folder)
    assert run.standing().state is State.INTERRUPTED


def test_a_run_without_a_note_is_shown_and_says_why_it_cannot_go_on(
    opened: Open, tmp_path: Path
) -> None:
    page = opened().page
    drop(page, begun_elsewhere(tmp_path / "x"))
    assert page.current is not None
    assert page.current.standing().state is State.INTERRUPTED
    assert "What it learned from is not noted" in page.view.state.text()
    assert not page.view.buttons.can("resume")


def test_an_adopted_run_is_forgotten_and_its_folder_stays(opened: Open, tmp_path: Path) -> None:
    page = opened().page
    folder = begun_elsewhere(tmp_path / "x", Mark(1, "long ago"))
    drop(page, folder)
    assert not page.view.buttons.can("delete")
    page.view.buttons.buttons["forget"].click()
    assert page.current is None
    assert page.list.count() == 0
    assert folder.exists()
    assert Runs(page.runs.folder).all() == []


def test_trainings_on_the_command_line_are_offered_the_newest_first(
    opened: Open, tmp_path: Path
) -> None:
    for name in ("old", "new"):
        folder = begun_elsewhere(tmp_path / name)
        with noted(Train(frontend="music", data=("starter",), out=str(folder))):
            pass
        (folder / NOTE).unlink()  # or the tests would be taken for the training, and ended
    page = opened().page
    menu = page.open_button.choices
    page.open_button.click()
    assert menu.isVisible()
    menu.close()
    texts = [action.text() for action in menu.actions() if action.text().startswith(("n", "o"))]
    assert texts == [f"new  ({tmp_path})", f"old  ({tmp_path})"]
    next(action for action in menu.actions() if action.text() == texts[0]).trigger()
    assert page.current is not None
    assert page.current.folder == tmp_path / "new"
    menu.aboutToShow.emit()
    assert texts[0] not in [action.text() for action in menu.actions()]
    assert runs_folder().exists()


def test_what_is_dropped_is_told_apart(opened: Open, tmp_path: Path) -> None:
    page = opened().page
    music = tmp_path / "music"
    music.mkdir()
    one, two = (begun_elsewhere(tmp_path / "all" / name) for name in ("a", "b"))
    drop(page, music, tmp_path / "all")
    assert page.list.count() == 2
    assert page.form.asked.data == ("starter", str(music))
    assert runs_in(one / RECIPE) == [one]
    assert runs_in(two.parent) == [one, two]
    assert runs_in(music) == runs_in(tmp_path / "gone") == []


def test_a_folder_that_holds_no_run_is_refused_in_one_line(opened: Open, tmp_path: Path) -> None:
    place = opened()
    place.page.open_button.open_folders([tmp_path])
    assert place.notices[0][1].startswith(f"There is no run of a training in {tmp_path}: no such")
    (tmp_path / RECIPE).write_text("{")
    with pytest.raises(InputFileError, match="is damaged"):
        place.page.runs.adopt(tmp_path)


def test_a_run_of_a_window_is_not_adopted(tmp_path: Path) -> None:
    run: Run = made_run(tmp_path / "runs" / "a")
    runs = Runs(tmp_path / "runs")
    assert not runs.adopt(run.folder).adopted
    assert len(runs.all()) == 1
