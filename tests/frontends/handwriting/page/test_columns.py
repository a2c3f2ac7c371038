from __future__ import annotations

from typing import Any

import pytest

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.page.columns import Column, Columns
from seqgen.frontends.handwriting.page.lines import line_of
from seqgen.frontends.handwriting.page.page import PageSettings
from seqgen.frontends.handwriting.page.word import Paragraph
from tests.frontends.handwriting.page.made_up import box, nothing, wrapped

SHEET: dict[str, Any] = {"size": "100x30", "margins": 0, "x_height": 2, "line_pitch": 8}
"""A sheet that takes four lines: 4 mm for ascenders, 3 pitches, 2 mm for descenders."""


def columns(*paragraphs: Paragraph, **settings: Any) -> list[Column]:
    made = PageSettings(wander=0, **(SHEET | settings))
    found = Columns(made)
    for row in wrapped(paragraphs, made):
        found.add(line_of(row, made, 1, made.text_width))
    return found.columns


def small(number: int) -> list[Paragraph]:
    return [(box(5, above=2),)] * number


def test_lines_lie_a_pitch_apart_until_a_page_is_full() -> None:
    first, second = columns(*small(5))
    assert first.offsets == [0, 8, 16, 24]
    assert (first.head, first.foot) == (4, 26)
    assert (second.offsets, second.head, second.foot) == ([0], 4, 2)


def test_the_gap_between_paragraphs_counts_only_between_them() -> None:
    (column,) = columns((box(60), box(60)), (box(60),), paragraph_gap=3)
    assert column.offsets == [0, 8, 19]


def test_a_gap_is_forgotten_at_the_top_of_a_page() -> None:
    first, second = columns(*small(4), paragraph_gap=3)
    assert first.offsets == [0, 11, 22]
    assert second.offsets == [0]
    assert second.head == 4


def test_deep_ink_goes_to_the_next_page() -> None:
    deep = (box(5, below=2.5),)
    assert [len(column.lines) for column in columns(*small(3), deep)] == [3, 1]
    assert [len(column.lines) for column in columns(*small(2), deep, *small(1))] == [4]


def test_tall_ink_on_a_first_line_pushes_it_down() -> None:
    first, second = columns((box(5, above=6),), *small(3))
    assert first.head == 6
    assert [len(first.lines), len(second.lines)] == [3, 1]


def test_ink_that_reaches_over_the_lines_above_pushes_them_down() -> None:
    (column,) = columns(*small(2), (box(5, above=22),))
    assert column.head == 22 - 16
    assert column.offsets == [0, 8, 16]


def test_blank_lines_that_find_no_room_are_dropped() -> None:
    first, second = columns(*small(3), (), (), (), *small(1))
    assert [bool(line.row.words) for line in first.lines] == [True, True, True, False]
    assert [line.row.paragraph for line in second.lines] == [6]


def test_a_thousand_blank_lines_make_one_page() -> None:
    assert len(columns(*[()] * 1000)) == 1


def test_words_without_ink_are_never_dropped() -> None:
    _, second = columns(*small(4), (nothing(),))
    assert second.lines[0].row.words[0].text == "?"


def test_a_line_that_just_fits_gives_up_the_room_of_its_ascenders() -> None:
    (column,) = columns((box(5, above=0, below=29),))
    assert (column.head, column.foot) == (0, 29)


def test_a_line_higher_than_the_page_is_named_by_its_tallest_word() -> None:
    with pytest.raises(UsageError) as caught:
        columns((box(5), box(5, text="Jj", above=20, below=11), nothing()))
    assert str(caught.value) == (
        "the line with 'Jj' is 31.0 mm high and the page has 30.0 mm, "
        "choose a smaller x-height or a larger page"
    )


def test_a_page_that_fits_has_no_second_page() -> None:
    (column,) = columns(*small(1000), size="fit")
    assert column.offsets[-1] == 999 * 8
    with pytest.raises(UsageError) as caught:
        columns(*small(1300), size="fit")
    assert str(caught.value) == (
        "the text needs a page of more than 10000 mm, choose a sheet such as a4 in place of 'fit'"
    )
