from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from seqgen.core.engines import make_pen_engine
from seqgen.core.pen_engine import START, Mixture, PenEngine
from seqgen.core.pen_sampler import BLOCK, NUMBERS, Drawn, draw, write
from seqgen.core.sampler import Settings
from seqgen.core.steps import PenSpec
from seqgen.errors import SeqgenError
from tests.core.tiny_pen import PEN_SPEC, make_pen_card, make_pen_model, pen_weights

DRAWS = 20_000
PI = np.array([0.5, -1.0, 1.2])
MU = np.array([[0.0, 0.0], [2.0, -1.0], [-3.0, 1.5]])
SIGMA = np.array([[0.3, 0.1], [1.0, 0.5], [0.05, 2.0]])
RHO = np.array([0.0, 0.8, -0.6])
LIFT = -0.4
TEXTS = [np.array(text, np.int16) for text in ([2, 3, 4], [5], [], [3, 2, 5, 4, 2], [4, 4])]


def mixture_of(
    count: int = DRAWS, pi: Any = PI, mu: Any = MU, lift: float = LIFT, **changes: Any
) -> Mixture:
    """The same mixture ``count`` times."""
    given = {"pi": pi, "mu": mu, "sigma": SIGMA, "rho": RHO} | changes
    rows = {
        name: np.repeat(np.asarray(value, np.float32)[None], count, axis=0)
        for name, value in given.items()
    }
    return Mixture(lift=np.full(count, lift, np.float32), **rows)


def only(component: int) -> NDArray[np.float64]:
    """Logits of which one is far above the others."""
    return np.where(np.arange(3) == component, 0.0, -200.0)


def drawn(mixture: Mixture, temperature: float = 1.0, seed: int = 0) -> NDArray[np.float32]:
    rng, count = np.random.default_rng(seed), len(mixture.pi)
    numbers = np.hstack([rng.random((count, 2)), rng.standard_normal((count, 2))])
    found: NDArray[np.float32] = draw(mixture, Settings(temperature=temperature), numbers)
    return found


def chances(temperature: float, logits: NDArray[np.float64] = PI) -> NDArray[np.float64]:
    weights: NDArray[np.float64] = np.exp(logits / temperature)
    weights /= weights.sum()
    return weights


def nearest(offsets: NDArray[np.float32]) -> NDArray[np.int64]:
    """How often each of the means is nearest, for components that lie far apart."""
    apart = np.linalg.norm(offsets[:, None] - MU[None], axis=2)
    return np.bincount(apart.argmin(axis=1), minlength=len(MU))


def far_off(
    offsets: NDArray[np.float32], component: int, temperature: float
) -> tuple[float, float]:
    """How far mean and covariance are off, in standard errors of the worst entry."""
    sigma, rho = SIGMA[component] * np.sqrt(temperature), RHO[component]
    wanted = np.outer(sigma, sigma) * np.array([[1, rho], [rho, 1]])
    count = len(offsets)
    mean = np.abs(offsets.mean(0) - MU[component]) / (sigma / np.sqrt(count))
    spread = np.outer(sigma, sigma) * np.sqrt(np.array([[2, 1 + rho**2], [1 + rho**2, 2]]) / count)
    covariance = np.abs(np.cov(offsets.T) - wanted) / spread
    return float(mean.max()), float(covariance.max())


@pytest.mark.parametrize("temperature", [0.25, 1.0, 2.0])
@pytest.mark.parametrize("component", range(3))
def test_offsets_have_the_mean_and_the_covariance_of_their_component(
    component: int, temperature: float
) -> None:
    steps = drawn(mixture_of(pi=only(component)), temperature)
    assert max(far_off(steps[:, :2], component, temperature)) < 4.5


def test_the_measure_of_mean_and_covariance_sees_a_tenth_too_much() -> None:
    offsets = drawn(mixture_of(pi=only(1)))[:, :2]
    assert far_off(offsets * 1.1, 1, 1.0)[1] > 4.5
    assert far_off(offsets + np.array([0.1, 0.0], np.float32), 1, 1.0)[0] > 4.5
    assert far_off(offsets, 1, 1.1)[1] > 4.5


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_components_are_drawn_by_their_logits_over_the_temperature(temperature: float) -> None:
    narrow = np.full((3, 2), 1e-3)
    counts = nearest(drawn(mixture_of(sigma=narrow), temperature)[:, :2])
    expected = chances(temperature) * DRAWS
    assert ((counts - expected) ** 2 / expected).sum() < 23.0  # 2 degrees: once in 100,000


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("lift", [-2.0, 0.0, 1.5])
def test_the_pen_lifts_by_its_logit_over_the_temperature(lift: float, temperature: float) -> None:
    often = drawn(mixture_of(lift=lift), temperature)[:, 2].mean()
    chance = 1 / (1 + np.exp(-lift / temperature))
    assert often == pytest.approx(chance, abs=4.5 * np.sqrt(chance * (1 - chance) / DRAWS))


def test_offset_and_lift_do_not_hang_together() -> None:
    steps = drawn(mixture_of(pi=only(1)))
    assert np.abs(np.asarray(np.corrcoef(steps.T))[2, :2]).max() < 4.5 / np.sqrt(DRAWS)


@pytest.mark.parametrize("lift", [-0.4, 0.4])
def test_no_temperature_is_the_mean_of_the_likeliest_component(lift: float) -> None:
    steps = drawn(mixture_of(20, lift=lift), 0.0)
    np.testing.assert_array_equal(steps, np.tile([*MU[2], lift > 0], (20, 1)).astype(np.float32))


@pytest.mark.parametrize("temperature", [5e-324, 1e-300, 1e-12])
def test_a_temperature_near_zero_is_the_mode_too(temperature: float) -> None:
    near, none = (drawn(mixture_of(20), t) for t in (temperature, 0.0))
    np.testing.assert_allclose(near, none, atol=1e-4)


@given(
    pi=st.lists(st.floats(-1e4, 1e4, width=32), min_size=3, max_size=3),
    lift=st.floats(-1e4, 1e4, width=32),
    temperature=st.floats(0, 10),
    rho=st.floats(-0.99, 0.99),
)
@settings(max_examples=60, deadline=None)
def test_every_mixture_gives_numbers_and_lifts_of_zero_or_one(
    pi: list[float], lift: float, temperature: float, rho: float
) -> None:
    steps = drawn(mixture_of(50, pi=pi, lift=lift, rho=[rho] * 3), temperature)
    assert steps.dtype == np.float32
    assert steps.shape == (50, 3)
    assert np.isfinite(steps).all()
    assert set(steps[:, 2].tolist()) <= {0.0, 1.0}


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_an_offset_that_is_no_number_is_an_error(bad: float) -> None:
    with pytest.raises(SeqgenError, match=r"^the model drew an offset that is no number$"):
        drawn(mixture_of(5, mu=np.full((3, 2), bad)))


def engine_of(name: str = "numpy", spec: PenSpec = PEN_SPEC) -> PenEngine[Any]:
    return make_pen_engine(name, make_pen_card(spec), pen_weights(make_pen_model(spec)))


def written(
    texts: list[NDArray[np.int16]] = TEXTS,
    limits: list[int] | None = None,
    temperature: float = 1.0,
    seeds: list[int] | None = None,
    engine: str = "numpy",
) -> list[Drawn]:
    made = engine_of(engine)
    styles = np.stack([made.style(1 + k % 3) for k in range(len(texts))])
    rngs = [np.random.default_rng(seed) for seed in seeds or range(len(texts))]
    return list(
        write(
            made,
            texts,
            styles,
            Settings(temperature=temperature),
            rngs,
            limits or [40] * len(texts),
        )
    )


def line_of(number: int, steps: list[Drawn]) -> tuple[NDArray[Any], list[int]]:
    """The steps (T, 3) and places of one line."""
    mine = [
        (step.steps[row], int(step.places[row])) for step in steps for row in rows_of(number, step)
    ]
    return np.array([step for step, _ in mine]).reshape(-1, 3), [place for _, place in mine]


def rows_of(number: int, step: Drawn) -> list[int]:
    return np.flatnonzero(step.lines == number).tolist()


def test_a_line_ends_behind_its_text_or_meets_its_limit() -> None:
    limits = [40, 3, 40, 40, 1]
    steps = written(limits=limits)
    ended = set().union(*(step.ended for step in steps))
    assert ended != set(range(len(TEXTS)))
    for number, text in enumerate(TEXTS):
        _, places = line_of(number, steps)
        if number in ended:
            assert len(text) in places
            assert len(places) < limits[number]
        else:
            assert len(places) == (limits[number] if len(text) else 0)
        assert all(0 <= place <= len(text) for place in places)


def test_no_text_at_all_gives_no_step() -> None:
    nothing = np.array([], np.int16)
    assert written(texts=[nothing, nothing]) == []


@pytest.mark.parametrize("engine", ["numpy", "torch"])
def test_what_a_line_becomes_does_not_depend_on_the_lines_beside_it(engine: str) -> None:
    together = written(engine=engine)
    for number, text in enumerate(TEXTS):
        made = engine_of(engine)
        style = made.style(1 + number % 3)[None]
        rng = np.random.default_rng(number)
        alone = list(write(made, [text], style, Settings(), [rng], [40]))
        steps, places = line_of(0, alone)
        beside, read = line_of(number, together)
        assert places == read
        np.testing.assert_allclose(steps, beside, atol=1e-3)


def test_the_same_seeds_give_the_same_steps_and_other_seeds_others() -> None:
    first, again, other = (
        line_of(0, written(seeds=seeds))[0] for seeds in ([1] * 5, [1] * 5, [2] * 5)
    )
    np.testing.assert_array_equal(first, again)
    assert first.tolist() != other.tolist()


def test_two_lines_of_one_text_style_and_seed_are_alike_and_else_they_differ() -> None:
    texts = [TEXTS[0]] * 4
    steps = written(texts, seeds=[1, 2, 3, 1])  # lines 0 and 3 share style and seed
    found = [line_of(number, steps)[0] for number in range(4)]
    np.testing.assert_allclose(found[0], found[3], atol=1e-4)
    assert found[0].tolist() != found[1].tolist() != found[2].tolist()


def test_without_temperature_no_random_number_matters() -> None:
    one, other = (line_of(0, written(temperature=0.0, seeds=[s] * 5))[0] for s in (1, 2))
    np.testing.assert_array_equal(one, other)


def test_without_temperature_the_steps_are_the_modes_that_the_engine_finds() -> None:
    steps, _ = line_of(0, written(temperature=0.0))
    engine = engine_of()
    state = engine.start([TEXTS[0]], engine.style(1)[None])
    before = np.array([START], np.float32)
    for step in steps:
        mixture = engine.advance(state, before)
        likeliest = int(mixture.pi[0].argmax())
        np.testing.assert_allclose(step[:2], mixture.mu[0, likeliest], atol=1e-4)
        assert step[2] == (mixture.lift[0] > 0)
        before = step[None]


def test_every_step_of_a_line_takes_its_random_numbers_from_the_stream_of_the_line() -> None:
    """Beyond the first block too: a step's numbers are found by replaying the stream."""
    spec, steps = PenSpec(characters=6), BLOCK + 20
    model = make_pen_model(spec)
    weights = pen_weights(model) | {"window.project.weight": np.zeros((6, 8), np.float32)}
    weights["window.project.bias"] = np.full(6, -9.0, np.float32)  # the window hardly moves
    engine = make_pen_engine("numpy", make_pen_card(spec), weights)
    styles = np.zeros((1, 0), np.float32)
    rng, replay = np.random.default_rng(5), np.random.default_rng(5)
    lines = list(write(engine, [TEXTS[0]], styles, Settings(), [rng], [steps]))
    assert len(lines) == steps
    state, before = engine.start([TEXTS[0]], styles), np.array([START], np.float32)
    for t, line in enumerate(lines):
        if t % BLOCK == 0:
            uniform = replay.random((BLOCK, 2))
            numbers = np.hstack([uniform, replay.standard_normal((BLOCK, 2))])
        expected = draw(engine.advance(state, before), Settings(), numbers[[t % BLOCK]])
        np.testing.assert_array_equal(line.steps, expected)
        before = line.steps
    assert numbers.shape[1] == NUMBERS


def test_a_model_without_text_cannot_write() -> None:
    engine = engine_of(spec=PenSpec(styles=4))
    work = write(
        engine, [TEXTS[0]], engine.style(1)[None], Settings(), [np.random.default_rng(0)], [9]
    )
    with pytest.raises(ValueError, match="reads no text"):
        next(work)


def test_closing_ends_the_work() -> None:
    engine = engine_of()
    rngs = [np.random.default_rng(0)]
    work = write(engine, [TEXTS[0]], engine.style(1)[None], Settings(), rngs, [10**6])
    next(work)
    work.close()
    assert list(work) == []
