from __future__ import annotations

import msgspec
import pytest
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from seqgen_gui.handwriting.flow import Flow
from seqgen_gui.handwriting.state import HandwritingState, Letter
from tests.gui.handwriting.letters import FakeRequests, letter_of

SHEETS = "handwriting_sheets"


@pytest.fixture
def flow(qtbot: QtBot, requests: FakeRequests) -> Flow:
    stack = QUndoStack()
    flow = Flow(requests, stack)
    stack.setParent(flow)
    return flow


def write(flow: Flow, text: str, requests: FakeRequests, sheets: int) -> None:
    flow.document.change("Typing", text=text)
    flow.write()
    request = requests.last(SHEETS)
    letter = letter_of(request.request)
    numbered = [msgspec.structs.replace(letter.sheets[0], lifts=n) for n in range(sheets)]
    request.answer(msgspec.structs.replace(letter, sheets=numbered))


def lifts(flow: Flow) -> list[int]:
    assert flow.written is not None
    return [sheet.lifts for sheet in flow.written.sheets]


def test_a_long_letter_is_made_in_turns_and_all_there(
    flow: Flow, requests: FakeRequests, qtbot: QtBot
) -> None:
    write(flow, "a", requests, 9)
    assert flow.written is None
    qtbot.waitUntil(lambda: flow.written is not None)
    assert lifts(flow) == list(range(9))
    assert flow.state.letter is not None


def test_a_letter_that_is_given_up_while_it_is_made_does_not_come(
    flow: Flow, requests: FakeRequests, qtbot: QtBot
) -> None:
    write(flow, "a", requests, 9)
    write(flow, "b", requests, 1)
    assert lifts(flow) == [0]
    write(flow, "c", requests, 9)
    flow.cancel()
    qtbot.wait(50)
    assert lifts(flow) == [0]
    assert flow.state.letter is not None
    assert flow.state.letter.text == "b"


def test_an_undo_while_a_letter_is_made_does_not_mix_it_up(
    flow: Flow, requests: FakeRequests, qtbot: QtBot
) -> None:
    write(flow, "a", requests, 1)
    write(flow, "b", requests, 9)
    flow.document._stack.undo()
    flow.document._stack.undo()
    qtbot.waitUntil(lambda: flow.written is not None and len(flow.written.sheets) == 9)
    assert flow.state.letter is not None
    assert flow.state.letter.text == "b"


@pytest.mark.parametrize("given_up", [True, False])
def test_a_letter_that_does_not_come_leaves_no_other_in_its_place(
    flow: Flow, requests: FakeRequests, given_up: bool
) -> None:
    write(flow, "a", requests, 1)
    gone = Letter(text="b", seed=1, style="gone.hand")
    flow.restore(HandwritingState(text="b", letter=gone))
    assert flow.is_news
    if given_up:
        flow.cancel()
    else:
        requests.last(SHEETS).on_error("no such file: gone.hand")
    assert flow.written is None


def test_a_page_that_cannot_be_laid_out_leaves_the_letter_as_it_was(
    flow: Flow, requests: FakeRequests, qtbot: QtBot
) -> None:
    write(flow, "a", requests, 1)
    settings = msgspec.structs.replace(flow.state.settings, x_height=12.0)
    flow.document.change("Change a setting", settings=settings)
    qtbot.waitUntil(lambda: len(requests.all(SHEETS)) == 2)
    assert not flow.is_news
    requests.last(SHEETS).on_error("the word 'a' is too wide")
    assert lifts(flow) == [0]
