from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from seqgen.config import HandwritingResult, Letter, Progress, SampleHandwriting

Seqgen = Callable[..., Any]
UseCase = Callable[[str, str, Callable[[Any], Iterator[Any]]], list[Any]]
LETTER = Letter(
    paths=["out.svg"],
    seed=7,
    lines=1,
    strokes=40,
    points=900,
    pen_mm=1234.5,
    plot_seconds=30.4,
    redrawn={},
    faults={},
)
RESULT = HandwritingResult(
    model="hand",
    engine="numpy",
    style="clear",
    temperature=0.5,
    characters=9,
    letters=[LETTER],
    glyphs={},
    missing={},
    licence="for research",
    warnings=[],
)


@pytest.fixture
def writing(use_case: UseCase) -> list[Any]:
    """A use-case that writes at once; the list of the requests it gets."""
    return writes(use_case, RESULT)


def writes(use_case: UseCase, result: HandwritingResult) -> list[Any]:
    def work(_: Any) -> Iterator[Any]:
        yield Progress(stage="writing", done=4, total=9, note="take 1")
        yield result

    return use_case("seqgen.api.handwriting", "sample_handwriting", work)


def test_every_option_reaches_the_request(seqgen: Seqgen, writing: list[Any]) -> None:
    options = [
        *("--model", "mine", "--style", "a:0.6,b:0.4", "--temperature", "0.7", "--seed", "3"),
        *("-n", "2", "--page", "a5", "--x-height", "2", "--line-pitch", "7", "--margin", "12"),
        *("--align", "right", "--wander", "0", "--pen-width", "0.5", "--colour", "navy"),
        *("--guides", "--polyline", "--engine", "torch", "--force"),
    ]
    assert seqgen("sample", "handwriting", "Dear Ada", "-o", "b.svg", *options).status == 0
    assert writing == [
        SampleHandwriting(
            text="Dear Ada",
            output="b.svg",
            model="mine",
            style="a:0.6,b:0.4",
            temperature=0.7,
            seed=3,
            count=2,
            page="a5",
            x_height=2.0,
            line_pitch=7.0,
            margin=12.0,
            align="right",
            wander=0.0,
            pen_width=0.5,
            colour="navy",
            guides=True,
            curves=False,
            engine="torch",
            force=True,
        )
    ]


def test_what_is_not_given_is_left_to_the_use_case(seqgen: Seqgen, writing: list[Any]) -> None:
    seqgen("sample", "handwriting", "Ada", "-o", "b.svg")
    assert writing == [SampleHandwriting(text="Ada", output="b.svg")]


def test_a_text_may_begin_with_a_dash_after_two(seqgen: Seqgen, writing: list[Any]) -> None:
    seqgen("sample", "handwriting", "-o", "b.svg", "--", "-- yours, A.")
    assert writing[0].text == "-- yours, A."


def test_a_text_comes_from_a_file_with_its_lines(
    seqgen: Seqgen, writing: list[Any], tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_bytes("\ufeffDear Zoë,\r\n\nbye\n".encode())
    seqgen("sample", "handwriting", f"@{tmp_path}/letter.txt", "-o", "b.svg")
    assert writing[0].text == "Dear Zoë,\r\n\nbye\n"


def test_a_text_comes_from_standard_input(
    seqgen: Seqgen, writing: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Dear Ada\n")))
    seqgen("sample", "handwriting", "-", "-o", "b.svg")
    assert writing[0].text == "Dear Ada\n"


def test_a_file_that_is_no_text_is_refused(
    seqgen: Seqgen, writing: list[Any], tmp_path: Path
) -> None:
    (tmp_path / "photo.txt").write_bytes(b"Dear \xff\xd8 Ada")
    told = seqgen("sample", "handwriting", f"@{tmp_path}/photo.txt", "-o", "b.svg")
    assert (told.status, told.out, writing) == (3, "", [])
    assert told.err == f"seqgen: error: {tmp_path}/photo.txt is not UTF-8 text, byte 6\n"


def test_a_file_that_is_not_there_is_named(seqgen: Seqgen, writing: list[Any]) -> None:
    told = seqgen("sample", "handwriting", "@gone.txt", "-o", "b.svg")
    assert told.status == 3
    assert told.err.startswith("seqgen: error: ")
    assert "gone.txt" in told.err
    assert writing == []


def test_people_get_a_summary(seqgen: Seqgen, writing: list[Any]) -> None:
    told = seqgen("sample", "handwriting", "Ada", "-o", "out.svg")
    assert told.out.splitlines() == [
        "out.svg: 1 line, 40 strokes, 1.23 m of ink, plots in 30 s, seed 7",
        "model hand, style clear, temperature 0.5",
    ]
    assert told.err == ""


def test_what_was_not_written_as_asked_is_told(seqgen: Seqgen, use_case: UseCase) -> None:
    pages = msgspec.structs.replace(
        LETTER, paths=["out-1.svg", "out-2.svg", "out-3.svg"], lines=40, redrawn={"skipped": 2}
    )
    result = msgspec.structs.replace(
        RESULT, letters=[pages], glyphs={"0": 1, "9": 2}, warnings=["no glyph for ☃"]
    )
    writes(use_case, result)
    told = seqgen("sample", "handwriting", "Ada", "-o", "out.svg")
    first, anew, drawn, _ = told.out.splitlines()
    assert first.startswith("out-1.svg to out-3.svg: 40 lines, ")
    assert anew == "  written anew: skipped 2"
    assert drawn.startswith("drawn with glyphs")
    assert drawn.endswith(": 09")
    assert told.err == "seqgen: warning: no glyph for ☃\n"


def test_the_licence_of_the_model_is_told_once_where_more_is_wanted(
    seqgen: Seqgen, writing: list[Any]
) -> None:
    told = seqgen("sample", "handwriting", "Ada", "-o", "out.svg", "--verbose")
    assert told.out.splitlines()[-1] == "licence of the model: for research"
    assert (told.out + told.err).count("for research") == 1
    assert "writing 4/9  take 1" in told.err


def test_json_is_exactly_one_object(seqgen: Seqgen, writing: list[Any]) -> None:
    told = seqgen("sample", "handwriting", "Ada", "-o", "out.svg", "--json")
    assert told.out.count("\n") == 1
    found = json.loads(told.out)
    assert found == msgspec.to_builtins(RESULT)
    assert found["letters"][0]["redrawn"] == {}


def test_nothing_is_printed_beside_a_page_on_standard_output(
    seqgen: Seqgen, writing: list[Any]
) -> None:
    told = seqgen("sample", "handwriting", "Ada", "-o", "-")
    assert told.out == ""
    assert "40 strokes" in told.err


def test_a_page_and_json_cannot_share_standard_output(seqgen: Seqgen, writing: list[Any]) -> None:
    told = seqgen("sample", "handwriting", "Ada", "-o", "-", "--json")
    assert (told.status, told.out, writing) == (2, "", [])
    assert told.err == "seqgen: error: --json and -o - both want standard output, choose one\n"


def test_quiet_is_silent(seqgen: Seqgen, writing: list[Any]) -> None:
    told = seqgen("sample", "handwriting", "Ada", "-o", "out.svg", "--quiet")
    assert (told.status, told.out, told.err) == (0, "", "")
