from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from seqgen.api.handwriting import sample_handwriting
from seqgen.config import SampleHandwriting
from seqgen.errors import ModelError, OutputError, UsageError
from tests.api.writing import hand, run
from tests.tiny_ink import tiny_pen_bundle
from tests.tiny_models import tiny_bundle


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(hand(tmp_path_factory.mktemp("hands") / "steady.safetensors"))


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"temperature": -1}, "temperature -1 is out of range, allowed: 0 to 10"),
        ({"temperature": math.nan}, "temperature nan is out of range"),
        ({"seed": -1}, "seed -1 is out of range"),
        ({"seed": 2**80}, "is out of range, allowed: 0 to "),
        ({"count": 0}, "count 0 is out of range, allowed: 1 to 1000"),
        ({"count": 1001}, "count 1001 is out of range, allowed: 1 to 1000"),
        ({"engine": "magic"}, "no engine is called 'magic'"),
        ({"style": "adda"}, "has no style 'adda', did you mean ada?"),
        ({"style": "ada:0,bob:0"}, "style 'ada:0,bob:0' needs weights above 0"),
        ({"page": "a9x"}, "'a9x'"),
        ({"page": "0x0"}, "0"),
        ({"x_height": 0.0}, "x-height must be from 0.5 to 200 mm, not 0"),
        ({"x_height": math.nan}, "x-height must be from 0.5 to 200 mm, not nan"),
        ({"page": "a6", "margin": 200.0}, "margins of 200 and 200 mm leave 0 mm of a page"),
        ({"margin": -1.0}, "margin must be from 0 to "),
        ({"line_pitch": 0.1}, "line pitch must be from 2.5 mm"),
        ({"wander": 2.0}, "baseline wander must be from 0 to 1 x-heights, not 2"),
        ({"align": "middle"}, "no alignment is called 'middle'"),
        ({"pen_width": 0.0}, "pen width 0 mm is out of range, allowed: 0.01 to 20"),
        ({"pen_width": math.inf}, "pen width inf mm is out of range"),
        ({"colour": "blu"}, "'blu' is no colour, did you mean blue"),
    ],
    ids=str,
)
def test_a_wish_out_of_range_says_what_is_allowed(
    model: str, tmp_path: Path, wanted: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError) as told:
        run(tmp_path / "out.svg", model, "Ada", **wanted)
    assert message in str(told.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the text is empty, there is nothing to write"),
        (" \n\t ", "the text is empty, there is nothing to write"),
        ("Dear\x07Ada", "the text holds the control character U+0007 at place 5"),
        ("\ud800", "the text holds the control character U+D800 at place 1"),
        ("a" * 1_000_001, "the text has 1000001 characters, at most 1000000 are written"),
        ("a\ufffe", "U+FFFE"),
    ],
    ids=["empty", "blank", "bell", "surrogate", "endless", "no character"],
)
@pytest.mark.parametrize("name", ["out.svg", "out.inkml"])
def test_a_text_that_cannot_be_written_is_refused(
    model: str, tmp_path: Path, text: str, message: str, name: str
) -> None:
    with pytest.raises(UsageError) as told:
        run(tmp_path / name, model, text)
    assert message in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_a_word_wider_than_the_page_is_refused_and_named(model: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^the word '12345678901234567890' is \d"):
        run(tmp_path / "out.svg", model, "so 12345678901234567890", page="30x50")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["out.png", "out", "out.svg.gz"])
def test_a_name_of_another_kind_of_file_is_refused(model: str, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"allowed: \.svg and \.inkml$"):
        run(tmp_path / name, model, "Ada")


def test_an_output_is_looked_at_before_the_model(tmp_path: Path) -> None:
    (tmp_path / "out.svg").write_text("mine")
    request = SampleHandwriting(
        text="Ada", output=str(tmp_path / "out.svg"), model="no/such/model.safetensors"
    )
    with pytest.raises(OutputError, match="exists already, --force overwrites it"):
        next(sample_handwriting(request))
    assert (tmp_path / "out.svg").read_text() == "mine"


def test_a_folder_that_is_not_there_is_named(model: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such directory"):
        run(tmp_path / "no" / "out.svg", model, "Ada")


def test_standard_output_takes_one_take(model: str) -> None:
    with pytest.raises(
        UsageError, match=r"^standard output takes one take, drop -n or name a file$"
    ):
        run("-", model, "Ada", count=2)


def test_standard_output_takes_one_page(model: str, capfdbinary: Any) -> None:
    with pytest.raises(UsageError, match=r"^standard output takes one page, the text fills 2$"):
        run("-", model, "a\nb", page="30x40", x_height=8.0)
    assert capfdbinary.readouterr().out == b""


def test_a_model_of_music_does_not_write(tmp_path: Path) -> None:
    music = tiny_bundle("events", tmp_path / "music.safetensors")
    with pytest.raises(ModelError, match="is made for music, not for handwriting"):
        run(tmp_path / "out.svg", str(music), "Ada")


@pytest.mark.parametrize("codec", ["hand", "raw"])
def test_a_model_that_reads_no_text_does_not_write(tmp_path: Path, codec: str) -> None:
    mute = tiny_pen_bundle(tmp_path / "mute.safetensors", codec, alphabet="")
    with pytest.raises(ModelError, match="reads no text, it cannot write one"):
        run(tmp_path / "out.svg", str(mute), "Ada")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"state": {"codec": "hand"}}, "has a damaged model card"),
        ({"sampling": {"temperature": 99.0}}, "bad settings: temperature 99 is out of range"),
    ],
    ids=str,
)
def test_a_damaged_card_is_refused(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    damaged = hand(tmp_path / "damaged.safetensors", **change)
    with pytest.raises(ModelError, match=message):
        run(tmp_path / "out.svg", str(damaged), "Ada")


def test_an_unknown_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="unknown model 'hnad'"):
        run(tmp_path / "out.svg", "hnad", "Ada")
