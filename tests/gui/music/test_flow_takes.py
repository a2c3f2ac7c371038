from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from seqgen.api.sample import sample_music
from seqgen.api.sheet import music_sheet
from seqgen.config import SampleMusic
from seqgen_gui.music.flow import Flow
from seqgen_gui.music.shelf import MusicPart
from seqgen_gui.music.state import Settings
from tests.gui.music.desk import Desk
from tests.gui.music.flows import PIECE, bars_of, drawn


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


def test_redraw_has_a_new_seed_and_the_same_place(flow: Flow, desk: Desk) -> None:
    flow.choose_bar(5)
    drawn(flow, desk, seed=3, locked=True)
    flow.choose_bar(None)
    flow.redraw()
    last = desk.requests("sample_music")[-1]
    assert (last.at, last.seed) == (5, None)


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


def test_the_name_of_a_drawing_that_was_given_up_is_left_to_it(flow: Flow, desk: Desk) -> None:
    flow.begin_anew()
    for _ in range(2):
        flow.generate()
        flow.cancel()
    first, second = desk.requests("sample_music")
    assert first.output != second.output


def test_takes_of_other_models_on_an_empty_sheet_continue_other_sheets(
    flow: Flow, desk: Desk
) -> None:
    flow.begin_anew()
    for model in ("pop", "chorale", "pop"):
        drawn(flow, desk, model=model)
    assert [take.number for take in flow.state.beside] == [1, 3]


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


def test_new_music_alone_leaves_the_piece_that_it_continues(
    flow: Flow, desk: Desk, tmp_path: Path
) -> None:
    new = tmp_path / "new.mid"
    request = SampleMusic(primer=PIECE, output=str(new), at=5, bars=1, seed=3, only_new=True)
    list(sample_music(request))
    before, told = flow.state, list[str]()
    flow.said.connect(told.append)
    flow.open(str(new))
    desk.answer()
    assert flow.state.piece == before.piece
    assert (flow.state.bar, flow.state.settings.seed, flow.state.settings.bars) == (5, 3, 1)
    assert told == ["new.mid continues this piece: Generate draws it again."]
    flow.begin_anew()
    flow.open(str(new))
    desk.answer()
    assert flow.state.piece.path is not None
    assert told[-1].endswith("open that and continue from bar 5.")
