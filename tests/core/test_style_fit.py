from __future__ import annotations

import itertools
from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import Tensor

from seqgen.core import style_fit
from seqgen.core.batching import PenChunk, chunks
from seqgen.core.engines.pen_numpy_engine import PenNumpyEngine
from seqgen.core.pen_engine import START
from seqgen.core.pen_network import PenModel
from seqgen.core.pen_sampler import draw
from seqgen.core.sampler import Settings
from seqgen.core.steps import PenSpec, PenSteps
from seqgen.core.style_fit import (
    StyleFit,
    StyleFitConfig,
    compare_hands,
    prior_of,
    score_styles,
)
from seqgen.errors import SeqgenError
from tests.core.tiny_pen import PEN_NETWORK, PEN_SPEC, Pages, make_pen_model, pen_weights

SPEC = PenSpec(characters=6, styles=8)
CONFIG = StyleFitConfig(updates=60, chunk=16, prior=0.5)


@pytest.fixture
def model() -> PenModel:
    return make_pen_model(SPEC).eval().requires_grad_(False)


def written(model: PenModel, style: Tensor, seed: int = 0, count: int = 6) -> list[PenSteps]:
    """Lines of 40 to 60 steps that the model itself draws with a style vector (S,)."""
    engine = PenNumpyEngine(model.spec, PEN_NETWORK, pen_weights(model))
    rng = np.random.default_rng(seed)
    texts = [rng.integers(1, 6, 5).astype(np.int16) for _ in range(count)]
    state = engine.start(texts, np.tile(style.numpy(), (count, 1)))
    steps, rows = np.tile(np.array(START, np.float32), (count, 1)), []
    for _ in range(60):
        numbers = np.hstack([rng.random((count, 2)), rng.standard_normal((count, 2))])
        steps = draw(engine.advance(state, steps), Settings(), numbers)
        rows.append(steps)
    lines = np.stack(rows, 1)
    lengths = rng.integers(40, 61, count)
    return [
        PenSteps(line[:length, :2], line[:length, 2] > 0.5, text)
        for line, length, text in zip(lines, lengths, texts, strict=True)
    ]


def strange_style(model: PenModel) -> Tensor:
    """The vector of a hand that the model does not know."""
    mean, deviation = prior_of(model)
    return mean + deviation * torch.tensor([1.5, -1.5, 1.5])


def fitted(model: PenModel, lines: list[PenSteps], config: StyleFitConfig = CONFIG) -> Tensor:
    fit = StyleFit(model, Pages(lines), config=config, start=prior_of(model)[0])
    for _ in fit.run():
        pass
    return fit.vector


def test_a_fit_comes_near_to_the_style_that_wrote_the_lines(model: PenModel) -> None:
    true = strange_style(model)
    found = fitted(model, written(model, true))
    styles = torch.stack([prior_of(model)[0], found, true])
    for seed in (0, 1):  # the lines themselves, and others by the same hand
        mean, ours, best = score_styles(model, written(model, true, seed), styles)
        assert best < mean - 0.1
        assert ours < mean - 0.7 * (mean - best)


def test_the_weights_stay_as_they_are(model: PenModel) -> None:
    before = {name: value.clone() for name, value in model.state_dict().items()}
    fitted(model, written(model, strange_style(model)))
    for name, value in model.state_dict().items():
        assert torch.equal(value, before[name]), name
    assert not any(value.requires_grad or value.grad is not None for value in model.parameters())


def test_a_model_in_training_is_frozen_too() -> None:
    model = make_pen_model(SPEC)
    lines = written(model, strange_style(model))
    one = fitted(model, lines)
    assert not model.training
    assert torch.equal(one, fitted(make_pen_model(SPEC).eval().requires_grad_(False), lines))


def test_the_same_lines_give_the_same_style(model: PenModel) -> None:
    lines = written(model, strange_style(model))
    assert torch.equal(fitted(model, lines), fitted(model, lines))


def test_a_strong_prior_holds_the_style_where_the_known_ones_are(model: PenModel) -> None:
    lines = written(model, strange_style(model))
    mean, deviation = prior_of(model)

    def away(prior: float) -> float:
        config = StyleFitConfig(updates=60, chunk=16, prior=prior)
        return float(((fitted(model, lines, config) - mean) / deviation).norm())

    loose, usual, strong = (away(prior) for prior in (0.0, 10.0, 1e5))
    assert loose > usual > strong
    assert strong < 0.3 < loose


def test_passes_that_gain_nothing_end_the_fit(model: PenModel) -> None:
    lines = written(model, strange_style(model), count=2)
    config = StyleFitConfig(updates=5000, chunk=30, learning_rate=1e-9, patience=2)
    fit = StyleFit(model, Pages(lines), config=config, start=prior_of(model)[0])
    assert sum(1 for _ in fit.run()) == fit.update < 40


def test_updates_and_minutes_bound_the_fit(
    model: PenModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, start = Pages(written(model, strange_style(model))), prior_of(model)[0]
    config = StyleFitConfig(updates=5, chunk=16)
    reports = list(StyleFit(model, lines, config=config, start=start).run())
    assert [report.update for report in reports] == [1, 2, 3, 4, 5]
    assert [report.used for report in reports] == [0.2, 0.4, 0.6, 0.8, 1.0]
    clock = itertools.count(0, 5)  # seconds
    stopwatch = SimpleNamespace(monotonic=lambda: next(clock))
    monkeypatch.setattr(style_fit, "time", stopwatch)
    config = StyleFitConfig(updates=5000, chunk=16)
    fit = StyleFit(model, lines, config=config, start=start, minutes=1)
    assert [report.used for report in fit.run()][-1] == 1
    assert fit.update < 12


def test_a_closed_fit_stops_and_keeps_what_it_has(model: PenModel) -> None:
    lines = Pages(written(model, strange_style(model)))
    fit = StyleFit(model, lines, config=CONFIG, start=prior_of(model)[0])
    work = fit.run()
    next(work)
    work.close()
    assert fit.update == 1
    assert not torch.equal(fit.vector, prior_of(model)[0])


def test_lines_are_drawn_anew_in_every_pass_and_state_is_carried(
    model: PenModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[PenChunk] = []
    begun: list[bool] = []

    def watch(chunk: PenChunk, state: object) -> tuple[float, object]:
        fit.update += 1
        seen.append(chunk)
        begun.append(state is None)
        return 0.0, ()

    lines = Pages(written(model, strange_style(model), count=3))
    config = StyleFitConfig(updates=8, chunk=20, batch=8)
    fit = StyleFit(model, lines, config=config, start=prior_of(model)[0])
    monkeypatch.setattr(fit, "_step", watch)
    list(fit.run())
    assert begun[:6] == [True, False, False, True, False, False]
    assert not torch.equal(seen[0].targets.sort(0)[0], seen[3].targets.sort(0)[0])


def expected_scores(model: PenModel, lines: list[PenSteps], style: Tensor) -> Iterator[Tensor]:
    for line in lines:
        (chunk,) = chunks([line], model.spec, len(line), len(line))
        assert isinstance(chunk, PenChunk)
        features, _ = model.features(chunk.previous, chunk.text, style[None])
        yield model.head.score(features[0], chunk.targets[0])[0].sum(1)


@pytest.mark.parametrize("lanes", [1, 7, 64])
@pytest.mark.parametrize("most", [None, 30])
def test_scores_are_those_of_each_line_alone(
    model: PenModel, lanes: int, most: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(style_fit, "LANES", lanes)
    lines = written(model, strange_style(model))
    table = model.styles.weight[:3]
    with torch.no_grad():
        alone = [torch.cat([n[:most] for n in expected_scores(model, lines, s)]) for s in table]
    found = score_styles(model, lines, table, most)
    assert found == pytest.approx([float(nll.double().mean()) for nll in alone], rel=1e-5)


@pytest.mark.parametrize("row", [1, 4, 7])
def test_the_nearest_hand_is_the_one_that_wrote_the_lines(model: PenModel, row: int) -> None:
    lines = written(model, model.styles.weight[row], count=20)
    start, nearest = compare_hands(model, lines)
    assert nearest == row
    assert torch.equal(start, model.styles.weight[row])


def test_where_no_hand_is_better_the_fit_starts_at_the_mean(model: PenModel) -> None:
    mean, _ = prior_of(model)
    start, nearest = compare_hands(model, written(model, mean, count=20))
    assert torch.equal(start, mean)
    assert 1 <= nearest <= 7


def test_of_many_hands_some_are_looked_at(
    model: PenModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(style_fit, "COMPARED", 3)
    lines = written(model, model.styles.weight[2], count=20)
    assert compare_hands(model, lines)[1] in (1, 4, 7)


def test_what_cannot_be_fitted_is_said(model: PenModel) -> None:
    start, empty = prior_of(model)[0], written(model, strange_style(model))[0]
    nothing = PenSteps(empty.offsets[:0], empty.lifts[:0], empty.text)
    with pytest.raises(ValueError, match="no step to fit a style to"):
        StyleFit(model, Pages([nothing]), config=CONFIG, start=start)
    few = make_pen_model(PenSpec(characters=6, styles=2))
    with pytest.raises(ValueError, match="2 styles tell nothing"):
        prior_of(few)
    broken = PenSteps(empty.offsets * np.float32("nan"), empty.lifts, empty.text)
    fit = StyleFit(model, Pages([broken]), config=CONFIG, start=start)
    with pytest.raises(SeqgenError, match="the fit diverged at update 0: loss nan"):
        next(fit.run())
    assert torch.equal(fit.vector, start)


def test_hands_that_are_all_alike_still_give_a_prior() -> None:
    model = make_pen_model(PEN_SPEC)
    with torch.no_grad():
        model.styles.weight[:] = 1
    mean, deviation = prior_of(model)
    assert (mean == 1).all()
    assert (deviation > 0).all()
