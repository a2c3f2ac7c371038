from __future__ import annotations

import math
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from seqgen.reports import RecipeEntry
from seqgen_gui.train import process
from seqgen_gui.train.run import State
from tests.gui.train.conftest import Open, Opened
from tests.gui.train.made import made_run, report, write_metrics

WAIT = 20_000  # milliseconds: machines may be busy
RECIPES = [
    RecipeEntry(
        name=name,
        frontend=art,
        description=f"The recipe {name}",
        licence="",
        default=name != "chorale",
        entries={"trainer.batch": 8, "network.hidden": 256, "trainer.clip": 1.0},
    )
    for art, name in (("music", "notes"), ("music", "chorale"), ("handwriting", "lines"))
]


def offer(opened: Opened) -> None:
    told = {"recipes": [msgspec.to_builtins(recipe) for recipe in RECIPES]}
    opened.worker.last("recipes").on_result(told)


def state(opened: Opened) -> State:
    run = opened.page.current
    assert run is not None
    return run.standing().state


def look(opened: Opened) -> None:
    opened.page._look()


def start(opened: Opened, qtbot: QtBot) -> None:
    offer(opened)
    opened.page.form.start_button.click()
    opened.worker.last("recipe").on_result({})
    run = opened.page.current
    assert run is not None
    qtbot.waitUntil(lambda: run.resumable, timeout=WAIT)


def test_a_training_is_started_stopped_gone_on_with_and_is_there_when_the_window_opens_again(
    opened: Open, qtbot: QtBot
) -> None:
    first = opened()
    start(first, qtbot)
    page, view = first.page, first.page.view
    assert page.list.currentItem().text() == "starter, notes\nRunning"
    again = opened()
    assert again.page.current is not None
    assert state(again) is State.RUNNING
    buttons = view.buttons.buttons
    buttons["pause"].click()
    qtbot.waitUntil(lambda: state(first) is State.PAUSED, timeout=WAIT)
    look(first)
    assert not buttons["pause"].isVisible()
    assert "Paused" in view.state.text()
    buttons["resume"].click()
    assert state(first) is State.RUNNING
    look(first)
    assert buttons["pause"].isVisible()
    qtbot.waitUntil(lambda: page.current is not None and page.current.training, timeout=WAIT)
    buttons["stop"].click()
    qtbot.waitUntil(lambda: state(first) is State.STOPPED, timeout=WAIT)
    look(first)
    assert "Stopped" in view.state.text()
    assert buttons["resume"].isVisible()


def test_a_training_is_started_by_a_key_while_the_form_is_shown(
    opened: Open, qtbot: QtBot
) -> None:
    place = opened()
    action = place.page.start_action
    look(place)
    assert not action.isEnabled()
    offer(place)
    look(place)
    action.trigger()
    place.worker.last("recipe").on_result({})
    run = place.page.current
    assert run is not None
    qtbot.waitUntil(lambda: run.resumable, timeout=WAIT)
    look(place)
    assert not action.isEnabled()


def test_a_mistake_in_the_recipe_is_told_and_nothing_is_started(opened: Open) -> None:
    place = opened()
    offer(place)
    form = place.page.form
    form.recipe.table.set_value("trainer.clip", "-1")
    form.start_button.click()
    sent = place.worker.last("recipe")
    assert sent.request["overrides"] == ("trainer.clip=-1",)
    sent.on_error("--set trainer.clip=-1: expected a number above 0")
    assert form.words.text() == "trainer.clip=-1: expected a number above 0"
    assert place.page.runs.all() == []
    assert not form.start_button.isEnabled()


def test_a_mistake_in_the_recipe_is_told_while_it_is_edited_and_forgotten_when_it_is_mended(
    opened: Open, qtbot: QtBot
) -> None:
    place = opened()
    offer(place)
    form = place.page.form
    form.recipe.table.set_value("trainer.clip", "many")
    qtbot.waitUntil(lambda: any(one.verb == "recipe" for one in place.worker.sent), timeout=WAIT)
    place.worker.last("recipe").on_error("trainer.clip is 'many', a number is wanted")
    assert not form.start_button.isEnabled()
    form.recipe.table.set_value("trainer.clip", "")
    assert form.recipe.table.value("trainer.clip") == "1"
    asked = len(place.worker.sent)
    qtbot.waitUntil(lambda: len(place.worker.sent) > asked, timeout=WAIT)
    place.worker.last("recipe").on_result({})
    assert form.start_button.isEnabled()
    assert form.words.text().startswith("It goes on")


def test_without_data_or_recipes_nothing_can_be_started(opened: Open) -> None:
    place = opened()
    form = place.page.form
    assert not form.start_button.isEnabled()
    offer(place)
    assert form.start_button.isEnabled()
    form.data.remove_button.click()
    assert not form.start_button.isEnabled()
    assert not form.data.look_button.isEnabled()


def test_the_curves_and_numbers_follow_what_a_run_writes(opened: Open, qtbot: QtBot) -> None:
    place = opened()
    start(place, qtbot)
    run = place.page.current
    assert run is not None
    write_metrics(run.folder, *[report(n) for n in range(1, 41)], report(40, "valid", loss=3.5))
    look(place)
    view = place.page.view
    values = {name: label.text() for name, label in view.facts.values.items()}
    assert values["Validation loss"] == "3.500"
    assert values["Best"] == "3.500 at update 40"
    assert values["Steps a second"] == "9,000"
    assert values["Time left"] == "25 min"
    assert view.state.text() == ("Music, recipe notes. Running: update 40, epoch 5, 25 min left.")
    assert view.bar.value() == round(1000 * 20 / 1500)
    curve = view.curves.plot._curves[0]
    assert len(curve.x) == len(curve.y) == 40
    assert curve.dots is not None
    assert list(curve.dots) == [3.5]


def test_ticked_runs_are_plotted_beside_the_chosen_one(opened: Open, tmp_path: Path) -> None:
    for number, title in enumerate(("One", "Two", "Three")):
        run = made_run(tmp_path / "runs" / title, title=title, begun=-number)
        write_metrics(run.folder, *[report(n) for n in range(1, 5 + number)])
    place = opened()
    page = place.page
    page.list.setCurrentRow(0)
    page.list.item(2).setCheckState(Qt.CheckState.Checked)
    assert [len(curve.x) for curve in page.view.curves.plot._curves] == [4, 6]
    page.list.item(2).setCheckState(Qt.CheckState.Unchecked)
    assert len(page.view.curves.plot._curves) == 1


def test_the_run_that_the_focus_brings_is_marked_and_shown(opened: Open, tmp_path: Path) -> None:
    made_run(tmp_path / "runs" / "One", title="One", begun=0)
    page = opened().page
    page.list.setFocus()
    assert page.view.title.text() == "One"
    assert page.list.item(0).isSelected()


def test_a_crash_is_told_with_its_last_words(opened: Open, qtbot: QtBot) -> None:
    place = opened("crash")
    start(place, qtbot)
    qtbot.waitUntil(lambda: state(place) is State.CRASHED, timeout=WAIT)
    look(place)
    words = "training diverged at update 7: loss nan"
    assert place.page.view.state.text() == f"Crashed: {words}"
    assert place.page.view.buttons.buttons["resume"].isVisible()


def test_a_run_that_ends_while_the_window_is_open_is_told(opened: Open, qtbot: QtBot) -> None:
    place = opened()
    start(place, qtbot)
    look(place)
    run = place.page.current
    assert run is not None
    process.kill(run.mark)
    qtbot.waitUntil(lambda: state(place) is State.INTERRUPTED, timeout=WAIT)
    look(place)
    told = "starter, notes was ended from outside, it can go on"
    assert place.notices[0] == ("warning", told)
    assert place.page.view.buttons.can("resume")


def test_all_plotted_runs_are_read_off_at_once(opened: Open, tmp_path: Path) -> None:
    for number, title in enumerate(("One", "Two")):
        run = made_run(tmp_path / "runs" / title, title=title, begun=-number)
        write_metrics(run.folder, *[report(n, loss=n + number / 4) for n in range(1, 9)])
    place = opened()
    place.page.list.setCurrentRow(0)
    plot = place.page.view.curves.plot
    plot.hovered.emit(4.2)
    assert plot._rows == []
    assert "batch 4 at update 4" in plot.accessibleDescription()
    place.page.list.item(1).setCheckState(Qt.CheckState.Checked)
    plot.hovered.emit(4.2)
    assert [text for _, text in plot._rows] == ["One: batch 4", "Two: batch 4.25"]
    assert len({colour.name() for colour, _ in plot._rows}) == 2
    plot.grab()
    plot.hovered.emit(math.nan)
    assert plot._rows == []
