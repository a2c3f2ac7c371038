from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.frontends.handwriting.codec.points import (
    GENTLE,
    SPIKE,
    baseline_slope,
    ink_of,
    levelled,
    repaired,
    resampled,
    spread,
    trace_of,
)
from seqgen.frontends.handwriting.ink.ink import Ink, Stroke
from tests.frontends.handwriting.ink.inks import strokes

UNIT = 2.0
FAR = SPIKE * UNIT + 0.1
NEAR = SPIKE * UNIT - 0.1
QUICK = settings(max_examples=30, deadline=None)  # a busy machine is no failure
INKS = st.lists(strokes(8), max_size=4).map(lambda some: Ink(tuple(some)))


def ink(*strokes: list[tuple[float, float]]) -> Ink:
    return Ink(tuple(np.array(stroke, float) for stroke in strokes))


def along(*xs: float) -> Ink:
    """A stroke of points on the x axis."""
    return ink([(x, 0) for x in xs])


def stems(slope: float, count: int = 20) -> Ink:
    """Upright stems of height 10 on a baseline that falls by ``slope``."""
    feet = [(10.0 * k, 10 * k * slope) for k in range(count)]
    return ink(*([(x, y), (x, y - 5), (x, y - 10)] for x, y in feet))


def lists(found: Ink) -> list[list[list[float]]]:
    return [stroke.tolist() for stroke in found.strokes]


@QUICK
@given(INKS)
def test_the_strokes_of_a_trace_are_those_of_the_ink(some: Ink) -> None:
    trace = trace_of(some)
    assert trace.points.shape == (some.points, 2)
    assert trace.lifts.sum() == len(some.strokes)
    assert lists(ink_of(trace.points, trace.lifts)) == lists(some)


def test_the_pen_lifts_after_the_last_point_of_every_stroke() -> None:
    trace = trace_of(ink([(0, 0), (1, 1)], [(5, 5)], [(2, 3), (4, 5), (6, 7)]))
    assert trace.points[:, 0].tolist() == [0, 1, 5, 2, 4, 6]
    assert trace.lifts.tolist() == [False, True, True, False, False, True]


def test_the_last_stroke_ends_without_a_lift_too() -> None:
    points = np.arange(8.0).reshape(4, 2)
    found = ink_of(points, np.array([False, True, False, False]))
    assert [len(stroke) for stroke in found.strokes] == [2, 2]


def test_the_slope_is_that_of_the_baseline() -> None:
    assert baseline_slope(stems(0.0)) == pytest.approx(0.0, abs=1e-12)
    assert baseline_slope(stems(0.1)) == pytest.approx(0.1)
    assert baseline_slope(stems(-0.2)) == pytest.approx(-0.2)


def test_the_slope_is_bounded() -> None:
    for height in (3, -3):  # half of the line lies on one level, half on another
        step = ink([(x, height * (x > 4.5)) for x in range(10)])
        assert baseline_slope(step) == np.copysign(GENTLE, height)


@pytest.mark.parametrize(
    "short",
    [Ink(), stems(0.2, 2), along(4.0), along(4.0, 4.0), ink([(0, 0), (0, 9)], [(0, 3)])],
)
def test_what_is_short_or_nothing_has_no_slope(short: Ink) -> None:
    assert baseline_slope(short) == 0
    assert levelled(short) is short


@pytest.mark.parametrize("slope", [0.15, -0.25])
def test_levelling_shears_and_leaves_upright_strokes_upright(slope: float) -> None:
    found = levelled(stems(slope))
    level = stems(0.0)
    for stroke, expected in zip(found.strokes, level.strokes, strict=True):
        np.testing.assert_allclose(stroke[:, 0], expected[:, 0])
        np.testing.assert_allclose(np.diff(stroke, axis=0), np.diff(expected, axis=0), atol=1e-9)
    feet = np.array([stroke[0, 1] for stroke in found.strokes])
    np.testing.assert_allclose(feet, feet[0], atol=1e-9)


def test_the_spread_is_the_median_of_the_lines() -> None:
    heights = (1.0, 2.0, 30.0)
    lines = [ink([(0, 0), (1, height)]) for height in heights]
    assert spread(lines) == pytest.approx(1.0)
    assert spread([line.scaled(7).moved(99, -99) for line in lines]) == pytest.approx(7.0)


def test_lines_with_no_height_do_not_count_in_the_spread() -> None:
    tall = ink([(0, 0), (1, 4)])
    dash = levelled(ink([(0.1 * k, 0.03 * k) for k in range(30)]))
    assert dash.box().height < 1e-12
    assert spread([along(1, 2, 3), tall, Ink(), dash, along(5), dash]) == pytest.approx(2.0)
    for flat in ([], [Ink()], [along(1, 2), along(5)], [dash]):
        with pytest.raises(ValueError, match=r"^the ink has no height$"):
            spread(flat)


def test_points_that_repeat_are_dropped() -> None:
    found = repaired(ink([(0, 0), (0, 0), (1, 0), (1, 0), (1, 0), (0, 0)], [(3, 3), (3, 3)]), UNIT)
    assert lists(found) == [[[0, 0], [1, 0], [0, 0]], [[3, 3]]]


@pytest.mark.parametrize(
    ("xs", "kept"),
    [
        ((0, 1, 2 + FAR, 2, 3), (0, 1, 2, 3)),
        ((FAR, 0, 1, 2), (0, 1, 2)),
        ((0, 1, 2, 2 + FAR), (0, 1, 2)),
        ((0, 1, 1 + FAR, 1 + 2 * FAR, 2, 3), (0, 1, 2, 3)),
        ((0, 1, 1 + NEAR, 2, 3), (0, 1, 1 + NEAR, 2, 3)),
    ],
)
def test_a_point_far_from_both_its_neighbours_is_a_spike(
    xs: tuple[float, ...], kept: tuple[float, ...]
) -> None:
    assert lists(repaired(along(*xs), UNIT)) == lists(along(*kept))


def test_a_jump_inside_a_stroke_parts_it() -> None:
    found = repaired(along(0, 1, 2, 2 + FAR, 3 + FAR), UNIT)
    assert lists(found) == lists(Ink(along(0, 1, 2).strokes + along(2 + FAR, 3 + FAR).strokes))


@pytest.mark.parametrize("xs", [(5.0,), (0.0, FAR), (0.0, FAR, 2 * FAR), (0.0, FAR, 0.0)])
def test_a_stroke_of_far_points_alone_stays(xs: tuple[float, ...]) -> None:
    assert lists(repaired(along(*xs), UNIT)) == lists(along(*xs))


@QUICK
@given(INKS, st.floats(0.01, 100))
def test_repair_loses_no_stroke_and_makes_up_no_point(some: Ink, unit: float) -> None:
    found = repaired(some, unit)
    assert len(found.strokes) >= len(some.strokes)
    every = {tuple(point) for stroke in some.strokes for point in stroke.tolist()}
    assert {tuple(point) for stroke in found.strokes for point in stroke.tolist()} <= every


@QUICK
@given(strokes(20), st.floats(1, 16))
def test_resampling_keeps_the_ends_and_their_number_for_every_phase(
    stroke: Stroke, thin: float
) -> None:
    plain = resampled(stroke, thin)
    for phase in (-0.5, -0.2, 0.1, 0.5):
        found = resampled(stroke, thin, phase)
        assert found.shape == plain.shape
        np.testing.assert_array_equal(found[[0, -1]], stroke[[0, -1]])


@QUICK
@given(st.integers(1, 90), st.floats(1, 16), st.floats(-0.5, 0.5))
def test_resampled_points_follow_each_other_in_time(count: int, thin: float, phase: float) -> None:
    clock = np.stack([np.arange(count), -np.arange(count)], axis=1).astype(float)
    times, back = resampled(clock, thin, phase).T
    np.testing.assert_array_equal(times, -back)
    assert (np.diff(times) > 0).all()
    assert np.diff(times, prepend=times[0]).max() <= thin + 0.5 + 1e-9


def test_every_thinth_point_is_taken_and_the_phase_moves_them() -> None:
    clock = np.stack([np.arange(9.0), np.zeros(9)], axis=1)
    assert resampled(clock, 2.0)[:, 0].tolist() == [0, 2, 4, 6, 8]
    assert resampled(clock, 2.0, 0.25)[:, 0].tolist() == [0, 2.25, 4.25, 6.25, 8]
    assert resampled(clock, 3.0)[:, 0] == pytest.approx([0, 8 / 3, 16 / 3, 8])
    assert resampled(clock, 16.0)[:, 0].tolist() == [0, 8]


def test_one_point_for_one_is_the_stroke_itself() -> None:
    clock = np.stack([np.arange(9.0), np.zeros(9)], axis=1)
    assert resampled(clock, 1.0, 0.5) is clock
    assert resampled(clock[:1], 7.0, 0.5).tolist() == [[0, 0]]
