from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from seqgen_gui.music.flow import Flow
from tests.gui.music.desk import Desk, drawn_for
from tests.gui.music.flows import PIECE, bars_of, drawn
from tests.gui.sent import Sent


def test_an_opened_file_is_the_piece(flow: Flow, stack: QUndoStack) -> None:
    assert Path(flow.state.piece.path or "").read_bytes() == Path(PIECE).read_bytes()
    assert len(flow.picture.sheet.notes) > 0
    assert stack.undoText() == f"Open {Path(PIECE).name}"


def test_a_file_that_is_no_midi_changes_nothing(
    flow: Flow, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "a.mid").write_bytes(b"hello, this is text")
    before = flow.state
    flow.open(str(tmp_path / "a.mid"))
    with qtbot.waitSignal(flow.failed) as told:
        desk.answer()
    assert "a.mid" in told.args[0]
    assert flow.state == before


def test_notes_appear_as_they_are_drawn(flow: Flow, desk: Desk, qtbot: QtBot) -> None:
    end = flow.picture.sheet.next_bar
    flow.generate()
    line = flow.picture.sheet.meters.line(end)
    assert flow.picture.new == (line, flow.picture.sheet.meters.line(end + 8))
    desk.stream([[line, line + 100, 60, 90, 1]])
    assert len(flow.picture.ghost) == 1
    desk.stream([[line, line + 200, 60, 90, 1], [line + 200, line + 300, 62, 90, 1]])
    qtbot.waitUntil(lambda: len(flow.picture.ghost) == 2)
    rows = flow.picture.ghost.rows()
    assert [row[:3] for row in rows] == [(line, line + 200, 60), (line + 200, line + 300, 62)]


def test_notes_of_other_takes_do_not_mix_in(flow: Flow, desk: Desk) -> None:
    flow.generate()
    desk.stream([[99_999, 100_000, 60, 90, 1]], take=1)
    assert len(flow.picture.ghost) == 0


def test_a_finished_take_is_a_ghost_with_its_recipe(flow: Flow, desk: Desk) -> None:
    next_bar = flow.picture.sheet.next_bar
    drawn(flow, desk, temperature=0.5)
    (take,) = flow.state.takes
    assert (take.number, take.at_bar, flow.state.shown) == (1, next_bar, 1)
    assert take.request.output == take.path
    assert (take.request.seed, take.request.temperature) == (take.seed, 0.5)
    assert bars_of(flow) == (next_bar, take.notes)
    assert flow.state.settings.seed == take.seed


def test_accept_makes_the_ghost_the_piece(flow: Flow, desk: Desk) -> None:
    next_bar = flow.picture.sheet.next_bar
    drawn(flow, desk).accept()
    assert flow.state.piece.path == flow.state.takes[0].path
    assert flow.state.piece.first_new == next_bar
    assert bars_of(flow) == (next_bar + 2, 0)


def test_accepting_bar_by_bar_ends_with_the_whole_take(flow: Flow, desk: Desk) -> None:
    next_bar = flow.picture.sheet.next_bar
    notes = drawn(flow, desk).state.takes[0].notes
    flow.accept_bar()
    assert bars_of(flow) == (next_bar + 1, notes // 2)
    assert flow.state.piece.last_bar == next_bar
    flow.accept_bar()
    assert bars_of(flow) == (next_bar + 2, 0)
    assert flow.state.piece.last_bar is None


def test_after_some_bars_were_accepted_the_music_goes_on_behind_them(
    flow: Flow, desk: Desk
) -> None:
    next_bar = flow.picture.sheet.next_bar
    drawn(flow, desk).accept_bar()
    flow.reject()
    assert bars_of(flow) == (next_bar + 1, 0)
    drawn(flow, desk)
    assert desk.requests("sample_music")[-1].at == next_bar + 1
    assert flow.picture.sheet.next_bar == next_bar + 1
    flow.accept()
    assert flow.state.piece.first_new == next_bar


def test_reject_keeps_the_take_in_the_list(flow: Flow, desk: Desk) -> None:
    next_bar = flow.picture.sheet.next_bar
    drawn(flow, desk).reject()
    assert bars_of(flow) == (next_bar, 0)
    assert len(flow.state.takes) == 1
    flow.show_take(1)
    assert len(flow.picture.ghost) > 0


def test_the_chosen_bar_is_where_it_goes_on(flow: Flow, desk: Desk) -> None:
    flow.choose_bar(4)
    drawn(flow, desk)
    assert desk.requests("sample_music")[-1].at == 4
    assert flow.picture.sheet.next_bar == 4
    flow.accept()
    assert flow.state.bar is None


@pytest.mark.parametrize("bar", [1, 1000])
def test_the_first_bar_and_bars_behind_the_end_are_not_chosen(flow: Flow, bar: int) -> None:
    flow.choose_bar(bar)
    assert flow.state.bar is None


def test_cancel_leaves_the_piece_alone(flow: Flow, desk: Desk) -> None:
    before = flow.state
    flow.generate()
    desk.stream([[99_999, 100_000, 60, 90, 1]])
    handle = desk.waiting[0]
    flow.reject()
    assert handle.cancelled
    assert not flow.generator.running
    assert (len(flow.picture.ghost), flow.state) == (0, before)


def test_an_error_is_told_and_leaves_the_piece_alone(flow: Flow, desk: Desk, qtbot: QtBot) -> None:
    flow.generate()
    with qtbot.waitSignal(flow.failed) as told:
        desk.waiting.pop().on_error("unknown model 'pip', did you mean pop?")
    assert told.args == ["unknown model 'pip', did you mean pop?"]
    assert len(flow.picture.ghost) == 0
    assert not flow.generator.running


def test_a_new_piece_begins_with_an_empty_sheet(flow: Flow, desk: Desk) -> None:
    flow.begin_anew()
    drawn(flow, desk)
    assert desk.requests("sample_music")[-1].primer is None
    assert bars_of(flow) == (1, 8)


def test_warnings_are_told_once_a_piece(flow: Flow, desk: Desk, tmp_path: Path) -> None:
    told: list[str] = []
    flow.warned.connect(told.append)
    odd = tmp_path / "odd.mid"
    odd.write_bytes(Path(PIECE).read_bytes()[:-4] + b"\0")  # its last track has no end
    flow.open(str(odd))
    desk.answer()
    assert len(told) == 1
    assert told[0].startswith("Repaired on reading: ")
    known = told[0].removeprefix("Repaired on reading: ").split("; ")
    for more in ([], ["drums are left out"], ["drums are left out"]):
        flow.generate()
        sent = next(sent for sent in desk.waiting if sent.verb == "sample_music")
        desk.waiting.remove(sent)
        sent.on_result(result_with(sent, [*known, *more]))
    assert told[1:] == ["drums are left out"]
    flow.open(str(odd))
    desk.answer()
    assert told[2:] == told[:1]


def result_with(sent: Sent, warnings: list[str]) -> object:
    """What the worker answers, with warnings."""
    result = msgspec.structs.replace(drawn_for(sent), warnings=warnings)
    return msgspec.to_builtins(result)
