"""The files that ``sample_handwriting`` writes: what they hold, their names, what stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from seqgen.api.handwriting import sample_handwriting
from seqgen.config import Progress, SampleHandwriting
from seqgen.errors import OutputError
from tests.api.writing import drawing, hand, lines_in, run, words_in

TEXT = "Dear Ada, thank you for 1905.\n\nYours, Bob"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(hand(tmp_path_factory.mktemp("hands") / "steady.safetensors"))


def test_the_file_says_how_it_was_made(model: str, tmp_path: Path) -> None:
    output = tmp_path / "page.svg"
    pen: dict[str, Any] = {"pen_width": 0.7, "colour": "#102030", "guides": True}
    look: dict[str, Any] = {"temperature": 0.5, "style": "bob", "margin": 3.0, "curves": False}
    run(output, model, TEXT, seed=5, **look, **pen)
    found = drawing(output)
    assert found.recipe is not None
    assert (
        found.recipe.items()
        >= {
            "model": "tiny-hand",
            "style": "bob",
            "seed": 5,
            "temperature": 0.5,
            "text": TEXT,
            "margin": 3.0,
            "page_number": 1,
            "pages": 1,
        }.items()
    )
    again = tmp_path / "again.svg"
    names = set(SampleHandwriting.__struct_fields__) - {
        "text",
        "output",
        "model",
        "force",
        "count",
    }
    run(
        again, model, found.recipe["text"], **{k: v for k, v in found.recipe.items() if k in names}
    )
    assert again.read_bytes() == output.read_bytes()


@pytest.mark.parametrize("suffix", ["svg", "inkml"])
def test_the_same_seed_gives_the_same_bytes_and_each_take_can_be_had_alone(
    model: str, tmp_path: Path, suffix: str
) -> None:
    letters = run(tmp_path / f"take.{suffix}", model, TEXT, count=3, seed=5).letters
    assert [letter.seed for letter in letters] == [5, 6, 7]
    paths = [Path(path) for letter in letters for path in letter.paths]
    assert [path.name for path in paths] == [f"take-{n}.{suffix}" for n in (1, 2, 3)]
    found = [path.read_bytes() for path in paths]
    assert len(set(found)) == 3
    run(tmp_path / f"alone.{suffix}", model, TEXT, seed=6)
    assert (tmp_path / f"alone.{suffix}").read_bytes() == found[1]


def test_every_word_of_all_pages_appears_once_and_in_order(model: str, tmp_path: Path) -> None:
    text = " ".join(f"{word} {k}" for k, word in enumerate(["never", "more"] * 9))
    letters = run(tmp_path / "page.inkml", model, text, page="50x40", x_height=6, count=2).letters
    for number, letter in enumerate(letters, start=1):
        assert len(letter.paths) > 2
        names = [f"page-{number}-{page}.inkml" for page in range(1, len(letter.paths) + 1)]
        assert [Path(path).name for path in letter.paths] == names
        assert words_in(*letter.paths) == text.split()


def test_closing_the_work_leaves_no_file(model: str, tmp_path: Path) -> None:
    request = SampleHandwriting(
        text="never more", output=str(tmp_path / "a.svg"), model=model, seed=1
    )
    work = sample_handwriting(request)
    assert isinstance(next(work), Progress)
    work.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


def test_pages_are_not_written_over_a_file_unless_forced(model: str, tmp_path: Path) -> None:
    text = "a\nb\nc\n7"
    look: dict[str, Any] = {"page": "30x40", "x_height": 8.0}
    (tmp_path / "page-3.svg").write_text("mine")
    with pytest.raises(OutputError, match=r"page-3\.svg exists already, --force overwrites it$"):
        run(tmp_path / "page.svg", model, text, **look)
    assert [path.name for path in tmp_path.iterdir()] == ["page-3.svg"]
    assert (tmp_path / "page-3.svg").read_text() == "mine"
    [letter] = run(tmp_path / "page.svg", model, text, force=True, **look).letters
    assert len(letter.paths) == 4
    recipe = drawing(tmp_path / "page-3.svg").recipe
    assert recipe is not None
    assert (recipe["page_number"], recipe["pages"]) == (3, 4)


def test_pages_of_a_later_take_are_looked_at_before_any_is_written(
    model: str, tmp_path: Path
) -> None:
    (tmp_path / "page-2-3.svg").write_text("mine")
    with pytest.raises(OutputError, match=r"page-2-3\.svg exists already"):
        run(tmp_path / "page.svg", model, "a\nb\nc\n7", page="50x40", x_height=8.0, count=2)
    assert [path.name for path in tmp_path.iterdir()] == ["page-2-3.svg"]


def test_an_existing_take_stops_the_work_before_it_begins(model: str, tmp_path: Path) -> None:
    (tmp_path / "a-2.svg").write_text("mine")
    request = SampleHandwriting(text="Ada", output=str(tmp_path / "a.svg"), model=model, count=2)
    with pytest.raises(OutputError, match="exists already"):
        next(sample_handwriting(request))


def test_guides_and_lines_without_curves_are_drawn_where_wanted(
    model: str, tmp_path: Path
) -> None:
    looks: dict[str, dict[str, Any]] = {
        "plain": {},
        "ruled": {"guides": True, "colour": "navy", "pen_width": 0.7},
        "straight": {"curves": False},
    }
    for name, wanted in looks.items():
        run(tmp_path / f"{name}.svg", model, TEXT, wander=0.0, **wanted)
    plain, ruled = (drawing(tmp_path / f"{name}.svg").page for name in ("plain", "ruled"))
    assert not plain.guides
    assert len(ruled.guides.strokes) == 4 * 3
    assert (ruled.pens[0].colour, ruled.pens[0].width) == ("navy", 0.7)
    straight = (tmp_path / "straight.svg").read_text()
    assert " C" not in straight
    assert " C" in (tmp_path / "plain.svg").read_text()
    assert json.loads(json.dumps(drawing(tmp_path / "straight.svg").recipe)) is not None


def test_the_numbers_told_are_those_of_the_ink(model: str, tmp_path: Path) -> None:
    [letter] = run(tmp_path / "page.inkml", model, TEXT, page="a5").letters
    strokes = [stroke for line in lines_in(tmp_path / "page.inkml") for stroke in line.ink.strokes]
    assert letter.strokes == len(strokes)
    assert letter.points == sum(map(len, strokes))
    length = sum(np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in strokes)
    assert letter.pen_mm == pytest.approx(length, abs=1.0)
    assert letter.plot_seconds > 0.28 * len(strokes)
