from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from seqgen.frontends.music.codecs import bins


@given(st.integers(0, bins.LONGEST))
def test_times_are_exact_while_short_and_proportional_when_long(units: int) -> None:
    value = int(bins.VALUES[bins.nearest(units)])
    assert value == units if units <= bins.EXACT else abs(value - units) <= 0.5 + 0.022 * units


@given(st.floats(0, 2 * bins.LONGEST))
def test_no_other_class_is_nearer(units: float) -> None:
    error = np.abs(bins.VALUES - units)
    assert error[bins.nearest(units)] == error.min()


def test_values_grow_from_nothing_to_a_minute_of_beats() -> None:
    assert bins.VALUES[0] == 0
    assert (np.diff(bins.VALUES) > 0).all()
    assert len(bins.VALUES) == bins.COUNT
    assert bins.nearest(10**9) == bins.COUNT - 1
