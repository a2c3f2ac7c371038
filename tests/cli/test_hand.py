from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from seqgen.config import FitHand, HandResult, Progress
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml
from tests.tiny_ink import scribble, tiny_pen_bundle

RESULT = HandResult(
    path="me.hand",
    name="me",
    model="hand",
    lines=5,
    characters=150,
    points=1400,
    updates=40,
    seconds=12.3,
    nats_per_point={"no_style": -0.5, "nearest": -0.625, "fitted": -0.75},
    nearest="round",
    thin={"lines.inkml": 2.0},
    warnings=["the model has doubts"],
)


@pytest.fixture
def fitting(use_case: Callable[[str, str, Any], list[Any]]) -> list[Any]:
    """A use-case that fits at once; the list of the requests it gets."""

    def work(_: Any) -> Iterator[Any]:
        yield Progress(stage="read", done=5, total=5, warnings=["the model has doubts"])
        yield Progress(stage="fitting", done=1, total=40, note="-0.600 nats a point")
        yield RESULT

    return use_case("seqgen.api.hand", "fit_hand", work)


def test_arguments_become_a_request(
    seqgen: Callable[..., Any], fitting: list[Any], tmp_path: Path
) -> None:
    texts = tmp_path / "texts.txt"
    texts.write_text("two\nthree\n")
    told = seqgen(
        *["hand", "fit", "a.inkml", "b.inkml", "--text", "one", f"@{texts}", "-o", "me.hand"],
        *["--text", "four", "--model", "m", "--name", "N", "--steps", "9", "--minutes", "0.5"],
        *["--threads", "1", "--force"],
    )
    assert told.status == 0
    assert fitting == [
        FitHand(
            inks=("a.inkml", "b.inkml"),
            output="me.hand",
            texts=("one", "two", "three", "four"),
            model="m",
            name="N",
            steps=9,
            minutes=0.5,
            threads=1,
            force=True,
        )
    ]


def test_defaults_are_those_of_the_request(seqgen: Callable[..., Any], fitting: list[Any]) -> None:
    assert seqgen("hand", "fit", "a.inkml", "-o", "me.hand").status == 0
    assert fitting == [FitHand(inks=("a.inkml",), output="me.hand")]


def test_what_was_fitted_is_told_and_warnings_come_once(
    seqgen: Callable[..., Any], fitting: list[Any]
) -> None:
    told = seqgen("hand", "fit", "a.inkml", "-o", "me.hand")
    assert told.out.splitlines() == [
        "me.hand: 5 lines, 150 characters, 1400 points, 40 updates in 12 s",
        "nats per point, less is nearer: -0.500 with no style, -0.625 with round, -0.750 fitted",
        "model hand; try it: seqgen sample handwriting TEXT -o OUT.svg --style me.hand",
    ]
    assert told.err == "seqgen: warning: the model has doubts\n"


def test_json_is_one_object(seqgen: Callable[..., Any], fitting: list[Any]) -> None:
    told = seqgen("hand", "fit", "a.inkml", "-o", "me.hand", "--json", "--quiet")
    assert json.loads(told.out)["nats_per_point"] == RESULT.nats_per_point
    assert told.err == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["hand", "fit", "-o", "me.hand"], "the following arguments are required: INKML"),
        (["hand", "fit", "a.inkml"], "required: -o/--output"),
        (["hand", "fti"], "did you mean fit?"),
        (["hand", "fit", "a.inkml", "-o", "x", "--steps", "some"], "'some' is not a whole number"),
    ],
)
def test_a_mistyped_command_is_one_line(
    arguments: list[str], message: str, seqgen: Callable[..., Any]
) -> None:
    told = seqgen(*arguments)
    assert told.status == 2
    assert message in told.err
    assert told.err.count("\n") == 1


@pytest.fixture
def model(tmp_path: Path) -> str:
    return str(tiny_pen_bundle(tmp_path / "tiny.safetensors"))


def test_a_fitted_style_writes_and_mixes(
    seqgen: Callable[..., Any], model: str, tmp_path: Path
) -> None:
    rng = np.random.default_rng(0)
    ink, mine = tmp_path / "lines.inkml", str(tmp_path / "me.hand")
    ink.write_bytes(write_inkml([InkLine(scribble(160, rng), "abba cab") for _ in range(3)]))
    fit = ["hand", "fit", str(ink), "-o", mine, "--model", model, "--steps", "2"]
    assert seqgen(*fit).status == 0
    pages: list[bytes] = []
    for style in (mine, f"{mine}:0.5,ada:0.5", "ada"):
        page = tmp_path / f"{len(pages)}.svg"
        options = ["--style", style, "--model", model, "--seed", "1"]
        told = seqgen("sample", "handwriting", "a b", "-o", str(page), *options)
        assert (told.status, told.err.count("error")) == (0, 0)
        pages.append(page.read_bytes())
    assert len(set(pages)) == 3


def test_what_is_no_style_ends_with_the_status_of_its_kind(
    seqgen: Callable[..., Any], model: str, tmp_path: Path
) -> None:
    (tmp_path / "broken.hand").write_text("{")
    (tmp_path / "me.inkml").write_text("<ink/>")
    other = tiny_pen_bundle(tmp_path / "other.safetensors", seed=1, name="other")
    rng = np.random.default_rng(0)
    ink, mine = tmp_path / "lines.inkml", str(tmp_path / "me.hand")
    ink.write_bytes(write_inkml([InkLine(scribble(160, rng), "abba cab") for _ in range(3)]))
    fit = ["hand", "fit", str(ink), "-o", mine, "--model", str(other), "--steps", "1"]
    assert seqgen(*fit).status == 0
    expected = {
        str(tmp_path / "broken.hand"): (3, "broken.hand is no style file"),
        str(tmp_path / "me.inkml"): (2, "seqgen hand fit"),
        mine: (4, "was fitted for model other ("),
    }
    for style, (status, message) in expected.items():
        page = str(tmp_path / "page.svg")
        told = seqgen("sample", "handwriting", "a", "-o", page, "--model", model, "--style", style)
        assert told.status == status
        assert message in told.err
        assert told.err.count("\n") == 1
        assert not Path(page).exists()
