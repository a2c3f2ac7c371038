from __future__ import annotations

import numpy as np
import pytest

from seqgen.frontends.handwriting.ink.spline import Points, sampled

SMOOTH = np.zeros(9, dtype=bool)
TURN = np.linspace(0, 2 * np.pi, 9)
CIRCLE = np.stack([np.cos(TURN), np.sin(TURN)], axis=1)


def turns(points: Points) -> Points:
    """The angles, in degrees, by which a polyline turns at its inner points."""
    steps = np.diff(points, axis=0)
    return np.degrees(np.diff(np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))))


def test_a_curve_starts_and_ends_at_its_outer_knots() -> None:
    points = sampled(CIRCLE[:6], SMOOTH[:6], 0.1)
    np.testing.assert_allclose(points[[0, -1]], CIRCLE[[0, 5]])


def test_a_curve_through_nine_knots_of_a_circle_is_nearly_round() -> None:
    points = sampled(CIRCLE, SMOOTH, 0.05)
    inner = points[len(points) // 8 : -len(points) // 8]
    np.testing.assert_allclose(np.hypot(*inner.T), 1, atol=0.01)


def test_points_lie_as_far_apart_as_asked() -> None:
    for spacing in (0.02, 0.1, 0.3):
        steps = np.hypot(*np.diff(sampled(CIRCLE, SMOOTH, spacing), axis=0).T)
        np.testing.assert_allclose(steps, spacing, rtol=0.1)


def test_two_knots_make_a_straight_line() -> None:
    points = sampled(np.array([[0.0, 0], [3, 4]]), SMOOTH[:2], 0.5)
    assert len(points) == 11
    np.testing.assert_allclose(points, np.linspace([0, 0], [3, 4], 11))


def test_a_knot_breaks_the_curve_only_where_it_is_a_corner() -> None:
    knots = np.array([[0.0, 0], [1, 0], [2, 0], [2, 1], [2, 2]])
    round_, sharp = (
        sampled(knots, np.array([False, False, corner, False, False]), 0.05)
        for corner in (False, True)
    )
    assert abs(turns(round_)).max() < 25
    assert abs(turns(sharp)).max() == pytest.approx(90)
    assert np.isclose(sharp, [2, 0]).all(1).any()


def test_knots_that_coincide_do_no_harm() -> None:
    points = sampled(np.array([[0.0, 0], [1, 1], [1, 1], [2, 0]]), SMOOTH[:4], 0.1)
    assert np.isfinite(points).all()
    assert np.hypot(*np.diff(points, axis=0).T).max() < 0.2


@pytest.mark.parametrize("spacing", [0.0, -0.1])
def test_points_cannot_lie_in_one_place(spacing: float) -> None:
    with pytest.raises(ValueError, match=f"must be above 0, not {spacing}"):
        sampled(CIRCLE, SMOOTH, spacing)
