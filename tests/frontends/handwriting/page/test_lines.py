from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from seqgen.frontends.handwriting.page.lines import EDGE, Line, line_of
from seqgen.frontends.handwriting.page.page import PageSettings
from seqgen.frontends.handwriting.page.word import Word
from tests.frontends.handwriting.page.made_up import box, nothing, wrapped


def line(*words: Word, seed: int = 1, width: float = 100.0, **settings: Any) -> Line:
    made = PageSettings(size=settings.pop("size", "fit"), x_height=2, **settings)
    (row,) = wrapped([words], made)
    return line_of(row, made, seed, width)


def left_and_right(of: Line) -> tuple[float, float]:
    return float(of.points[:, 0].min()), float(of.points[:, 0].max())


@pytest.mark.parametrize(("align", "left"), [("left", 0), ("center", 28), ("right", 56)])
def test_a_straight_line_stands_where_its_alignment_says(align: str, left: float) -> None:
    straight = line(box(20), box(20), align=align, wander=0)
    assert left_and_right(straight) == (left, left + 44)
    assert straight.points[:6].tolist() == (
        [*box(20).ink.moved(left, 0).strokes[0].tolist(), [left + 10, -1.5]]
    )


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_lines_that_wander_start_near_where_they_should(align: str) -> None:
    aim = {"left": 0.0, "center": 40.0, "right": 80.0}[align]
    most = EDGE * 0.1 * 2
    lines = [line(box(20), seed=seed, align=align, wander=0.1) for seed in range(200)]
    starts = np.array([left_and_right(one)[0] for one in lines]) - aim
    low = {"left": 0.0, "center": -most / 2, "right": -most}[align]
    assert low <= starts.min() < low + most / 10
    assert low + 0.9 * most < starts.max() <= low + most


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_a_full_line_starts_at_the_margin_whatever_its_wander(align: str) -> None:
    full = line(box(20), width=20, align=align, wander=1)
    assert left_and_right(full) == (0, 20)


def test_a_line_claims_the_room_of_its_ink_on_a_page_that_fits() -> None:
    assert line(box(5, above=3, below=1), wander=0).claim == (3, 1)
    assert line(box(5, above=3, below=-2), wander=0).claim == (3, -2)
    assert line().claim == line(nothing()).claim == (2, 0)


def test_a_line_claims_the_room_of_ascenders_and_descenders_on_a_sheet() -> None:
    small = line(box(5, above=1, below=0), size="a4", wander=0)
    assert (small.ink, small.claim) == ((1, 0), (4, 2))
    assert line(box(5, above=9, below=8), size="a4", wander=0).claim == (9, 8)
    assert line(size="a4").claim == (4, 2)


def test_the_wander_bends_a_line_and_leaves_its_x_alone() -> None:
    words = (box(60), box(80))
    straight, bent = line(*words, width=144, wander=0), line(*words, width=144, wander=0.5)
    assert (straight.points[:, 0] == bent.points[:, 0]).all()
    strayed = np.abs(straight.points[:, 1] - bent.points[:, 1])
    assert 0.1 < strayed.max() <= 1.0
    assert bent.ink != straight.ink
