from __future__ import annotations

from pathlib import Path

import pytest

from seqgen.api.own_hands import delete_hand, hand_path, hands_folder, own_hands, rename_hand
from seqgen.errors import InputFileError, OutputError, SeqgenError, UsageError
from seqgen.frontends.handwriting.hand_file import read_hand
from tests.api.test_inspect_hand import style_file

MODEL = "0123456789abcdef"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    hands_folder().mkdir(parents=True)
    style_file(hands_folder() / "Ada.hand", "hand", MODEL)
    return hands_folder()


def test_a_hand_is_renamed_inside_and_out(folder: Path) -> None:
    assert rename_hand("Ada.hand", "Ada's pen") == "Ada's pen.hand"
    assert own_hands(MODEL) == ["Ada's pen.hand"]
    path = folder / "Ada's pen.hand"
    assert read_hand(path.read_bytes(), path.name).name == "Ada's pen"
    assert rename_hand("Ada's pen.hand", "Ada's pen") == "Ada's pen.hand"


@pytest.mark.parametrize(
    ("new", "kind", "message"),
    [
        ("a/b", UsageError, "'a/b' is no name for a hand, allowed: letters, digits"),
        ("a:b", UsageError, "is no name"),
        ("", UsageError, "is no name"),
        ("Bob", OutputError, "a hand is called 'Bob' already"),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    folder: Path, new: str, kind: type[SeqgenError], message: str
) -> None:
    style_file(folder / "Bob.hand", "hand", MODEL)
    with pytest.raises(kind, match=message):
        rename_hand("Ada.hand", new)
    assert own_hands(MODEL) == ["Ada.hand", "Bob.hand"]


def test_a_hand_is_deleted_and_nothing_else_can_be(folder: Path) -> None:
    (folder / "my lines.inkml").write_text("mine")
    delete_hand("Ada.hand")
    assert own_hands(MODEL) == []
    for name in ("Ada.hand", "my lines.inkml", "../hands/Ada.hand"):
        with pytest.raises(InputFileError, match="no hand is called"):
            delete_hand(name)
    assert (folder / "my lines.inkml").exists()


def test_a_name_means_a_file_at_hand_before_one_of_the_folder(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert hand_path("Ada.hand") == str(folder / "Ada.hand")
    assert hand_path("./other/Ada.hand") == "other/Ada.hand"
    style_file(tmp_path / "Ada.hand", "hand", MODEL)
    assert hand_path("Ada.hand") == "Ada.hand"
    assert hand_path("lost.hand") == "lost.hand"
