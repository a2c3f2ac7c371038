from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from seqgen.frontends.handwriting.page.wander import Wander, line_wander

PLACES = np.linspace(0, 170, 500)


def path(seed: int, paragraph: int = 0, number: int = 0, wander: float = 0.1) -> Wander:
    return line_wander((seed, paragraph, number), x_height=3, wander=wander, reach=170)


@given(st.integers(0, 2**63 - 1), st.integers(0, 1000), st.integers(0, 1000))
def test_a_baseline_strays_no_further_than_it_may(seed: int, paragraph: int, number: int) -> None:
    line = path(seed, paragraph, number)
    assert np.abs(line.down(PLACES)).max() <= 0.3 + 1e-12
    assert 0 <= line.edge <= 1


def test_lines_do_stray_and_each_in_its_own_way() -> None:
    paths = np.array([path(1, number // 5, number % 5).down(PLACES) for number in range(50)])
    assert np.ptp(paths, axis=1).min() > 0.03
    assert np.abs(paths).max() > 0.15
    assert len(np.unique(paths[:, 0])) == 50


def test_a_baseline_is_smooth() -> None:
    steepest = max(np.abs(np.gradient(path(i).down(PLACES), PLACES)).max() for i in range(100))
    assert 0.001 < steepest < 0.02


def test_no_wander_is_exactly_straight() -> None:
    line = path(1, wander=0)
    assert not line.down(PLACES).any()
    assert line.amplitude == 0


def test_the_same_key_gives_the_same_path_and_another_a_different_one() -> None:
    assert path(1).down(PLACES).tobytes() == path(1).down(PLACES).tobytes()
    for other in (path(2), path(1, paragraph=1), path(1, number=1)):
        assert (other.down(PLACES) != path(1).down(PLACES)).all()
