from __future__ import annotations

from math import inf, nan, sqrt

import numpy as np
import pytest

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.page.plot import PlotSpeeds, PlotStatistics, plot_statistics

CORNER = Ink(
    (
        np.array([[3.0, 4.0], [3.0, 14.0], [13.0, 14.0]]),
        np.array([[13.0, 4.0]]),
        np.array([[13.0, 0.0], [8.0, 0.0]]),
    )
)


def test_ways_are_counted_from_the_corner_and_back() -> None:
    found = plot_statistics([CORNER])
    assert found.pen_down == pytest.approx(10 + 10 + 0 + 5)
    assert found.pen_up == pytest.approx(5 + 10 + 4 + 8)
    assert found.lifts == 3


def test_pages_add_up_and_blank_ones_cost_nothing() -> None:
    one, three = plot_statistics([CORNER]), plot_statistics([CORNER, Ink(), CORNER, CORNER])
    assert three.pen_down == pytest.approx(3 * one.pen_down)
    assert three.pen_up == pytest.approx(3 * one.pen_up)
    assert three.lifts == 9
    assert plot_statistics([Ink()]) == plot_statistics([]) == PlotStatistics(0, 0, 0)


def test_a_dot_is_a_lift_and_no_way() -> None:
    found = plot_statistics([Ink((np.array([[1.0, 1.0]]),))])
    assert (found.pen_down, found.lifts) == (0, 1)
    assert found.pen_up == pytest.approx(2 * sqrt(2))


def test_the_time_is_that_of_ways_and_lifts() -> None:
    found = PlotStatistics(pen_down=100, pen_up=300, lifts=10)
    assert found.seconds(PlotSpeeds(pen_down=50, pen_up=150, lift=0.5)) == 2 + 2 + 5
    assert found.seconds(PlotSpeeds()) == pytest.approx(2 + 2 + 2.8)


@pytest.mark.parametrize("speed", [0, -1, nan, inf])
def test_a_pen_that_does_not_move_is_refused(speed: float) -> None:
    for name in ("pen_down", "pen_up"):
        with pytest.raises(UsageError, match=f"^a speed must be above 0 mm/s, not {speed:g}$"):
            PlotSpeeds(**{name: speed})


def test_a_lift_cannot_take_less_than_no_time() -> None:
    assert PlotSpeeds(lift=0).lift == 0
    with pytest.raises(UsageError, match=r"^a pen lift must take 0 s or more, not -1$"):
        PlotSpeeds(lift=-1)
