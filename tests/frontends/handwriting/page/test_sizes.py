from __future__ import annotations

import re

import pytest

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.page.sizes import PAPER, page_size


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("a3", (297, 420)),
        ("a4", (210, 297)),
        ("A4", (210, 297)),
        (" a5 ", (148, 210)),
        ("a6", (105, 148)),
        ("a6-landscape", (148, 105)),
        ("Letter", (215.9, 279.4)),
        ("legal", (215.9, 355.6)),
        ("legal-landscape", (355.6, 215.9)),
        ("100x150", (100, 150)),
        ("148.5x210.25", (148.5, 210.25)),
        ("100X150mm", (100, 150)),
        ("5x10000", (5, 10000)),
    ],
)
def test_a_page_has_a_name_or_two_measures(name: str, size: tuple[float, float]) -> None:
    assert page_size(name) == size


def test_a_page_that_fits_has_no_size_of_its_own() -> None:
    assert page_size("fit") is None
    assert page_size("Fit") is None


def test_each_paper_exists_lying_and_standing() -> None:
    standing = {name for name in PAPER if not name.endswith("-landscape")}
    assert standing == {"a3", "a4", "a5", "a6", "letter", "legal"}
    for name in standing:
        width, height = PAPER[name]
        assert width < height
        assert PAPER[f"{name}-landscape"] == (height, width)


@pytest.mark.parametrize(
    "name", ["a44", "foo", "", "210", "x", "-5x100", "1e3x5", "nanx5", "5,5x9"]
)
def test_an_unknown_page_is_named_with_what_there_is(name: str) -> None:
    start = re.escape(f"no page is called {name!r} (a size in mm is written 148.5x210), ")
    with pytest.raises(UsageError, match=start + "(did you mean|known: a3, a3-landscape, a4)"):
        page_size(name)


def test_a_slip_of_the_pen_brings_the_nearest_name() -> None:
    with pytest.raises(UsageError, match=r"did you mean letter\?$"):
        page_size("leter")


@pytest.mark.parametrize(
    ("name", "side"), [("4.9x100", "4.9"), ("0x100", "0"), ("100x10001", "10001")]
)
def test_a_side_beyond_all_plotters_is_refused(name: str, side: str) -> None:
    message = f"page '{name}': a side must be from 5 to 10000 mm, not {side}"
    with pytest.raises(UsageError, match=f"^{re.escape(message)}$"):
        page_size(name)


def test_a_side_of_four_hundred_digits_is_refused() -> None:
    with pytest.raises(UsageError, match=r"must be from 5 to 10000 mm, not inf$"):
        page_size("9" * 400 + "x100")
