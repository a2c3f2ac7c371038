"""Letters are undone, kept in projects and opened again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from seqgen.config import Redraw
from seqgen_gui.handwriting.page import HandwritingPage
from seqgen_gui.project.document import read_document
from seqgen_gui.shell.window import MainWindow
from tests.gui.handwriting.letters import FakeRequests
from tests.gui.handwriting.test_page import SHEETS, TEXT, answer, letter

__all__ = ["letter"]


def has_letter(page: HandwritingPage) -> bool:
    return page.flow.written is not None


def test_undo_and_redo_go_through_letters_without_writing_again(
    letter: HandwritingPage, requests: FakeRequests, window: MainWindow
) -> None:
    undo = window.project.undo
    letter.flow.redraw(0, 0, 0)
    answer(requests)
    redrawn = letter.flow.written
    undo.undo()
    assert letter.flow.written is not redrawn
    assert letter.flow.state.letter is not None
    assert not letter.flow.state.letter.redraws
    undo.redo()
    assert letter.flow.written is redrawn
    assert len(requests.all(SHEETS)) == 2
    while undo.canUndo():
        undo.undo()
    assert not has_letter(letter)
    assert letter.parts.editor.toPlainText() == ""


def test_a_project_keeps_text_letter_and_settings(
    letter: HandwritingPage, requests: FakeRequests, window: MainWindow, tmp_path: Path
) -> None:
    letter._set({"page": "a6"})
    first = letter.flow.request
    window.project.save(tmp_path / "a.seqgen")
    assert read_document(tmp_path / "a.seqgen").parts["handwriting"]["state"]["text"] == TEXT
    window.project.clear()
    assert not has_letter(letter)
    assert letter.parts.editor.toPlainText() == ""
    letter.flow._kept.clear()
    window.project.open(tmp_path / "a.seqgen")
    assert letter.parts.editor.toPlainText() == TEXT
    assert requests.last(SHEETS).request == first
    answer(requests)
    assert has_letter(letter)
    assert not window.project.modified


def test_a_page_of_ours_is_opened_by_its_recipe(
    page: HandwritingPage, requests: FakeRequests
) -> None:
    page.open_file(Path("page.svg"))
    recipe = {
        "seqgen": "2.0",
        "model": "tiny",
        "style": "bob",
        "temperature": 0.5,
        "seed": 7,
        "text": "Ada",
        "page": "a6",
        "x_height": 3.0,
        "line_pitch": None,
        "margin": 5.0,
        "align": "center",
        "wander": None,
        "redraws": [{"paragraph": 0, "first": 0, "last": 0, "seed": 9}],
    }
    report = {"recipe": msgspec.json.encode(recipe).decode()}
    requests.last("inspect").answer(report)
    request = requests.last(SHEETS).request
    assert (request.text, request.seed, request.style, request.page) == ("Ada", 7, "bob", "a6")
    assert request.redraws == (Redraw(paragraph=0, first=0, last=0, seed=9),)
    assert page.flow.state.settings.locked


@pytest.mark.parametrize("recipe", [None, "{}", '{"seed": "x", "text": 3}', "no json"])
def test_a_page_without_a_recipe_of_ours_is_refused(
    page: HandwritingPage, requests: FakeRequests, window: MainWindow, recipe: str | None
) -> None:
    page.open_file(Path("page.svg"))
    requests.last("inspect").answer({"recipe": recipe})
    assert "does not say how it was written" in window.notices.shown[0].text
    assert not requests.all(SHEETS)
