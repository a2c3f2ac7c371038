from __future__ import annotations

import re
from math import inf, nan
from typing import Any

import pytest

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.page.page import PageSettings


def refusal(**settings: Any) -> str:
    with pytest.raises(UsageError) as caught:
        PageSettings(**settings)
    return str(caught.value)


def test_the_defaults_make_a_page_that_fits() -> None:
    settings = PageSettings()
    assert settings.sheet is None
    assert settings.text_width == 300
    assert settings.pitch == pytest.approx(3 * settings.x_height)
    assert settings.edges == (5.0,) * 4


def test_margins_are_a_tenth_of_the_shorter_side_of_a_sheet() -> None:
    assert PageSettings(size="a4").edges == (21,) * 4
    assert PageSettings(size="a4-landscape").edges == (21,) * 4
    assert PageSettings(size="300x100").edges == (10,) * 4


def test_one_margin_is_for_all_sides_and_four_go_round_from_the_top() -> None:
    assert PageSettings(size="a5", margins=12).edges == (12,) * 4
    settings = PageSettings(size="a5", margins=(1, 2, 3, 4))
    assert settings.edges._asdict() == {"top": 1, "right": 2, "bottom": 3, "left": 4}
    assert settings.room == pytest.approx((148 - 2 - 4, 210 - 1 - 3))
    assert settings.text_width == 142


def test_no_margin_at_all_is_a_margin() -> None:
    assert PageSettings(size="a4", margins=0).room == (210, 297)


@pytest.mark.parametrize("x_height", [0, -1, 0.49, 201, nan, inf])
def test_an_absurd_x_height_is_refused(x_height: float) -> None:
    assert refusal(x_height=x_height) == f"x-height must be from 0.5 to 200 mm, not {x_height:g}"


@pytest.mark.parametrize("pitch", [0, -3, 2.9, nan, 10001])
def test_a_line_pitch_below_the_x_height_is_refused(pitch: float) -> None:
    assert refusal(x_height=3, line_pitch=pitch) == (
        f"line pitch must be from 3 mm (the x-height) to 10000 mm, not {pitch:g}"
    )


def test_a_line_pitch_of_one_x_height_is_allowed() -> None:
    assert PageSettings(x_height=3, line_pitch=3).pitch == 3


@pytest.mark.parametrize("margins", [-1, nan, inf, (1, 2, -1, 4)])
def test_a_margin_must_be_a_length(margins: Any) -> None:
    assert refusal(margins=margins).startswith("margin must be from 0 to 10000 mm, not ")


def test_margins_that_leave_no_line_are_refused() -> None:
    assert refusal(size="a5", margins=80, x_height=3) == (
        "margins of 80 and 80 mm leave 0 mm of a page 148 mm wide, and an x-height of 3 mm needs 3"
    )
    assert refusal(size="a5", margins=(200, 10, 2, 10), x_height=3) == (
        "margins of 200 and 2 mm leave 8 mm of a page 210 mm high, and an x-height of 3 mm needs 9"
    )


def test_an_x_height_that_is_too_large_for_the_page_is_refused() -> None:
    message = refusal(size="a6", x_height=100)
    assert message.startswith("margins of 10.5 and 10.5 mm leave 84 mm of a page 105 mm wide")


def test_margins_of_a_page_that_fits_are_bounded_too() -> None:
    assert refusal(margins=5000).startswith("margins of 5000 and 5000 mm leave 0 mm of a page")


@pytest.mark.parametrize("wander", [-0.1, 1.1, nan])
def test_the_wander_is_from_none_to_an_x_height(wander: float) -> None:
    message = f"baseline wander must be from 0 to 1 x-heights, not {wander:g}"
    assert refusal(wander=wander) == message


def test_the_other_lengths_are_bounded() -> None:
    assert refusal(paragraph_gap=-1) == (
        "space between paragraphs must be from 0 to 10000 mm, not -1"
    )
    assert refusal(x_height=3, fit_width=2) == "text width must be from 3 to 10000 mm, not 2"


def test_an_unknown_alignment_brings_the_nearest() -> None:
    assert refusal(align="centre") == "no alignment is called 'centre', did you mean center?"
    assert refusal(align="foo") == "no alignment is called 'foo', known: center, left, right"


def test_an_unknown_page_is_refused_when_the_settings_are_made() -> None:
    assert re.match("no page is called 'a44'", refusal(size="a44"))
