from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from seqgen.core.engine import Engine
from seqgen.core.engines import make_engine
from seqgen.core.guide import Verdict
from seqgen.core.sampler import MAX_REDRAWS, Settings, draw, sample
from seqgen.errors import SeqgenError, UsageError
from tests.core.tiny import SPEC, make_card, make_model, weights_of

LOGITS = np.array([1.0, -0.5, 2.0, 0.3, -3.0, 1.4])
START = np.array([f.size for f in SPEC.fields])
TOO_FAR = 31.0  # chi-square with 5 degrees of freedom: exceeded once in 100,000


@dataclass
class Walk:
    """A guide that asks for ``length`` steps and keeps what it is told."""

    length: int
    forbidden: dict[int, list[int]] = field(default_factory=dict)
    refuse: int = 0
    tilt: float = 0.0
    seen: list[tuple[int, ...]] = field(default_factory=list)
    asked: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def sides(self) -> NDArray[np.integer]:
        return np.array([len(self.seen) % 5])

    def allowed(self, field: int, drawn: tuple[int, ...]) -> NDArray[np.bool_] | None:
        self.asked.append((field, drawn))
        if field not in self.forbidden:
            return None
        mask = np.ones(SPEC.fields[field].size, bool)
        mask[self.forbidden[field]] = False
        return mask

    def weighed(
        self,
        field: int,
        drawn: tuple[int, ...],
        logits: NDArray[np.floating],
        allowed: NDArray[np.bool_] | None,
    ) -> NDArray[np.floating]:
        return logits - self.tilt * np.arange(len(logits))

    def judge(self, step: tuple[int, ...]) -> Verdict:
        if self.refuse:
            self.refuse -= 1
            return Verdict.REDRAW
        self.seen.append(step)
        return Verdict.STOP if len(self.seen) == self.length else Verdict.KEEP


def tiny_engine() -> Engine[Any]:
    return make_engine("numpy", make_card(), weights_of(make_model()))


def walk(guide: Walk, seed: int = 0, **settings: Any) -> list[tuple[int, ...]]:
    engine = tiny_engine()
    rng = np.random.default_rng(seed)
    return list(sample(engine, engine.start(), START, guide, Settings(**settings), rng))


def drawn(count: int = 2000, allowed: NDArray[np.bool_] | None = None, **settings: Any) -> Any:
    rng = np.random.default_rng(5)
    classes = [draw(LOGITS, Settings(**settings), rng, allowed) for _ in range(count)]
    return np.bincount(classes, minlength=len(LOGITS))


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    weights: NDArray[np.float64] = np.exp(logits - logits.max())
    weights /= weights.sum()
    return weights


def distance(counts: NDArray[np.int64], chances: NDArray[np.float64]) -> float:
    """Return Pearson's chi-square of counts against the chances of the classes."""
    expected = chances * counts.sum()
    return float(((counts - expected) ** 2 / expected).sum())


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_frequencies_are_those_of_the_softmax_of_logits_by_temperature(
    temperature: float,
) -> None:
    counts = drawn(temperature=temperature)
    assert distance(counts, softmax(LOGITS / temperature)) < TOO_FAR


def test_the_distance_tells_a_wrong_temperature() -> None:
    counts = drawn(temperature=1.0)
    assert distance(counts, softmax(LOGITS / 1.25)) > TOO_FAR
    assert distance(counts, softmax(LOGITS * 1.25)) > TOO_FAR


@pytest.mark.parametrize("temperature", [0.0, 5e-324, 1e-3])
def test_no_temperature_is_the_mode(temperature: float) -> None:
    assert drawn(count=20, temperature=temperature)[2] == 20


def test_a_temperature_near_zero_still_takes_the_likeliest_that_is_allowed() -> None:
    allowed = np.array([True, True, False, True, True, False])
    assert drawn(count=20, temperature=5e-324, allowed=allowed)[0] == 20
    assert drawn(count=20, temperature=0, allowed=allowed)[0] == 20


@pytest.mark.parametrize(
    ("top_k", "kept"), [(0, {0, 1, 2, 3, 4, 5}), (1, {2}), (3, {0, 2, 5}), (99, set(range(6)))]
)
def test_top_k_keeps_just_the_likeliest(top_k: int, kept: set[int]) -> None:
    counts = drawn(top_k=top_k, temperature=3)
    assert set(np.flatnonzero(counts)) == kept
    order = sorted(kept)
    if len(order) > 1:
        assert distance(counts[order], softmax(LOGITS[order] / 3)) < TOO_FAR


def test_top_p_keeps_the_smallest_set_that_holds_p() -> None:
    order = np.argsort(-LOGITS)
    reached = np.cumsum(softmax(LOGITS)[order])
    for size in range(1, len(LOGITS)):
        for p, expected in (
            (reached[size - 1] - 1e-6, size),
            (reached[size - 1] + 1e-6, size + 1),
        ):
            counts = drawn(count=20_000 if size == 5 else 2000, top_p=min(1.0, p))
            assert set(np.flatnonzero(counts)) == set(order[:expected])


def test_top_p_works_inside_top_k() -> None:
    assert set(np.flatnonzero(drawn(top_k=2, top_p=0.5))) == {2}
    assert set(np.flatnonzero(drawn(top_k=2, top_p=0.9))) == {2, 5}


def test_what_is_forbidden_is_never_drawn_and_the_rest_keeps_its_proportions() -> None:
    allowed = np.array([True, True, False, True, False, True])
    counts = drawn(allowed=allowed)
    assert not counts[~allowed].any()
    assert distance(counts[allowed], softmax(LOGITS[allowed])) < TOO_FAR


def test_every_draw_takes_one_random_number() -> None:
    for settings in (Settings(), Settings(temperature=0), Settings(top_k=1), Settings(top_p=0.1)):
        rng, other = np.random.default_rng(3), np.random.default_rng(3)
        draw(LOGITS, settings, rng)
        other.random()
        assert rng.random() == other.random()


@pytest.mark.parametrize("logits", [[np.nan, 1.0], [np.inf, 1.0], [-np.inf, -np.inf]])
def test_logits_that_are_no_numbers_are_an_error(logits: list[float]) -> None:
    with pytest.raises(SeqgenError, match="nothing may follow"):
        draw(np.array(logits), Settings(), np.random.default_rng(0))


def test_nothing_allowed_is_an_error() -> None:
    with pytest.raises(SeqgenError, match="every class is forbidden"):
        draw(LOGITS, Settings(), np.random.default_rng(0), np.zeros(6, bool))


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"temperature": -0.5}, "temperature -0.5 is out of range, allowed: 0 to 10"),
        ({"temperature": 1e9}, "temperature 1e+09 is out of range, allowed: 0 to 10"),
        ({"temperature": float("nan")}, "temperature nan is out of range, allowed: 0 to 10"),
        ({"top_k": -1}, "top-k -1 is out of range, allowed: 0 (all) or more"),
        ({"top_p": 0.0}, "top-p 0 is out of range, allowed: above 0, to 1"),
        ({"top_p": 1.5}, "top-p 1.5 is out of range, allowed: above 0, to 1"),
        ({"top_p": float("nan")}, "top-p nan is out of range, allowed: above 0, to 1"),
    ],
)
def test_absurd_settings_are_refused(settings: dict[str, Any], text: str) -> None:
    with pytest.raises(UsageError) as caught:
        Settings(**settings)
    assert str(caught.value) == text


def test_the_same_seed_gives_the_same_steps_and_another_seed_others() -> None:
    found = [walk(Walk(20), seed) for seed in (7, 7, 8)]
    assert found[0] == found[1] != found[2]


def test_the_step_at_which_the_guide_stops_is_the_last() -> None:
    guide = Walk(5)
    assert walk(guide) == guide.seen
    assert len(guide.seen) == 5
    assert all(0 <= c < f.size for s in guide.seen for c, f in zip(s, SPEC.fields, strict=True))


def test_steps_feed_back_and_the_mode_repeats_what_teacher_forcing_finds() -> None:
    engine = tiny_engine()
    found = walk(Walk(12), temperature=0)
    assert len(set(found)) > 1
    state, before = engine.start(), START
    for place, step in enumerate(found):
        units = engine.units(engine.advance(state, before[None], np.array([[place % 5]])))
        for k, wanted in enumerate(step):
            assert engine.logits(units, k, np.array([step[:k]], int))[0].argmax() == wanted
        before = np.array(step)


def test_a_guide_knows_what_is_drawn_and_its_masks_hold() -> None:
    guide = Walk(40, forbidden={0: [0, 2], 2: [1]})
    walk(guide)
    assert {step[0] for step in guide.seen} == {1, 3}
    assert {step[2] for step in guide.seen} == {0}
    assert guide.asked[:3] == [(0, ()), (1, guide.seen[0][:1]), (2, guide.seen[0][:2])]


def test_a_refused_step_is_drawn_again_and_not_fed() -> None:
    guide = Walk(3, refuse=MAX_REDRAWS - 1)
    assert len(walk(guide)) == 3


def test_a_guide_that_refuses_everything_ends_the_work() -> None:
    with pytest.raises(SeqgenError, match=r"^no step passed the guards in 200 draws$"):
        walk(Walk(3, refuse=MAX_REDRAWS))


def test_closing_ends_the_work() -> None:
    engine = tiny_engine()
    guide = Walk(1000)
    rng = np.random.default_rng(0)
    steps = sample(engine, engine.start(), START, guide, Settings(), rng)
    next(steps)
    steps.close()
    assert len(guide.seen) == 1
    assert list(steps) == []
