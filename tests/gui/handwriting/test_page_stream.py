"""The page while a letter is being written: ink that comes, ink that waits, the pen."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seqgen.config import Progress
from seqgen_gui.handwriting import colours
from seqgen_gui.handwriting.page import HandwritingPage
from tests.gui.handwriting.letters import FakeRequests, letter_of, piece_of
from tests.gui.handwriting.test_page import (
    SHEETS,
    answer,
    letter,
    type_text,
)

__all__ = ["letter"]


def ghost(x: float, begins: bool = True, word: tuple[int, int] = (0, 0)) -> dict[str, Any]:
    """Ink that has no place yet, as the worker tells it."""
    points = [[x, 30], [x + 20, 30]]
    ink = [{"word": list(word), "page": 0, "begins": begins, "points": points}]
    return {"ink": ink, "sheet": [148, 210]}


def tell(requests: FakeRequests, qtbot: QtBot, data: dict[str, Any]) -> None:
    requests.last(SHEETS).on_progress(Progress(stage="writing", done=1, total=17, data=data))
    qtbot.wait(60)


def laid(requests: FakeRequests, line: int) -> dict[str, Any]:
    [sheet] = letter_of(requests.last(SHEETS).request).sheets
    piece = msgspec.json.decode(msgspec.json.encode(piece_of(sheet, line)))
    return {"laid": [{"page": 0, "sheet": piece}]}


def seen_at(page: HandwritingPage, x: float, y: float) -> QColor:
    at = page.canvas._place(0).topLeft() + QPointF(x, y) * page.canvas.scale
    return page.canvas.viewport().grab().toImage().pixelColor(at.toPoint())


def test_ink_is_seen_while_it_is_drawn_and_replaced_by_the_letter(
    page: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    type_text(page)
    page.actions_.write.trigger()
    tell(requests, qtbot, ghost(20))
    assert seen_at(page, 30, 30) != colours.PAPER
    tell(requests, qtbot, ghost(50, begins=False))
    assert seen_at(page, 45, 30) != colours.PAPER  # from where it was left off
    answer(requests)
    assert not page.canvas.stream
    assert seen_at(page, 45, 30) == colours.PAPER


def test_a_word_that_is_begun_anew_loses_its_ink(
    page: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    type_text(page)
    page.actions_.write.trigger()
    tell(requests, qtbot, ghost(20))
    tell(requests, qtbot, ghost(80, word=(0, 1)))
    tell(requests, qtbot, {"void": [[0, 0]], "sheet": [148, 210]})
    assert seen_at(page, 30, 30) == colours.PAPER
    assert seen_at(page, 90, 30) != colours.PAPER


def test_lines_that_have_their_places_are_shown_before_the_letter_is_whole(
    page: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    type_text(page)
    page.actions_.write.trigger()
    tell(requests, qtbot, ghost(20))
    tell(requests, qtbot, laid(requests, 0))
    assert [word.text for word in page.canvas.sheets[0].words] == ["Dear", "Ada", "12"]
    assert not page.canvas.stream.ghosts
    [first] = page.canvas.sheets[0].words[:1]
    tip = first.strokes[0].at(1)
    assert seen_at(page, tip.x(), tip.y()) != colours.PAPER
    tell(requests, qtbot, laid(requests, 1))
    told = page.canvas.sheets
    answer(requests)
    now = page.canvas.sheets
    assert [word.box for word in now[0].words] == [word.box for word in told[0].words]
    assert now[0].guides == told[0].guides


def test_the_pen_goes_on_where_it_was_as_the_letter_becomes_whole(
    page: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    page.watch(True)
    pen = page.canvas.pen
    pen.speed = 2000.0
    type_text(page)
    page.actions_.write.trigger()
    tell(requests, qtbot, laid(requests, 0))
    qtbot.waitUntil(lambda: pen.gone == pen.way.length > 0)  # it waits for more
    assert pen.writing
    first = pen.gone
    pen.speed = 10.0
    answer(requests)
    assert first <= pen.gone < pen.way.length
    assert pen.writing
    page.actions_.skip.trigger()
    assert not is_writing(page)


def test_a_letter_that_is_laid_out_anew_stays_in_sight_until_the_new_is_there(
    letter: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    letter._set({"margin": 20.0})
    qtbot.waitUntil(lambda: len(requests.all(SHEETS)) == 2)
    tell(requests, qtbot, ghost(20))
    assert not letter.canvas.stream
    assert letter.canvas.sheets[0].words


def test_the_pen_writes_stroke_by_stroke_and_can_be_skipped(
    page: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    page.watch(True)
    page.canvas.pen.speed = 200.0
    type_text(page)
    page.actions_.write.trigger()
    answer(requests)
    pen = page.canvas.pen
    assert is_writing(page)
    qtbot.waitUntil(lambda: 0 < pen.gone < pen.way.length)
    assert pen.way.at(pen.gone)[0] < len(pen.way.strokes)
    QApplication.processEvents()
    page.actions_.skip.trigger()
    assert not is_writing(page)
    assert pen.way.at(pen.gone)[0] == len(pen.way.strokes)


def is_writing(page: HandwritingPage) -> bool:
    return page.canvas.pen.writing


def test_ink_that_waits_for_its_place_moves_as_that_is_better_known(
    page: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    type_text(page)
    page.actions_.write.trigger()
    tell(requests, qtbot, ghost(20))
    tell(requests, qtbot, {"moved": [[[0, 0], 0, 60.0, 15.0]], "sheet": [148, 210]})
    assert seen_at(page, 30, 30) == colours.PAPER
    assert seen_at(page, 90, 45) != colours.PAPER
