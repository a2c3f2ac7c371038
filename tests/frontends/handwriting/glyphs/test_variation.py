from __future__ import annotations

import numpy as np
import pytest

from seqgen.frontends.handwriting.glyphs.glyph import own_glyph
from seqgen.frontends.handwriting.glyphs.variation import spread, varied
from seqgen.frontends.handwriting.ink.spline import Points


def moves(character: str, jitter: float, seed: int) -> Points:
    """How far each knot of a glyph was moved."""
    glyph = own_glyph(character)
    assert glyph is not None
    traces = varied(glyph.traces, jitter, np.random.default_rng(seed))
    return np.concatenate([trace.knots for trace in traces]) - glyph.knots


def test_without_jitter_nothing_moves() -> None:
    assert not moves("g", 0.0, 1).any()


@pytest.mark.parametrize("character", "08gR&")
def test_knots_never_move_far(character: str) -> None:
    worst = max(abs(moves(character, 1.0, seed)).max() for seed in range(200))
    assert 0.05 < worst < 0.3


def test_neighbouring_knots_move_together() -> None:
    found = np.concatenate([moves("2", 1.0, seed)[None] for seed in range(200)])
    steps = np.diff(found, axis=1)
    assert np.square(steps).mean() < 0.5 * np.square(found).mean()


def test_two_jitters_move_twice_as_far() -> None:
    one, two = moves("S", 1.0, 3), moves("S", 2.0, 3)
    np.testing.assert_allclose(two, 2 * one)


def test_draws_are_normal_but_never_beyond_two_deviations() -> None:
    draws = spread(np.random.default_rng(0), 0.5, (10_000,))
    assert abs(draws).max() == 1.0
    assert draws.std() == pytest.approx(0.5, rel=0.06)
    assert draws.mean() == pytest.approx(0, abs=0.02)
