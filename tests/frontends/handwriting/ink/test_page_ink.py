from __future__ import annotations

import pytest

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.page_ink import PageInk, PenInk


@pytest.mark.parametrize("width", [0.0, -1.0, 20.1, float("nan"), float("inf")])
def test_a_pen_has_a_width(width: float) -> None:
    with pytest.raises(UsageError) as caught:
        PenInk(Ink(), width=width)
    expected = f"pen width must be above 0 and at most 20 mm, not {width:g}"
    assert str(caught.value) == expected


@pytest.mark.parametrize(
    ("width", "height"), [(0, 1), (1, -1), (float("inf"), 1), (1, float("nan"))]
)
def test_a_page_has_a_size(width: float, height: float) -> None:
    with pytest.raises(ValueError, match="a page cannot be"):
        PageInk(width, height, ())
