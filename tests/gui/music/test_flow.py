from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from seqgen.api.sheet import music_sheet
from seqgen_gui.music.flow import Flow
from seqgen_gui.music.shelf import MusicPart
from seqgen_gui.music.state import Settings
from tests.gui.music.desk import Desk
from tests.places import STARTER

PIECE = str(sorted(STARTER.glob("*.mid"))[4])


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def stack(qtbot: QtBot) -> QUndoStack:
    return QUndoStack()


@pytest.fixture
def flow(desk: Desk, stack: QUndoStack) -> Flow:
    flow = Flow(desk, stack)
    flow.open(PIECE)
    desk.answer()
    return flow


def drawn(flow: Flow, desk: Desk, **settings: object) -> Flow:
    """Draw with some settings, two bars where they say nothing."""
    chosen = msgspec.convert({"bars": 2} | settings, Settings)
    flow.document.change("Set", settings=chosen)
    flow.generate()
    desk.answer()
    return flow


def bars_of(flow: Flow) -> tuple[int, int]:
    """The first bar behind the piece, and the notes of the ghost."""
    return flow.picture.sheet.next_bar, len(flow.picture.ghost)


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


def test_notes_appear_as_they_are_drawn(flow: Flow, desk: Desk) -> None:
    end = flow.picture.sheet.next_bar
    flow.generate()
    line = flow.picture.sheet.meters.line(end)
    assert flow.picture.new == (line, flow.picture.sheet.meters.line(end + 8))
    desk.stream([[line, line + 100, 60, 90, 1]])
    desk.stream([[line, line + 200, 60, 90, 1], [line + 200, line + 300, 62, 90, 1]])
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


def test_several_takes_have_seeds_in_a_row(flow: Flow, desk: Desk) -> None:
    drawn(flow, desk, count=3)
    seeds = [take.seed for take in flow.state.takes]
    assert seeds == [seeds[0], seeds[0] + 1, seeds[0] + 2]
    assert [take.request.count for take in flow.state.takes] == [1, 1, 1]
    assert len({take.path for take in flow.state.takes}) == 3


def test_a_locked_seed_is_used_again(flow: Flow, desk: Desk) -> None:
    drawn(flow, desk, seed=7, locked=True)
    drawn(flow, desk, seed=7, locked=True)
    assert [take.seed for take in flow.state.takes] == [7, 7]
    drawn(flow, desk, seed=7)
    assert desk.requests("sample_music")[-1].seed is None


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


def test_redraw_has_a_new_seed_and_the_same_place(flow: Flow, desk: Desk) -> None:
    flow.choose_bar(5)
    drawn(flow, desk, seed=3, locked=True)
    flow.choose_bar(None)
    flow.redraw()
    last = desk.requests("sample_music")[-1]
    assert (last.at, last.seed) == (5, None)


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


def test_everything_can_be_undone_and_done_again(
    flow: Flow, desk: Desk, stack: QUndoStack
) -> None:
    pictures = []
    drawn(flow, desk)
    pictures.append(bars_of(flow))
    flow.accept_bar()
    pictures.append(bars_of(flow))
    flow.accept()
    pictures.append(bars_of(flow))
    stack.undo()
    assert bars_of(flow) == pictures[1]
    stack.undo()
    assert bars_of(flow) == pictures[0]
    stack.redo()
    stack.redo()
    assert bars_of(flow) == pictures[2]
    while stack.canUndo():
        stack.undo()
    assert flow.state.piece.path is None
    assert bars_of(flow) == (1, 0)


def test_takes_are_starred_and_deleted(flow: Flow, desk: Desk, stack: QUndoStack) -> None:
    drawn(flow, desk, count=2)
    flow.star(2)
    assert [take.starred for take in flow.state.takes] == [False, True]
    flow.delete(1)
    assert [take.number for take in flow.state.takes] == [2]
    assert len(flow.picture.ghost) == 0
    stack.undo()
    assert (len(flow.state.takes), flow.state.shown) == (2, 1)


def test_a_deleted_take_is_drawn_again_from_its_recipe(flow: Flow, desk: Desk) -> None:
    drawn(flow, desk)
    take = flow.state.takes[0]
    data = Path(take.path).read_bytes()
    Path(take.path).unlink()
    desk.send("sample_music", take.request, lambda _: None, lambda _: None, lambda _: None)
    desk.answer()
    assert Path(take.path).read_bytes() == data


def test_another_take_is_compared_and_swapped(flow: Flow, desk: Desk) -> None:
    drawn(flow, desk, count=2)
    one = flow.picture.ghost.rows()
    flow.compare(2)
    desk.answer()
    two = flow.picture.other.rows()
    assert two != one
    flow.swap()
    desk.answer()
    assert (flow.picture.ghost.rows(), flow.picture.other.rows()) == (two, one)
    assert flow.state.shown == 2


def test_a_new_piece_begins_with_an_empty_sheet(flow: Flow, desk: Desk) -> None:
    flow.begin_anew()
    drawn(flow, desk)
    assert desk.requests("sample_music")[-1].primer is None
    assert bars_of(flow) == (1, 8)


def test_a_file_of_ours_brings_its_settings(flow: Flow, desk: Desk, qtbot: QtBot) -> None:
    drawn(flow, desk, model="chorale")
    take = flow.state.takes[0]
    flow.document.change("Set", settings=Settings())
    flow.open(take.path)
    with qtbot.waitSignal(flow.said):
        desk.answer()
    settings = flow.state.settings
    assert (settings.model, settings.seed, settings.locked) == ("chorale", take.seed, True)
    assert (settings.bars, settings.temperature) == (2, 0.85)


def test_names_of_takes_are_never_used_twice(flow: Flow, desk: Desk, stack: QUndoStack) -> None:
    drawn(flow, desk)
    stack.undo()
    drawn(flow, desk)
    drawn(flow, desk, count=2)
    outputs = [request.output for request in desk.requests("sample_music")]
    assert len(set(outputs)) == 3


def test_a_state_survives_json(flow: Flow, desk: Desk) -> None:
    drawn(flow, desk).star(1)
    data = msgspec.json.encode(flow.state)
    assert msgspec.json.decode(data, type=type(flow.state)) == flow.state


def test_a_project_holds_all_files_and_shows_the_same_elsewhere(
    flow: Flow, desk: Desk, qtbot: QtBot
) -> None:
    drawn(flow, desk, count=2).accept_bar()
    drawn(flow, desk)
    kept = msgspec.json.decode(msgspec.json.encode(flow.part()), type=MusicPart)
    assert len(kept.files) == 4
    other_desk = Desk()
    other = Flow(other_desk, QUndoStack())
    other.show_part(kept)
    other_desk.answer()
    assert bars_of(other) == bars_of(flow)
    for ours, theirs in zip(flow.state.takes, other.state.takes, strict=True):
        assert Path(ours.path).read_bytes() == Path(theirs.path).read_bytes()
        assert ours.path != theirs.path
        assert Path(theirs.request.primer or "").exists()
    other.generate()
    other_desk.answer()
    assert len(other.state.takes) == 4


def test_packing_what_was_unpacked_gives_the_same_part(flow: Flow, desk: Desk) -> None:
    part = drawn(flow, desk, count=2).part()
    other = Flow(Desk(), QUndoStack())
    other.show_part(part)
    assert other.part() == part


def test_a_file_that_goes_away_while_it_is_opened_is_told(
    flow: Flow, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(Path(PIECE).read_bytes())
    flow.open(str(path))
    sent = desk.waiting.pop()
    result = msgspec.json.decode(msgspec.json.encode(music_sheet(str(path))))
    path.unlink()
    with qtbot.waitSignal(flow.failed) as told:
        sent.on_result(result)
    assert told.args[0].startswith("cannot read")


def test_an_empty_part_shows_an_empty_sheet(flow: Flow, desk: Desk) -> None:
    drawn(flow, desk).show_part(MusicPart())
    assert bars_of(flow) == (1, 0)
