from __future__ import annotations

from math import inf, nan

import pytest

from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.page.word import Word


@pytest.mark.parametrize("before", [nan, inf, -inf])
def test_a_space_that_is_no_finite_number_is_refused(before: float) -> None:
    with pytest.raises(ValueError, match="the space before 'ink' must be finite, not"):
        Word("ink", Ink(), before)


def test_words_that_overlap_have_a_negative_space() -> None:
    assert Word("ink", Ink(), -1.0).before == -1.0
