from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from seqgen.errors import OutputError
from seqgen_gui.handwriting.shelf import HandwritingPart, Shelf
from seqgen_gui.handwriting.state import HandwritingState, Letter, Settings

MIX = "ada.hand:0.4,f01-070z:0.6"
STATE = HandwritingState(
    letter=Letter(text="Dear", seed=1, style=MIX),
    settings=Settings(style="ada.hand", other="eve.hand"),
)


def shelf_in(folder: Path, **hands: bytes) -> Shelf:
    folder.mkdir()
    for name, data in hands.items():
        (folder / f"{name}.hand").write_bytes(data)
    return Shelf(folder)


def through_a_file(part: HandwritingPart) -> HandwritingPart:
    return msgspec.json.decode(msgspec.json.encode(part), type=HandwritingPart)


def test_the_hands_of_a_letter_go_with_it_to_another_machine(tmp_path: Path) -> None:
    here = shelf_in(tmp_path / "here", ada=b"ada", eve=b"eve", bob=b"bob")
    part = through_a_file(here.packed(STATE))
    assert part.hands == {"ada.hand": b"ada", "eve.hand": b"eve"}
    there = Shelf(tmp_path / "there")
    assert there.unpacked(part) == STATE
    assert (there.folder / "ada.hand").read_bytes() == b"ada"
    assert there.packed(STATE) == part


def test_a_name_that_is_taken_there_is_not_written_over(tmp_path: Path) -> None:
    part = shelf_in(tmp_path / "here", ada=b"ada").packed(STATE)
    there = shelf_in(tmp_path / "there", ada=b"another ada")
    for _ in range(2):  # the second time it is there already
        state = there.unpacked(part)
        assert state.letter is not None
        assert state.letter.style == "ada 2.hand:0.4,f01-070z:0.6"
        assert state.settings.style == "ada 2.hand"
    assert sorted(path.name for path in there.folder.iterdir()) == ["ada 2.hand", "ada.hand"]
    assert (there.folder / "ada.hand").read_bytes() == b"another ada"


def test_a_hand_that_was_a_file_elsewhere_becomes_one_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.hand"
    file.write_bytes(b"mine")
    state = HandwritingState(settings=Settings(style=str(file)))
    part = shelf_in(tmp_path / "here").packed(state)
    assert part.hands == {str(file): b"mine"}
    assert Shelf(tmp_path / "there").unpacked(part) == state
    file.unlink()
    assert Shelf(tmp_path / "there").unpacked(part).settings.style == "mine.hand"


def test_styles_of_the_model_and_hands_that_are_gone_are_left_out(tmp_path: Path) -> None:
    assert shelf_in(tmp_path / "here").packed(STATE).hands == {}
    assert Shelf(tmp_path / "none").packed(HandwritingState()).hands == {}


def test_a_hand_that_was_fitted_anew_is_packed_anew(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path / "here", ada=b"old")
    assert shelf.packed(STATE).hands["ada.hand"] == b"old"
    (tmp_path / "here" / "ada.hand").write_bytes(b"newer")
    assert shelf.packed(STATE).hands["ada.hand"] == b"newer"


def test_a_name_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path / "here")
    state = HandwritingState(settings=Settings(style="../evil.hand"))
    told = HandwritingPart(state=state, hands={"../evil.hand": b"evil"})
    assert shelf.unpacked(told).settings.style == "evil.hand"
    assert not (tmp_path / "evil.hand").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    part = shelf_in(tmp_path / "here", ada=b"ada").packed(STATE)
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot make"):
        Shelf(tmp_path / "file" / "there").unpacked(part)
