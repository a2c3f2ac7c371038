"""A journey with a real training of seconds and a real worker."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from seqgen_gui.link.worker import Worker
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.places import Place
from seqgen_gui.train.page import TrainPage
from seqgen_gui.train.run import Run, State
from seqgen_gui.train.runs import Runs
from tests.gui.train.made import end
from tests.gui.windows import make_window, shown
from tests.places import ROOT

MIDI = ROOT / "datasets" / "starter" / "midi"
TINY = {
    "network.hidden": "16",
    "network.embed": "8",
    "network.chain": "8",
    "trainer.chunk": "32",
    "trainer.batch": "2",
    "trainer.evaluate_every": "10",
    "trainer.checkpoint_every": "10",
}
PATIENCE = 120_000  # milliseconds: machines may be busy


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with two pieces, and data of their own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    music = tmp_path / "music"
    music.mkdir()
    for piece in sorted(MIDI.iterdir())[:4]:
        (music / piece.name).write_bytes(piece.read_bytes())
    return music


def test_a_training_of_seconds_is_stopped_gone_on_with_sampled_and_kept(
    own: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    worker, runs = Worker(), Runs(tmp_path / "runs")

    def make(context: Context) -> QWidget:
        return TrainPage(replace(context, requests=worker), runs)

    with shown(make_window(tmp_path, (Place("train", "Train", "train", (), make),))) as window:
        page = window.page("train")
        assert isinstance(page, TrainPage)
        try:
            _journey(page, own, qtbot)
        finally:
            for run in runs.all():
                end(run)
            worker.stop()
            worker.deleteLater()


def _journey(page: TrainPage, own: Path, qtbot: QtBot) -> None:
    form, view = page.form, page.view
    qtbot.waitUntil(lambda: bool(form.recipe.recipe), timeout=PATIENCE)
    form.data.remove_button.click()
    form.data.add_paths([own])
    qtbot.waitUntil(lambda: form.view.report is not None, timeout=PATIENCE)
    assert form.view.report is not None
    assert sum(form.view.report.lengths.counts if form.view.report.lengths else []) == 4
    for key, value in TINY.items():
        form.recipe.table.set_value(key, value)
    form.start_button.click()
    qtbot.waitUntil(lambda: page.current is not None, timeout=PATIENCE)
    run = page.current
    assert run is not None
    _wait_for_update(page, run, 20, qtbot)
    view.buttons.buttons["pause"].click()
    qtbot.waitUntil(lambda: run.standing().state is State.PAUSED, timeout=PATIENCE)
    page._look()
    before = page._log(run).train.update[-1]
    view.buttons.buttons["resume"].click()
    _wait_for_update(page, run, before + 10, qtbot)
    updates = list(page._log(run).train.update)
    assert updates == sorted(set(updates))
    view.samples.now_button.click()
    qtbot.waitUntil(lambda: view.samples.play_button.isEnabled(), timeout=PATIENCE)
    view.buttons.buttons["keep"].click()
    kept = Path(os.environ["XDG_DATA_HOME"]) / "seqgen" / "models" / "music notes.safetensors"
    qtbot.waitUntil(kept.exists, timeout=PATIENCE)
    view.buttons.buttons["stop"].click()
    qtbot.waitUntil(lambda: run.standing().state is State.STOPPED, timeout=PATIENCE)
    page._look()
    log = page._log(run)
    assert log.valid.update[-1] == log.train.update[-1]
    assert "Stopped after" in view.state.text()


def _wait_for_update(page: TrainPage, run: Run, update: float, qtbot: QtBot) -> None:
    def there() -> bool:
        page._look()
        standing = run.standing()
        assert standing.state is State.RUNNING, standing
        columns = page._log(run).train
        return len(columns) > 0 and columns.update[-1] >= update and run.has_model

    qtbot.waitUntil(there, timeout=PATIENCE)
