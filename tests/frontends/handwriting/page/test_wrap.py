from __future__ import annotations

from math import nan

import numpy as np
import pytest

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.page.page import PageSettings
from seqgen.frontends.handwriting.page.word import Paragraph, Word
from seqgen.frontends.handwriting.page.wrap import Row
from tests.frontends.handwriting.page.made_up import box, nothing, wrapped

FIFTY = PageSettings(size="50x50", margins=0, x_height=2)


def rows(*paragraphs: Paragraph, settings: PageSettings = FIFTY) -> list[Row]:
    return wrapped(paragraphs, settings)


def test_a_line_takes_words_as_long_as_they_fit() -> None:
    first, second = rows((box(20), box(26), box(1)))
    assert [word.text for word in first.words] == ["box", "box"]
    assert first.shifts == [0, 24]
    assert first.width == 50
    assert (second.first, second.number, second.shifts) == (2, 1, [0])


def test_a_hair_too_much_wraps() -> None:
    assert [len(row.words) for row in rows((box(20), box(26.001)))] == [1, 1]


def test_spaces_are_kept_within_limits() -> None:
    wide, narrow, overlapping = (box(1, before=before) for before in (99, 0.1, -5))
    (row,) = rows((box(1), wide, narrow, overlapping))
    assert np.diff(row.shifts) - 1 == pytest.approx([6, 1.6, 1.6])


def test_the_space_before_the_first_word_of_a_line_does_not_count() -> None:
    first, second = rows((box(49, before=5), box(49, before=5)))
    assert first.shifts == second.shifts == [0]


def test_each_paragraph_starts_a_line_and_an_empty_one_is_blank() -> None:
    lines = rows((box(1),), (), (box(1), box(1)))
    assert [(row.paragraph, len(row.words), row.inked) for row in lines] == [
        (0, 1, True),
        (1, 0, False),
        (2, 2, True),
    ]


def test_ink_counts_from_its_left_edge() -> None:
    ink = box(10).ink.moved(7, 0)
    (row,) = rows((Word("a", ink, 4), Word("b", ink, 4)))
    assert row.shifts == [-7, 7]
    assert row.width == 24


def test_a_word_without_ink_takes_no_room_and_no_space() -> None:
    (row,) = rows((nothing(), box(20), nothing(), box(26), nothing(), nothing()))
    assert row.width == 50
    assert row.shifts == [0, 0, 24, 24, 54, 54]
    assert [word.text for word in row.words] == ["?", "box", "?", "box", "?", "?"]


def test_words_without_ink_alone_make_one_line() -> None:
    (row,) = rows((nothing(),) * 100)
    assert (row.width, row.inked, len(row.words)) == (0, False, 100)


def test_a_word_as_wide_as_a_line_fits() -> None:
    assert [row.width for row in rows((box(50),))] == [50]


def test_a_word_wider_than_a_line_is_named() -> None:
    with pytest.raises(UsageError) as caught:
        rows((box(3), box(50.1, text="Rindfleisch")))
    assert str(caught.value) == (
        "the word 'Rindfleisch' is 50.1 mm wide and a line has 50.0 mm, "
        "choose a smaller x-height or a larger page"
    )


def test_a_page_that_fits_grows_around_a_wide_word() -> None:
    settings = PageSettings(fit_width=50)
    lines = rows((box(3), box(80), box(3)), settings=settings)
    assert [row.width for row in lines] == [3, 80, 3]


def test_a_word_wider_than_any_page_is_refused_on_a_page_that_fits() -> None:
    with pytest.raises(UsageError, match=r"is 9999\.0 mm wide and a line has 9990\.0 mm"):
        rows((box(9999),), settings=PageSettings())


def test_ink_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="the ink of 'x' is not finite"):
        rows((Word("x", Ink((np.array([[0, 0], [nan, 1]]),)), 1),))
