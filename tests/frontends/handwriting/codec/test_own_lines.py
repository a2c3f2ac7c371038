from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from seqgen.core.steps import PenSpec
from seqgen.frontends.handwriting.codec.own_lines import OwnLines
from seqgen.frontends.handwriting.codec.sequences import decode
from seqgen.frontends.handwriting.codec.state import InkState, sequences_for
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.ink.ink import Ink

TEXT = "a b a"
STATE = InkState(codec="hand", thin=2.0, pace=20.0, alphabet=" ab", counts={}, styles=["x", "y"])
SPEC = PenSpec(characters=5, styles=3)


def line(pace: float, source: str = "me.inkml", size: float = 1.0) -> Line:
    """Five loops, with ``pace`` points a loop, in strokes of two loops and a half."""
    time = np.arange(round(pace * len(TEXT))) / pace
    turn = 2 * np.pi * time
    points = size * np.stack([3 * time + np.sin(turn), np.cos(turn)], axis=1)
    return Line("line 1", source, TEXT, Ink(tuple(np.array_split(points, 2))))


def steps(*lines: Line) -> list[int]:
    own = OwnLines(lines, STATE, SPEC)
    return [own.length(index) for index in range(len(own))]


@pytest.mark.parametrize("pace", [13, 20, 32])
def test_lines_at_a_pace_that_hands_have_are_seen_as_in_training(pace: float) -> None:
    own, trained = (
        OwnLines([line(pace)], STATE, SPEC),
        sequences_for([line(pace)], STATE, SPEC),
    )
    assert own.pace["me.inkml"] == pytest.approx(pace)
    assert own.thin["me.inkml"] == 2
    np.testing.assert_array_equal(own.draw(0, None).offsets, trained.draw(0, None).offsets)
    np.testing.assert_array_equal(own.draw(0, None).text, trained.draw(0, None).text)


@pytest.mark.parametrize("pace", [4, 12, 33, 50, 400])
def test_a_faster_or_slower_device_gives_as_many_points_as_the_training_data_had(
    pace: float,
) -> None:
    (expected,) = steps(line(20))
    (found,) = steps(line(pace))
    assert found == pytest.approx(expected, abs=3)
    assert steps(line(pace))[0] == len(OwnLines([line(pace)], STATE, SPEC).draw(0, None))


def test_points_are_filled_in_along_a_curve_and_not_along_its_chords() -> None:
    def turns(pace: float) -> NDArray[np.float64]:
        """How sharply the pen turns at the points of a stroke; on a chord it does not."""
        own = OwnLines([line(pace)], STATE, SPEC).draw(0, None)
        bends = np.diff(decode(own).strokes[0], n=2, axis=0)
        found: NDArray[np.float64] = np.hypot(*bends.T)
        return found[3:20]

    dense, filled = turns(20), turns(5)
    assert filled.min() > 0.3 * dense.min()
    assert filled.max() < 2 * dense.max()


def test_each_source_has_its_own_pace_and_unit() -> None:
    lines = [line(20), line(50, "tablet.inkml", size=100), line(20), line(7, "mouse.inkml")]
    own = OwnLines(lines, STATE, SPEC)
    assert own.pace == pytest.approx({"me.inkml": 20, "tablet.inkml": 50, "mouse.inkml": 7})
    assert own.thin["tablet.inkml"] == pytest.approx(5)
    counts = [own.length(index) for index in range(4)]
    assert len(own) == own.first == 4
    assert max(counts) - min(counts) <= 3
    heights = [decode(own.draw(index, None)).box().height for index in range(4)]
    assert max(heights) < 1.1 * min(heights)


def test_drawn_anew_a_line_has_its_points_elsewhere_and_nothing_else_changes() -> None:
    own = OwnLines([line(20)], STATE, SPEC)
    plain = own.draw(0, None)
    first, second = (own.draw(0, np.random.default_rng(seed)) for seed in (0, 1))
    assert not np.array_equal(first.offsets, second.offsets)
    assert len(first) == len(second) == len(plain) == own.length(0)
    for steps in (first, second):
        np.testing.assert_array_equal(steps.lifts, plain.lifts)
        np.testing.assert_allclose(steps.offsets.sum(0), plain.offsets.sum(0), atol=1e-4)
        assert steps.style == 0
