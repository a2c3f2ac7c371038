from __future__ import annotations

from pathlib import Path

import pytest

from seqgen.errors import InputFileError
from seqgen.frontends.cards import (
    bundled_data,
    card_for,
    card_holding,
    cards_folder,
    read_card,
    read_cards,
)
from seqgen.frontends.handwriting.corpus.loading import RULES as INK_RULES
from seqgen.frontends.music.corpus.splits import RULES

CARD = """
name = "mine"
title = "Mine"
frontend = "music"
source = "me"
licence = "CC0-1.0"
terms = "none"
files = ["mine*"]
split = "hash"
get = "ask me"
"""


def card_file(tmp_path: Path, text: str, name: str = "mine") -> Path:
    path = tmp_path / name / "card.toml"
    path.parent.mkdir()
    path.write_text(text)
    return path


def test_the_bundled_cards_are_complete() -> None:
    cards = read_cards(cards_folder())
    assert {"folder", "jsb-chorales", "maestro", "nottingham", "pop909", "starter"} <= set(cards)
    for card in cards.values():
        assert all((card.title, card.source, card.licence, card.terms, card.get))
        assert card.split in (RULES if card.frontend == "music" else INK_RULES)


def test_a_card_is_read_with_its_defaults(tmp_path: Path) -> None:
    card = read_card(card_file(tmp_path, CARD))
    assert (card.name, card.files, card.counts, card.data) == ("mine", ("mine*",), {}, "")
    assert bundled_data(tmp_path, card) is None


def test_bundled_pieces_lie_beside_the_card(tmp_path: Path) -> None:
    path = card_file(tmp_path, CARD + 'data = "midi"')
    (path.parent / "midi").mkdir()
    assert bundled_data(tmp_path, read_card(path)) == tmp_path / "mine" / "midi"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is no data set card: .*missing required field `name`"),
        ("name = ", "is no data set card: "),
        (CARD + "colour = 3", "unknown field `colour`"),
        (CARD.replace('"music"', '"dance"'), "'dance'"),
        (CARD.replace("mine", "yours"), "is named 'yours', its folder 'mine'"),
        (CARD + "[counts]\ntrain = 3", "needs both counts and counts_from"),
        (CARD + 'data = "midi"', "names the folder 'midi', which is not beside it"),
    ],
)
def test_a_bad_card_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = card_file(tmp_path, text)
    with pytest.raises(InputFileError, match=sentence) as caught:
        read_card(path)
    assert "\n" not in str(caught.value)


def test_a_card_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match=r"cannot read .*no such file"):
        read_card(tmp_path / "card.toml")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("data/pop909-train-valid.tar.xz", "pop909"),
        ("data/POP909", "pop909"),
        ("Jsb16thSeparated.json", "jsb-chorales"),
        ("data/js-fakes-16th.json", "js-fakes"),
        ("nottingham-dataset/MIDI", "nottingham"),
        ("maestro-v3.0.0-midi.zip", "maestro"),
        ("datasets/starter/midi", "starter"),
        ("data/iamondb-train-valid.tar.xz", "iamondb"),
        ("IAM-OnDB/lineStrokes", "iamondb"),
        ("my songs", None),
    ],
)
def test_a_path_is_recognised_by_its_name(path: str, name: str | None) -> None:
    card = card_for(Path(path), read_cards(cards_folder()).values())
    assert (card.name if card else None) == name


@pytest.mark.parametrize(
    ("names", "name"),
    [
        (["readme.txt", "a/b.MID", "c.inkml"], "folder"),
        (["notes.md", "me.inkml", "b.mid"], "folder-ink"),
        (["iam/ascii/a.txt", "iam/lineStrokes/a01/x.xml"], "iamondb"),
        (["lineStrokes-all.tar.gz"], "iamondb"),
        (["readme.txt"], None),
        ([], None),
    ],
)
def test_the_first_file_that_a_card_knows_tells_what_a_source_is(
    names: list[str], name: str | None
) -> None:
    card = card_holding(names, list(read_cards(cards_folder()).values()))
    assert (card.name if card else None) == name
