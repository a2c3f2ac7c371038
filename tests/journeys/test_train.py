"""The journey through the place Train."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from seqgen_gui.train import process
from seqgen_gui.train.run import METRICS, Run, State
from seqgen_gui.train.runs import Runs
from tests.journeys.desk import Desk
from tests.journeys.program import FOLDERS
from tests.journeys.waiting import until

UPDATES = 3  # reports in each sitting


@pytest.fixture
def runs(desk: Desk) -> Iterator[Runs]:
    """The runs of the user; none goes on when the journey is over."""
    found = Runs(data(desk) / "runs")
    yield found
    for run in found.all():
        process.kill(run.record.mark)


def test_a_model_is_trained_paused_gone_on_with_kept_and_played_with(
    desk: Desk, runs: Runs
) -> None:
    with desk.program() as started:
        desk.person.choose("ctrl+3")
        desk.photograph("train-1-form")
        run = begin(desk, runs)
        desk.photograph("train-2-running")
        desk.person.command("Pause the run")
        until("a pause", lambda: run.standing().state is State.PAUSED)
        desk.quit(started)
    before = told(run)
    with desk.program() as started:
        go_on(desk, run, before)
        model = keep(desk, run)
        desk.photograph("train-3-kept")
        play_with(desk, model.stem)
        desk.quit(started)


def begin(desk: Desk, runs: Runs) -> Run:
    """Start the training that the form proposes, of a small model, and see it learn."""
    desk.person.press("alt+s")
    desk.person.type("small")
    desk.person.press("ctrl+Return")
    (run,) = until("a run", runs.all)
    until(f"{UPDATES} updates", lambda: told(run) >= UPDATES)
    return run


def go_on(desk: Desk, run: Run, before: int) -> None:
    """Choose the run that is there again, let it learn more, and stop it."""
    desk.person.press("Tab", "Tab", "Down")  # by New training and Open a run into the list
    desk.person.command("Resume the run")
    until("more updates", lambda: told(run) >= before + UPDATES)
    desk.person.command("Stop the run")
    until("the end", lambda: run.standing().state in (State.STOPPED, State.FINISHED))


def keep(desk: Desk, run: Run) -> Path:
    """Keep the best model of the run; returns its file."""
    assert run.has_model
    desk.person.command("Keep the run as a model")
    (model,) = until("a model", lambda: list((data(desk) / "models").glob("*.safetensors")))
    return Path(model)


def play_with(desk: Desk, model: str) -> None:
    """Draw a piece with the model."""
    desk.person.choose("ctrl+1")
    desk.person.press("alt+m")
    desk.person.type(model.split()[0])
    desk.await_change()
    project = desk.home / "own model.seqgen"
    desk.save_as(project)
    desk.person.press("ctrl+Return")
    (take,) = desk.save(project)["music"]["state"]["takes"]
    assert take["request"]["model"] == model
    desk.photograph("train-4-played-with")


def told(run: Run) -> int:
    """How many lines a run told of its updates."""
    file = run.folder / METRICS
    return len(file.read_bytes().splitlines()) if file.exists() else 0


def data(desk: Desk) -> Path:
    """Where the program keeps what is the user's."""
    return desk.home / FOLDERS["XDG_DATA_HOME"] / "seqgen"
