from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.frontends.handwriting.ink.curves import TOLERANCE, Cubic, bezier, ragged
from seqgen.frontends.handwriting.ink.fitting import smooth, smoothed
from seqgen.frontends.handwriting.ink.ink import Stroke
from tests.frontends.handwriting.ink.deviation import dense, farthest
from tests.frontends.handwriting.ink.inks import pen_strokes, strokes

TURN = np.linspace(0, 6 * np.pi, 300)
LOOPS = np.stack([0.4 * TURN + 1.2 * np.cos(TURN), 1.5 * np.sin(TURN)], axis=1)


def course(cubic: Cubic, parts: int = 24) -> Stroke:
    """Points of the curve itself, evenly by its parameter."""
    curves = cubic.curves()
    owner, step = ragged(np.full(len(curves), parts))
    return np.concatenate([bezier(curves[owner], step / parts), cubic.points[-1:]])


def handles(cubic: Cubic) -> tuple[Stroke, Stroke]:
    """The handles that arrive at the inner knots and those that leave them, as vectors."""
    knots = cubic.knots[1:-1]
    return knots - cubic.points[2:-2:3], cubic.points[4::3] - knots


@settings(deadline=None)
@given(pen_strokes() | strokes(8), st.sampled_from([0.01, TOLERANCE, 0.2]))
def test_a_smooth_curve_stays_near_the_ink_and_the_ink_near_the_curve(
    stroke: Stroke, tolerance: float
) -> None:
    curve = course(smooth(stroke, tolerance))
    assert np.abs(curve[0] - stroke[0]).max() <= 1e-5
    assert np.abs(curve[-1] - stroke[-1]).max() <= 1e-5
    assert farthest(curve, stroke) <= tolerance
    assert farthest(dense(stroke, 4), curve) <= tolerance + 1e-3


@given(pen_strokes())
def test_handles_of_a_knot_lie_on_one_line(stroke: Stroke) -> None:
    arriving, leaving = handles(smooth(stroke))
    cross = arriving[:, 0] * leaving[:, 1] - arriving[:, 1] * leaving[:, 0]
    sizes = np.hypot(*arriving.T) * np.hypot(*leaving.T)
    assert (np.abs(cross) <= 1e-6 * sizes + 1e-12).all()
    assert ((arriving * leaving).sum(axis=1) >= -1e-12).all()


@given(pen_strokes())
def test_each_curve_moves_only_forward_along_its_chord(stroke: Stroke) -> None:
    curves = smooth(stroke).curves()
    chords = curves[:, 3] - curves[:, 0]
    along = np.einsum("ckd,cd->ck", np.diff(curves, axis=1), chords)
    slack = 1e-9 * (chords**2).sum(axis=1, keepdims=True) + 1e-12
    assert (along >= -slack).all()


def test_loops_need_few_curves_and_turn_evenly() -> None:
    cubic = smooth(LOOPS)
    assert len(cubic.curves()) < len(LOOPS) / 15
    arriving, leaving = handles(cubic)
    assert (np.hypot(*arriving.T) > 0.05).all()
    assert (np.hypot(*leaving.T) > 0.05).all()
    assert farthest(course(cubic), LOOPS) < TOLERANCE


def test_a_pen_that_turns_back_does_not_overshoot() -> None:
    down = np.stack([np.zeros(20), np.linspace(0, 3, 20)], axis=1)
    curve = course(smooth(np.concatenate([down, down[::-1]])))
    assert curve[:, 1].max() <= 3
    assert np.abs(curve[:, 0]).max() <= TOLERANCE


def test_a_straight_stroke_is_one_straight_curve() -> None:
    cubic = smooth(np.stack([np.arange(50.0), np.arange(50.0) / 2], axis=1))
    assert cubic.points == pytest.approx(
        np.array([[0, 0], [49 / 3, 49 / 6], [98 / 3, 49 / 3], [49, 24.5]])
    )


def test_a_stroke_of_one_place_is_a_dot() -> None:
    for points in (1, 2, 100):
        assert smooth(np.full((points, 2), 3.5)).points.tolist() == [[3.5, 3.5]]
    assert smooth(np.full((3, 2), 3.5) + 1e-12 * np.arange(3)[:, None]).points.shape == (1, 2)


@settings(deadline=None)
@given(st.lists(pen_strokes(20) | strokes(5), max_size=5))
def test_strokes_are_fitted_together_as_they_are_alone(some: list[Stroke]) -> None:
    together = smoothed(some)
    assert len(together) == len(some)
    for cubic, stroke in zip(together, some, strict=True):
        assert farthest(course(cubic), stroke) <= TOLERANCE


def test_a_tolerance_of_nothing_is_refused() -> None:
    for tolerance in (0.0, -1.0, float("nan")):
        with pytest.raises(ValueError, match="above 0"):
            smooth(LOOPS, tolerance)
