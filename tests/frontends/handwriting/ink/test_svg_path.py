from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.frontends.handwriting.ink.curves import bezier, flattened
from seqgen.frontends.handwriting.ink.ink import Stroke
from seqgen.frontends.handwriting.ink.svg_path import read_path


def strokes(data: str) -> list[list[list[float]]]:
    return [np.round(flattened(cubic, 1e6), 9).tolist() for cubic in read_path(data)]


def middle(data: str, curve: int = -1) -> list[float]:
    """The point halfway along a curve of the last subpath."""
    curves = read_path(data)[-1].curves()[curve]
    return [round(value, 9) for value in bezier(curves[None], np.array([0.5]))[0].tolist()]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("M1,2L3,4 5,6", [[[1, 2], [3, 4], [5, 6]]]),
        ("m1 2 3 4 5 6", [[[1, 2], [4, 6], [9, 12]]]),
        ("M1 2 L3 4 M5 6 L7 8", [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]),
        ("m1,2l1,1m1,1l1,1", [[[1, 2], [2, 3]], [[3, 4], [4, 5]]]),
        ("M1,2H5 7V9 1", [[[1, 2], [5, 2], [7, 2], [7, 9], [7, 1]]]),
        ("M1,2h1 2v3 1", [[[1, 2], [2, 2], [4, 2], [4, 5], [4, 6]]]),
        ("M1,1L2,1 2,2zL0,0", [[[1, 1], [2, 1], [2, 2], [1, 1]], [[1, 1], [0, 0]]]),
        ("M1,1L2,1 1,1Z", [[[1, 1], [2, 1], [1, 1]]]),
        ("M3,4z", [[[3, 4], [3, 4]]]),
        ("M3,4M5,6", []),
        ("M0-1.5.5-2e1+3+4", [[[0, -1.5], [0.5, -20], [3, 4]]]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_lines(data: str, expected: list[list[list[float]]]) -> None:
    assert strokes(data) == expected


@pytest.mark.parametrize(
    ("absolute", "relative"),
    [
        ("M1,1C2,3 4,5 6,7 8,9 10,11 12,13", "M1,1c1,2 3,4 5,6 2,2 4,4 6,6"),
        ("M1,1C2,3 4,5 6,7S9,9 8,8", "M1,1c1,2 3,4 5,6s3,2 2,1"),
        ("M1,1Q2,3 4,5 6,7 8,9", "M1,1q1,2 3,4 2,2 4,4"),
        ("M1,1Q2,3 4,5T8,8 9,9", "M1,1q1,2 3,4t4,3 1,1"),
        ("M1,1A5,4 30 0 1 3,4 2,2 0 1 0 5,5", "M1,1a5,4 30 0 1 2,3 2,2 0 1 0 2,1"),
    ],
)
def test_relative_curves_are_the_absolute_ones(absolute: str, relative: str) -> None:
    (one,), (other,) = read_path(absolute), read_path(relative)
    assert one.points == pytest.approx(other.points)


def test_a_cubic_is_taken_as_it_is() -> None:
    (cubic,) = read_path("M1,2 C3,4 5,6 7,8")
    assert cubic.points.tolist() == [[1, 2], [3, 4], [5, 6], [7, 8]]


def test_smooth_commands_mirror_the_handle_before_if_it_is_of_their_kind() -> None:
    assert middle("M0,0C0,1 1,1 1,0S2,-1 2,0") == [1.5, -0.75]
    assert middle("M0,0L1,0S2,-1 2,0") == [1.5, -0.375]
    assert middle("M0,0Q1,1 1,0S2,-1 2,0") == [1.5, -0.375]
    assert middle("M0,0Q1,2 2,0T4,0") == [3, -1]
    assert middle("M0,0Q1,2 2,0T4,0T6,0") == [5, 1]
    assert middle("M0,0L2,0T4,0") == [2.5, 0]
    assert middle("M0,0Q1,2 2,0M2,0T4,0") == [2.5, 0]


def test_a_quadratic_curve_becomes_the_same_cubic() -> None:
    assert middle("M0,0Q1,2 2,0") == [1, 1]


@pytest.mark.parametrize(
    ("flags", "top"), [("0 0", [0.0, 1.0]), ("1 0", [0.0, 1.0]), ("0 1", [0.0, -1.0])]
)
def test_a_half_circle_goes_through_its_top(flags: str, top: list[float]) -> None:
    (cubic,) = read_path(f"M-1,0 A1,1 0 {flags} 1,0")
    assert np.hypot(*flattened(cubic, 1e-3).T) == pytest.approx(1, abs=1e-5)
    assert np.abs(cubic.knots - top).sum(axis=1).min() < 1e-9


def test_arcs_turn_stretch_and_choose_their_side() -> None:
    def extent(data: str) -> list[float]:
        points = flattened(read_path(data)[0], 1e-4)
        corners = [*points.min(0).tolist(), *points.max(0).tolist()]
        return [round(value, 2) + 0.0 for value in corners]

    quarter = [0, 0, 1, 1]
    assert extent("M0,0A1,1 0 0 1 1,1") == quarter
    assert extent("M0,0A1,1 0 0 0 1,1") == quarter
    assert extent("M0,0A1,1 0 1 1 1,1") == [0, -1, 2, 1]
    assert extent("M0,0A1,1 0 1 0 1,1") == [-1, 0, 1, 2]
    assert extent("M0,0a1,1,0,1101,1") == [0, -1, 2, 1]  # flags without gaps
    assert extent("M0,0A.1,.2 0 0 1 0,4") == [0, 0, 1, 4]  # too short: enlarged
    assert extent("M0,0A2,1 90 0 1 0,4") == [0, 0, 1, 4]
    assert strokes("M0,0A0,1 0 0 1 3,4") == [[[0, 0], [3, 4]]]
    assert strokes("M0,0A1,1 0 0 1 0,0") == [[[0, 0], [0, 0]]]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("L1,2", "'L1,2' does not begin with M"),
        ("1,2 3,4", "'1,2 3,4' does not begin with M"),
        ("M1,2 L3", "L needs 2 numbers each time, not 1 in all"),
        ("M1,2 L", "L needs 2 numbers each time, not 0 in all"),
        ("M1,2 C1,2 3,4", "C needs 6 numbers each time, not 4 in all"),
        ("M1,2 A1,1 0 1 3,4", "A needs 7 numbers each time, not 6 in all"),
        ("M1,2 A1,1 0 2 1 3,4", "A has a flag that is neither 0 nor 1"),
        ("M1,2 z 5", "'5' after z is not a command"),
        ("M1,2 X3,4", "'1,2 X3,4' is not a list of numbers"),
        ("M1,nan", "is not a list of numbers"),
        ("M1,inf", "is not a list of numbers"),
        ("M1,1e999", "the number inf is beyond 1e"),
        ("M1,-2e9", "the number -2e.09 is beyond 1e"),
        ("M1,\u0661", "is not a list of numbers"),
        ("M" + "1" * 5000 + "x", "is not a list"),
    ],
)
def test_data_that_is_no_path_is_refused(data: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_path(data)


@settings(deadline=None)
@given(st.text("MmZzLlHhVvCcSsQqTtAa0123456789.,-+eE \n", max_size=60))
def test_any_text_is_read_or_refused(data: str) -> None:
    with suppress(ValueError):
        stroke: Stroke
        for stroke in (cubic.points for cubic in read_path("M1,2" + data)):
            assert np.isfinite(stroke).all()
