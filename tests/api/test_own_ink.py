from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from seqgen.api.own_ink import OwnInk, read_own_ink
from seqgen.errors import InputFileError, SeqgenError, UsageError
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml
from tests.tiny_ink import scribble


def inkml(path: Path, texts: Sequence[str], points: Sequence[int] = ()) -> str:
    """A file with a line of scribble for each text, which may be empty."""
    rng = np.random.default_rng(len(texts))
    sizes = points or [30] * len(texts)
    lines = [InkLine(scribble(n, rng), text) for n, text in zip(sizes, texts, strict=True)]
    path.write_bytes(write_inkml(lines))
    return str(path)


def texts_of(own: OwnInk) -> list[str]:
    return [line.text for line in own.lines]


def test_lines_come_in_order_with_the_texts_of_their_files(tmp_path: Path) -> None:
    one = inkml(tmp_path / "one.inkml", ["first line", "second  line"])
    two = inkml(tmp_path / "two.inkml", ["third line"])
    own = read_own_ink([one, two], [])
    assert texts_of(own) == ["first line", "second line", "third line"]
    assert [line.hand for line in own.lines] == [one, one, two]
    assert [line.name for line in own.lines][1:] == [f"line 2 of {one}", f"line 1 of {two}"]
    assert own.warnings == []


def test_given_texts_come_before_those_of_the_files(tmp_path: Path) -> None:
    path = inkml(tmp_path / "one.inkml", ["", "wrong", ""])
    own = read_own_ink([path], ["a \u201cquoted\u201d word", "b", "cafe\u0301"])
    assert texts_of(own) == ['a "quoted" word', "b", "caf\u00e9"]


def test_ink_may_come_from_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = Path(inkml(tmp_path / "one.inkml", ["a", "b", "c"])).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    own = read_own_ink(["-"], [])
    assert own.lines[0].name == "line 1 of standard input"


@pytest.mark.parametrize(("count", "warned"), [(1, True), (2, True), (3, False)])
def test_few_lines_are_warned_of(count: int, warned: bool, tmp_path: Path) -> None:
    own = read_own_ink([inkml(tmp_path / "one.inkml", ["a few words"] * count)], [])
    assert bool(own.warnings) == warned
    if warned:
        assert own.warnings[0].startswith(f"{count} line")
        assert "can hardly show a hand" in own.warnings[0]


def test_a_line_that_may_not_show_its_text_is_doubted(tmp_path: Path) -> None:
    path = inkml(tmp_path / "one.inkml", ["ten of them"] * 3 + ["no"], [40, 44, 36, 40])
    own = read_own_ink([path], [])
    (warning,) = own.warnings
    assert warning == (
        f"line 4 of {path} has 20.0 points a character, its neighbours 3.8: does it show 'no'?"
    )


def test_ink_of_another_device_is_not_doubted(tmp_path: Path) -> None:
    paths = [
        inkml(tmp_path / f"{points}.inkml", ["a text"] * 3, [points] * 3) for points in (20, 200)
    ]
    assert read_own_ink(paths, []).warnings == []


FLAT = InkLine(Ink((np.array([[0.0, 5], [9, 5]]),)), "flat")


@pytest.mark.parametrize(
    ("lines", "texts", "error", "message"),
    [
        (["a", "b"], ["x"], UsageError, "^1 text for 2 lines of ink, each line needs one$"),
        (["a"], ["x", "y"], UsageError, "^2 texts for 1 line of ink, each line needs one$"),
        (["a", ""], [], UsageError, r"^the text of line 2 of .*one\.inkml is not in the file, "),
        (["a", "b"], ["x", " "], UsageError, r"^the text of line 2 of .*one\.inkml is empty$"),
        (["a", "b"], ["x" * 201, "y"], UsageError, "has 201 characters, at most 200 fit a line"),
        ([], [], InputFileError, r"one\.inkml holds no ink$"),
        ([FLAT], [], InputFileError, r"^the ink of .*one\.inkml has no height"),
        ([FLAT, InkLine(Ink(), "b")], [], InputFileError, r"^line 2 of .*one\.inkml has no ink$"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(
    lines: list[str | InkLine],
    texts: list[str],
    error: type[SeqgenError],
    message: str,
    tmp_path: Path,
) -> None:
    rng = np.random.default_rng(0)
    made = [
        line if isinstance(line, InkLine) else InkLine(scribble(30, rng), line) for line in lines
    ]
    path = tmp_path / "one.inkml"
    path.write_bytes(write_inkml(made))
    with pytest.raises(error, match=message):
        read_own_ink([str(path)], texts)


def test_groups_with_neither_ink_nor_text_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "one.inkml"
    path.write_bytes(write_inkml([InkLine(Ink()), InkLine(scribble(9, np.random.default_rng(0)))]))
    assert texts_of(read_own_ink([str(path)], ["a"])) == ["a"]


def test_what_is_no_inkml_is_said(tmp_path: Path) -> None:
    path = tmp_path / "me.svg"
    path.write_text("<svg/>")
    with pytest.raises(InputFileError, match="is no InkML: its root is <svg>, not <ink>"):
        read_own_ink([str(path)], [])
    with pytest.raises(InputFileError, match=r"no such file: lost\.inkml"):
        read_own_ink(["lost.inkml"], [])
