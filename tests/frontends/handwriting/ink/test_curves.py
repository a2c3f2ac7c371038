from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.frontends.handwriting.ink.curves import PATIENCE, Cubic, flattened, thinned
from seqgen.frontends.handwriting.ink.ink import Stroke
from tests.frontends.handwriting.ink.deviation import apart, dense, farthest
from tests.frontends.handwriting.ink.inks import pen_strokes, strokes

TURN = np.linspace(0, 2 * np.pi, 500)
CIRCLE = np.stack([np.cos(TURN), np.sin(TURN)], axis=1)


def test_the_comparison_of_lines_sees_a_difference() -> None:
    flat, bent = np.array([[0.0, 0], [10, 0]]), np.array([[0.0, 0], [5, 1], [10, 0]])
    assert apart(flat, flat) == 0
    assert apart(flat, bent) == 1
    assert apart(flat, flat + 0.5) == pytest.approx(np.hypot(0.5, 0.5))
    assert farthest(np.array([[3.0, 4]]), np.zeros((1, 2))) == 5


@settings(deadline=None)
@given(strokes() | pen_strokes(), st.sampled_from([0.0, 0.001, 0.03, 1.0, 50.0]))
def test_a_thinned_stroke_keeps_its_ends_and_its_course(stroke: Stroke, tolerance: float) -> None:
    thin = thinned(stroke, tolerance)
    assert (thin[0] == stroke[0]).all()
    assert (thin[-1] == stroke[-1]).all()
    assert len(thin) <= len(stroke)
    assert apart(stroke, thin) <= tolerance + 1e-9


def test_thinning_drops_what_lies_on_a_line_and_keeps_corners() -> None:
    bent = np.array([[0.0, 0], [1, 0], [2, 0], [2, 1], [2, 2], [2, 2]])
    assert thinned(bent, 0.01).tolist() == [[0, 0], [2, 0], [2, 2]]
    there_and_back = np.array([[0.0, 0], [5, 0], [1, 0]])
    assert len(thinned(there_and_back, 0.01)) == 3
    assert len(thinned(CIRCLE, 0.001)) < 120


def test_a_point_and_a_pair_are_left_alone() -> None:
    for stroke in (np.array([[1.0, 2]]), np.array([[1.0, 2], [1, 2]])):
        assert thinned(stroke, 5).tolist() == stroke.tolist()


def test_a_long_stroke_that_always_splits_at_its_end_is_thinned_within_the_limit() -> None:
    heights = np.geomspace(1e-3, 1e6, 20_000)
    stroke = np.stack([np.arange(20_000.0), heights * (np.arange(20_000) % 2)], axis=1)
    thin = thinned(stroke, 0.03)
    at = np.flatnonzero(np.isin(stroke[:, 0], thin[:, 0]))
    assert PATIENCE < 10_000 < len(thin) < 20_000
    gaps = np.interp(stroke[:, 0], thin[:, 0], thin[:, 1]) - stroke[:, 1]
    assert np.abs(np.delete(gaps, at)).max() <= 0.03


@settings(deadline=None)
@given(pen_strokes(31), st.sampled_from([0.5, 0.01, 0.001]))
def test_a_flattened_curve_stays_within_its_tolerance(points: Stroke, tolerance: float) -> None:
    cubic = Cubic(points[: 3 * ((len(points) - 1) // 3) + 1])
    coarse, fine = flattened(cubic, tolerance), flattened(cubic, 1e-4)
    assert (coarse[0] == cubic.points[0]).all()
    assert (coarse[-1] == cubic.points[-1]).all()
    assert farthest(fine, coarse) <= tolerance + 1e-9
    assert farthest(dense(coarse, 4), fine) <= tolerance + 2e-4


def test_a_straight_curve_needs_one_piece() -> None:
    straight = Cubic(np.array([[0.0, 0], [1, 1], [2, 2], [3, 3]]))
    assert flattened(straight, 0.01).tolist() == [[0, 0], [3, 3]]
    assert straight.knots.tolist() == [[0, 0], [3, 3]]
    assert flattened(Cubic(np.array([[1.0, 2]])), 0.01).tolist() == [[1, 2]]


def test_what_is_no_curve_and_no_tolerance_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\(3N \+ 1, 2\), not \(3, 2\)"):
        Cubic(np.zeros((3, 2)))
    with pytest.raises(ValueError, match="above 0, not 0"):
        flattened(Cubic(np.zeros((4, 2))), 0)
    for tolerance in (-1.0, float("nan")):
        with pytest.raises(ValueError, match="0 or more"):
            thinned(CIRCLE, tolerance)
