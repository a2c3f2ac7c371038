from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from seqgen.frontends.music.playing.density import FURTHEST, Pace, Wish

LIMIT = 48
TIMES = np.arange(64)
ALL = np.ones(64, bool)


def chances(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    weights = np.exp(np.asarray(logits, np.float64) - logits.max())
    return np.asarray(weights / weights.sum())


def mean(logits: NDArray[np.floating]) -> float:
    return float(chances(logits) @ np.minimum(TIMES, LIMIT))


LOGITS = np.log(0.9) * TIMES  # a geometric distribution
OWN = 1 / mean(LOGITS)


@pytest.mark.parametrize("density", [0.5, 0.75, 1.5, 2.0])
def test_the_mean_time_is_changed_as_is_wished(density: float) -> None:
    pace = Pace(Wish(OWN, density), TIMES, LIMIT)
    assert mean(pace.tilted(LOGITS, ALL)) == pytest.approx(1 / OWN / density, rel=0.02)


def test_the_tilt_is_exponential_in_time() -> None:
    tilt = Pace(Wish(OWN, 2.0), TIMES, LIMIT).tilted(LOGITS, ALL) - LOGITS
    steps = np.diff(tilt[:40])
    assert steps == pytest.approx(steps[0])
    assert steps[0] < 0


def test_what_is_forbidden_or_most_unlikely_stays_out() -> None:
    allowed = ALL.copy()
    allowed[3] = False
    logits = LOGITS.copy()
    logits[60] = -30.0
    found = chances(Pace(Wish(OWN, 0.25), TIMES, LIMIT).tilted(logits, allowed))
    assert found[3] == found[60] == 0
    assert (found[[0, 1, 2, 4, 40]] > 0).all()


@pytest.mark.parametrize("density", [0.5, 2.0])
def test_a_single_class_stays_certain(density: float) -> None:
    allowed = np.zeros(64, bool)
    allowed[7] = True
    assert chances(Pace(Wish(OWN, density), TIMES, LIMIT).tilted(LOGITS, allowed))[7] == 1


@pytest.mark.parametrize("drift", [0.0, 1.0])
@pytest.mark.parametrize("density", [0.5, 0.75, 1.5, 2.0])
def test_the_pace_is_reached_and_held(density: float, drift: float) -> None:
    """Of a player who knows nothing of the past, and of one who goes on as he went (drift)."""
    pace, rng = Pace(Wish(OWN, density), TIMES, LIMIT), np.random.default_rng(0)
    notes, time, recent = 0, 0, 1 / OWN
    for _ in range(3000):
        usual = 1 / OWN * (1 - drift) + recent * drift
        logits = np.log(1 - 1 / (usual + 1)) * TIMES
        step = int(rng.choice(64, p=chances(pace.tilted(logits, ALL))))
        pace.push(step, 1)
        notes, time = notes + 1, time + step
        recent = min(max(0.95 * recent + 0.05 * step, 0.5), 30)
    assert notes / time == pytest.approx(OWN * density, rel=0.1)


def test_the_factor_is_bounded() -> None:
    pace = Pace(Wish(OWN, 1.0), TIMES, LIMIT)
    for _ in range(500):
        pace.push(60, 0)
    assert pace.factor == 1 / FURTHEST
