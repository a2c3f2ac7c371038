"""Handwriting as data for a window, and words of it that are drawn anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from seqgen.api import commission
from seqgen.api.handwriting_sheets import handwriting_sheets
from seqgen.config import Progress, Redraw, SampleHandwriting
from seqgen.errors import UsageError
from seqgen.ink_sheets import HandwritingSheets, InkSheet
from tests.api.writing import drawing, hand, lines_in, run, words_in

TEXT = "Dear Ada, thank you for 1905.\n\nYours, Bob"
SECOND = Redraw(paragraph=0, first=1, last=1, seed=77)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(hand(tmp_path_factory.mktemp("hands") / "steady.safetensors"))


def sheets(model: str, text: str = TEXT, **wanted: Any) -> HandwritingSheets:
    given: dict[str, Any] = {"seed": 1, "output": ""} | wanted
    *_, result = handwriting_sheets(SampleHandwriting(text=text, model=model, **given))
    assert isinstance(result, HandwritingSheets)
    return result


def strokes(sheet: InkSheet) -> list[NDArray[np.float32]]:
    points = np.frombuffer(sheet.points, "<f4").reshape(-1, 2)
    return np.split(points, np.cumsum(np.frombuffer(sheet.lengths, "<i4"))[:-1])


def shapes(sheet: InkSheet) -> list[list[NDArray[np.float32]]]:
    """The strokes of every word, from the left edge of the word."""
    every, found = iter(strokes(sheet)), []
    for word in sheet.words:
        own = [next(every) for _ in range(word.strokes)]
        left = min(stroke[:, 0].min() for stroke in own)
        found.append([stroke - np.array([left, 0], np.float32) for stroke in own])
    assert not list(every)
    return found


def test_sheets_are_the_pages_that_are_written(model: str, tmp_path: Path) -> None:
    [sheet] = sheets(model, page="a5").sheets
    result = run(tmp_path / "page.inkml", model, TEXT, page="a5")
    assert (sheet.width, sheet.height) == (148, 210)
    written = [stroke for line in lines_in(tmp_path / "page.inkml") for stroke in line.ink.strokes]
    for shown, ink in zip(strokes(sheet), written, strict=True):
        np.testing.assert_allclose(shown[[0, -1]], ink[[0, -1]], atol=2e-3)
        assert len(shown) <= len(ink)
    assert [word.text for word in sheet.words] == TEXT.split()
    assert sheet.lifts == result.letters[0].strokes
    assert sheet.plot_seconds == result.letters[0].plot_seconds


def test_words_tell_their_place_and_what_glyphs_drew(model: str) -> None:
    [sheet] = sheets(model, page="a5").sheets
    assert [(w.paragraph, w.word) for w in sheet.words] == [
        *((0, k) for k in range(6)),
        (2, 0),
        (2, 1),
    ]
    assert [w.line for w in sheet.words][-1] == len(sheet.guides) - 1
    year = sheet.words[5]
    assert year.text == "1905."
    assert year.glyphs == list(range(year.strokes))
    assert all(not w.glyphs for w in sheet.words if w is not year)


def test_several_pages_are_several_sheets(model: str) -> None:
    found = sheets(model, "a\nb\nc", page="30x40", x_height=8.0).sheets
    assert [word.text for sheet in found for word in sheet.words] == ["a", "b", "c"]
    assert len(found) > 1


def test_a_word_drawn_anew_is_new_and_all_others_stay(model: str) -> None:
    before, after = (
        shapes(sheets(model, page="a5", wander=0.0, redraws=redraws).sheets[0])
        for redraws in ((), (SECOND,))
    )
    same = [
        len(one) == len(other)
        and all(
            a.shape == b.shape and np.allclose(a, b, atol=2e-3)
            for a, b in zip(one, other, strict=True)
        )
        for one, other in zip(before, after, strict=True)
    ]
    assert same == [True, False, *[True] * 6]


def test_words_of_glyphs_are_drawn_anew_too_and_the_last_redraw_counts(model: str) -> None:
    year = [Redraw(paragraph=0, first=5, last=5, seed=seed) for seed in (7, 8)]
    found = [
        shapes(sheets(model, wander=0.0, redraws=redraws).sheets[0])[5]
        for redraws in ((), (year[0],), (year[1],), tuple(year))
    ]
    firsts = [one[0].tobytes() for one in found]
    assert len(set(firsts)) == 3
    assert firsts[2] == firsts[3]


def test_an_export_with_redraws_says_them_and_can_be_made_again(
    model: str, tmp_path: Path
) -> None:
    run(tmp_path / "plain.svg", model, TEXT)
    run(tmp_path / "a.svg", model, TEXT, redraws=(SECOND,))
    plain, recipe = (drawing(tmp_path / name).recipe for name in ("plain.svg", "a.svg"))
    assert plain is not None
    assert recipe is not None
    assert "redraws" not in plain
    assert recipe["redraws"] == [{"paragraph": 0, "first": 1, "last": 1, "seed": 77}]
    again = tuple(Redraw(**one) for one in recipe["redraws"])
    commission._DRAWN.clear()
    run(tmp_path / "b.svg", model, TEXT, redraws=again)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    run(tmp_path / "c.inkml", model, TEXT, redraws=again)
    assert words_in(tmp_path / "c.inkml") == TEXT.split()


@pytest.mark.parametrize(
    ("redraw", "message"),
    [
        ({"paragraph": 3}, "paragraph 3 cannot be redrawn, the text has 3"),
        ({"paragraph": 2, "last": 2}, "words 0 to 2 of paragraph 2 cannot be redrawn, it has 2"),
        ({"first": 2, "last": 1}, "words 2 to 1 of paragraph 0 cannot be redrawn"),
        ({"seed": -1}, "seed -1 is out of range"),
    ],
)
def test_what_cannot_be_redrawn_is_said(model: str, redraw: dict[str, int], message: str) -> None:
    wanted = Redraw(**({"paragraph": 0, "first": 0, "last": 0, "seed": 1} | redraw))
    with pytest.raises(UsageError, match=message):
        sheets(model, redraws=(wanted,))


def told_of(model: str, text: str, **wanted: Any) -> tuple[list[dict[str, Any]], list[InkSheet]]:
    """What is told while a text is written for the first time, and the sheets."""
    commission._DRAWN.clear()
    commission._SIZES.clear()
    given: dict[str, Any] = {"seed": 1, "page": "a5"} | wanted
    *steps, result = handwriting_sheets(
        SampleHandwriting(text=text, output="", model=model, **given)
    )
    assert isinstance(result, HandwritingSheets)
    return [s.data for s in steps if isinstance(s, Progress) and s.data], result.sheets


@pytest.mark.parametrize("page", ["a5", "fit"])
def test_ink_is_told_while_it_is_drawn_in_millimetres_of_the_page(model: str, page: str) -> None:
    told, _ = told_of(model, TEXT, page=page)
    [(width, height)] = {tuple(data["sheet"]) for data in told if "ink" in data}
    words: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for data in told:
        for some in data.get("ink", ()):
            assert some["page"] == 0
            words.setdefault(some["word"], []).extend(some["points"])
    assert sorted(words) == [(0, k) for k in range(5)] + [(2, 0), (2, 1)]  # 1905 is of glyphs
    margin = 14.8 if page == "a5" else 5.0
    for points in words.values():
        assert margin <= points[0][0] <= width - margin
    assert height == (210 if page == "a5" else pytest.approx(5 + 5 + 2 * 7.5 + 2.5 + 5))
    down = words[2, 0][0][1] - words[0, 0][0][1]
    assert down == pytest.approx(2 * 7.5, abs=2)  # a blank line between


def test_words_are_told_line_by_line_as_they_will_stand(model: str) -> None:
    told, _ = told_of(model, "hello there, " * 9)
    begins: dict[tuple[int, int], float] = {}
    for some in [some for data in told for some in data.get("ink", ())]:
        begins.setdefault(some["word"], some["points"][0][0])
    lefts = [begins[0, k] for k in range(18)]
    rows = [0, *(k for k in range(1, 18) if lefts[k] < lefts[k - 1])]
    assert all(lefts[k] == 14.8 for k in rows)
    assert len(rows) == 3


def test_a_word_that_begins_anew_is_void_first(tmp_path: Path) -> None:
    restless = str(hand(tmp_path / "hand.safetensors", whim=60.0))
    told, _ = told_of(restless, "the quick brown fox\n" * 4)
    void = [word for data in told for word in data.get("void", ())]
    assert void
    assert set(void) <= {(paragraph, word) for paragraph in range(4) for word in range(4)}


def test_lines_are_told_as_they_find_their_places(model: str) -> None:
    told, sheets = told_of(model, "hello there, ada\n" * 40)
    assert len(sheets) == 2
    pieces = [piece for data in told for piece in data.get("laid", ())]
    assert len(pieces) > 4
    for number, sheet in enumerate(sheets):
        own = [piece["sheet"] for piece in pieces if piece["page"] == number]
        assert [word for piece in own for word in piece.words] == sheet.words
        assert [guide for piece in own for guide in piece.guides] == sheet.guides
        assert b"".join(piece.points for piece in own) == sheet.points
        assert b"".join(piece.lengths for piece in own) == sheet.lengths


def test_what_was_drawn_before_comes_at_once_in_another_layout(model: str) -> None:
    sheets(model, page="a5")
    request = SampleHandwriting(text=TEXT, output="", model=model, seed=1, page="a4", x_height=3.0)
    *steps, result = handwriting_sheets(request)
    assert not any(step.data for step in steps if isinstance(step, Progress))
    assert isinstance(result, HandwritingSheets)
    assert result.sheets[0].width == 210


def test_boxes_and_ways_are_those_of_the_ink(model: str) -> None:
    [sheet] = sheets(model, "Ada ran\n\n7 i").sheets
    every, ways = strokes(sheet), np.frombuffer(sheet.ways, "<f4")
    for stroke, way in zip(every, ways, strict=True):
        straight = float(np.hypot(*np.diff(stroke, axis=0).T).sum())
        assert straight * 0.99 - 1e-3 <= way <= straight * 1.1 + 0.1
    own = iter(every)
    for word in sheet.words:
        points = np.concatenate([next(own) for _ in range(word.strokes)])
        np.testing.assert_allclose(word.box[:2], points.min(0), atol=0.03)
        np.testing.assert_allclose(word.box[2:], points.max(0), atol=0.03)


def test_only_the_last_hands_are_remembered(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commission, "KEPT", 2)
    for style in ("none", None, "none:2", "none"):
        sheets(model, "Dear", style=style)
    sheets(model, "Dear Ada", seed=9)
    assert 0 < len(commission._SIZES) <= 2
