from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from seqgen.api.models import NAME
from seqgen.reports import ModelEntry, Models
from seqgen_gui.train.deeds import free_name
from seqgen_gui.train.run import BEST, State
from tests.gui.train.conftest import Open
from tests.gui.train.made import made_run
from tests.gui.train.test_page import WAIT, look, start, state


def test_the_best_model_is_kept_by_one_click_under_a_name_that_is_free(
    opened: Open, tmp_path: Path
) -> None:
    run = made_run(tmp_path / "runs" / "a", title="starter, notes")
    (run.folder / BEST).touch()
    place = opened()
    place.page.list.setCurrentRow(0)
    place.page.view.buttons.buttons["keep"].click()
    mine = ModelEntry(name="Starter notes", path="", size=0, frontend="music")
    told = Models(models=[mine], folder="")
    place.worker.last("models").on_result(msgspec.to_builtins(told))
    sent = place.worker.last("keep_model")
    assert sent.request == {"run": str(run.folder), "name": "starter notes 2"}
    sent.on_result({})
    assert place.notices[0][0] == "good"
    assert place.notices[0][1].startswith("Kept among your models as starter notes 2,")


def test_a_name_for_the_model_can_be_asked_for_and_one_that_is_taken_is_asked_for_again(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = made_run(tmp_path / "runs" / "a")
    (run.folder / BEST).touch()
    place = opened()
    place.page.list.setCurrentRow(0)
    proposed: list[str] = []

    def ask(*_: object, text: str) -> tuple[str, bool]:
        proposed.append(text)
        return "mine", True

    monkeypatch.setattr(QInputDialog, "getText", ask)
    place.page.keep_as_action.trigger()
    sent = place.worker.last("keep_model")
    assert sent.request == {"run": str(run.folder), "name": "mine"}
    sent.on_error("a model is called 'mine' already, choose another name")
    assert place.notices[0][0] == "error"
    notice = place.page._context.notices.shown[0]
    button = next(
        b for b in notice.findChildren(type(place.page.new_button)) if "name" in b.text()
    )
    button.click()
    assert proposed == ["Waltzes", "mine"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("starter, notes", "starter notes"),
        ("../up/x", "up x"),
        ("-", "My model"),
        ("Für Elise.", "Für Elise"),
        ("w" * 90, "w" * 56),
    ],
)
def test_the_name_of_a_model_is_one_that_files_may_have(title: str, name: str) -> None:
    assert free_name(title, set()) == name
    assert re.fullmatch(NAME, name)


def test_a_run_is_deleted_only_when_that_is_said(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = made_run(tmp_path / "runs" / "a")
    place = opened()
    place.page.list.setCurrentRow(0)
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    place.page.view.buttons.buttons["delete"].click()
    assert run.folder.exists()
    place.page.view.buttons.buttons["delete"].click()
    assert not run.folder.exists()
    assert place.page.list.count() == 0
    assert place.page.current is None


def test_a_run_whose_time_was_over_is_trained_longer(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = opened("finish")
    start(place, qtbot)
    qtbot.waitUntil(lambda: state(place) is State.FINISHED, timeout=WAIT)
    look(place)
    buttons = place.page.view.buttons
    assert buttons.can("longer")
    assert not buttons.can("resume")
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (15, True))
    buttons.buttons["longer"].click()
    run = place.page.current
    assert run is not None
    assert run.record.asked.minutes == 45.0
    qtbot.waitUntil(lambda: state(place) is State.FINISHED, timeout=WAIT)
    told = json.loads((run.folder / "arguments.json").read_text())
    assert told[told.index("--minutes") + 1] == "45"
    assert "--resume" in told
