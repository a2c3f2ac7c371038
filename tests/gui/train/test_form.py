from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton

from seqgen.config import Progress
from seqgen.data_reports import DataReport, Lengths, PieceExample
from seqgen_gui.train.form import _plain
from seqgen_gui.train.keys import HELP
from tests.gui.train.conftest import Open
from tests.gui.train.test_page import offer


def test_each_art_begins_with_its_starter_and_the_recipe_for_own_files(opened: Open) -> None:
    place = opened()
    offer(place)
    form = place.page.form
    asked = form.asked
    assert (asked.art, asked.data, asked.recipe) == ("music", ("starter",), "notes")
    assert (asked.overrides, asked.minutes) == ((), 30.0)
    form.arts.button(1).setChecked(True)
    asked = form.asked
    assert (asked.art, asked.data, asked.recipe) == ("handwriting", ("starter-hand",), "lines")
    assert form.title.text() == "starter-hand, lines"


def test_plain_questions_and_the_table_show_the_same(opened: Open) -> None:
    place = opened()
    offer(place)
    recipe = place.page.form.recipe
    recipe.batch.setValue(5)
    recipe.scale.setCurrentIndex(0)
    recipe.scale.activated.emit(0)
    assert recipe.overrides == ("trainer.batch=5", "network.hidden=128") or set(
        recipe.overrides
    ) == {"trainer.batch=5", "network.hidden=128"}
    recipe.table.set_value("trainer.batch", "12")
    recipe.table.set_value("network.hidden", "77")
    assert recipe.batch.value() == 12
    assert recipe.scale.currentIndex() == -1
    recipe.minutes.setValue(0)
    assert place.page.form.asked.minutes is None


def test_what_is_dropped_is_learned_from_and_looked_at(opened: Open, tmp_path: Path) -> None:
    place = opened()
    offer(place)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    drop = QDropEvent(
        QPointF(1, 1),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    place.page.dropEvent(drop)
    assert place.page.form.asked.data == ("starter", str(tmp_path))
    assert place.worker.last("check").request == {"source": str(tmp_path)}


def test_what_the_data_holds_is_shown_with_what_is_left_out_and_why(opened: Open) -> None:
    place = opened()
    view = place.page.form.view
    place.page.form.data.look_button.click()
    sent = place.worker.last("check")
    assert sent.request == {"source": "starter"}
    sent.on_progress(Progress(stage="reading", done=3, note="c.mid"))
    assert "3 read, c.mid" in [label.text() for label in view.findChildren(QLabel)]
    found = DataReport(
        path="/music",
        dataset="folder",
        pieces=1,
        notes=3,
        skipped={"bad.mid": "it ends early"},
        lengths=Lengths(unit="notes", edges=[0.0, 3.0], counts=[1]),
        examples=[PieceExample(name="good.mid", notes=[(0, 96, 60)])],
    )
    sent.on_result(msgspec.to_builtins(found))
    texts = [label.text() for label in view.findChildren(QLabel)]
    assert {"1 piece, 3 notes", "good.mid", "Left out: 1"} <= set(texts)
    view.grab()
    view.look("other")
    view.look("third")
    assert place.worker.sent[-2].cancelled
    place.worker.last("check").on_error("no MIDI files in third")
    texts = [label.text() for label in view.findChildren(QLabel)]
    assert "No MIDI files in third" in texts


def test_every_setting_of_every_recipe_is_explained() -> None:
    from seqgen.api.recipe_book import recipes

    known = {key for entry in recipes().recipes for key in entry.entries}
    assert known <= HELP.keys()


def test_a_mistake_is_told_without_the_words_of_a_command_line() -> None:
    told = "--set trainer.clip=-3: expected `float` > 0.0 - at `$.trainer.clip`"
    assert _plain(told) == "trainer.clip=-3: expected a number > 0.0"
    assert _plain("no codec is called 'x'") == "no codec is called 'x'"


def test_data_of_the_other_art_can_be_learned_from_by_a_click(
    opened: Open, tmp_path: Path
) -> None:
    place = opened()
    offer(place)
    form = place.page.form
    form.arts.button(1).setChecked(True)
    form.data.add_paths([tmp_path])
    found = DataReport(path=str(tmp_path), dataset="folder", pieces=1, notes=3, skipped={})
    place.worker.last("check").on_result(msgspec.to_builtins(found))
    kind, text = place.notices[0]
    assert kind == "warning"
    assert text.endswith(f"{tmp_path.name} is music, not handwriting")
    notice = place.page._context.notices.shown[0]
    buttons = notice.findChildren(QPushButton)
    next(button for button in buttons if "Learn" in button.text()).click()
    assert form.asked.art == "music"
    assert form.asked.data == ("starter", str(tmp_path))
