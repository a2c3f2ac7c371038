from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.measures.tally import Tally, axis_deviations


def normal_nll(offsets: NDArray[np.float64], deviations: NDArray[np.float64]) -> float:
    """NLL of offsets (T, 2) under a normal density of mean 0, axes independent."""
    scaled = offsets / deviations
    each = scaled**2 / 2 + np.log(deviations * math.sqrt(2 * math.pi))
    return float(each.sum())


def test_other_units_are_a_change_of_variables() -> None:
    rng = np.random.default_rng(1)
    tally = Tally((2.0, 5.0))
    offsets = [rng.normal(size=(count, 2)) for count in (4, 7)]
    units = (3.0, 0.5)
    for own, unit in zip(offsets, units, strict=True):
        each = own**2 / 2 + math.log(2 * math.pi) / 2
        tally.add(np.column_stack([each.sum(axis=1), np.full(len(own), 0.25)]), unit)
    lifts = 0.25 * 11
    pairs = list(zip(offsets, units, strict=True))
    own_nll = sum(normal_nll(own, np.ones(2)) for own in offsets) + lifts
    raw_nll = sum(normal_nll(own * unit, np.full(2, unit)) for own, unit in pairs) + lifts
    deviations = np.array([2.0, 5.0])
    std_nll = sum(normal_nll(o * u / deviations, u / deviations) for o, u in pairs) + lifts
    scores = tally.scores()
    for name, nll in (("", own_nll), ("_in_raw_units", raw_nll), ("_in_std_units", std_nll)):
        assert scores[f"log_likelihood_per_line{name}"] == pytest.approx(-nll / 2)
        assert scores[f"log_likelihood_per_point{name}"] == pytest.approx(-nll / 11)


def test_parts_add_up_and_lifts_have_no_unit() -> None:
    tally = Tally((2.0, 5.0))
    tally.add(np.array([[1.0, 0.1], [2.0, 0.9], [3.0, 0.2]]), 3.0)
    scores, parts = tally.scores(), tally.parts()
    assert list(parts) == ["offset", "lift"]
    assert parts["lift"] == {
        "log_likelihood_per_line": pytest.approx(-1.2),
        "log_likelihood_per_point": pytest.approx(-0.4),
        "accuracy": pytest.approx(2 / 3),
    }
    for name, value in parts["offset"].items():
        kind = name.removesuffix("_in_raw_units").removesuffix("_in_std_units")
        assert value + parts["lift"][kind] == pytest.approx(scores[name])


def test_the_standard_error_is_that_of_the_mean_over_lines() -> None:
    tally = Tally(None)
    for nats in (1.0, 2.0, 6.0):
        tally.add(np.array([[nats, 0.0]]), 1.0)
    assert tally.scores() == {
        "log_likelihood_per_line": -3,
        "log_likelihood_per_point": -3,
        "log_likelihood_per_line_in_raw_units": -3,
        "log_likelihood_per_point_in_raw_units": -3,
        "standard_error_per_line": pytest.approx(math.sqrt(7 / 3)),
    }


def test_a_line_of_one_point_counts_as_a_line() -> None:
    tally = Tally(None)
    tally.add(np.empty((0, 2)), 1.0)
    with pytest.raises(ValueError, match="no point to average over"):
        tally.scores()
    tally.add(np.array([[4.0, 0.0]]), 1.0)
    assert tally.scores()["log_likelihood_per_line"] == -2
    assert tally.scores()["log_likelihood_per_point"] == -4


def test_deviations_are_those_of_all_offsets_with_the_pen_up_too() -> None:
    strokes = (np.array([[0.0, 0], [2, 0]]), np.array([[2.0, 4]]))
    lines = [Line("a", "ada", "a", Ink(strokes)), Line("b", "ada", "b", Ink(strokes[1:]))]
    assert axis_deviations(lines) == (1.0, 2.0)
    assert axis_deviations(lines[1:]) is None
    assert axis_deviations([]) is None
