from __future__ import annotations

import numpy as np
import pytest
import torch

from seqgen.core.heads.mixture_bounds import RHO_BOUND
from seqgen.core.heads.stroke_mixture import StrokeMixture
from seqgen.core.heads.stroke_mixture_numpy import StrokeMixtureNumpy, split_mixture

COMPONENTS, FLOOR = 4, 0.02


@pytest.fixture
def head() -> StrokeMixture:
    torch.manual_seed(0)
    head = StrokeMixture(features=16, components=COMPONENTS, floor=FLOOR)
    with torch.no_grad():
        for value in head.parameters():
            value.add_(torch.randn_like(value) * 0.5)
    return head


def twin_of(head: StrokeMixture) -> StrokeMixtureNumpy:
    weights = {f"head.{name}": value.detach().numpy() for name, value in head.named_parameters()}
    return StrokeMixtureNumpy(COMPONENTS, FLOOR, weights)


@pytest.mark.parametrize("lanes", [1, 3, 40])
def test_it_equals_torch(head: StrokeMixture, lanes: int) -> None:
    features = np.random.default_rng(0).standard_normal((lanes, 16)).astype(np.float32)
    found = twin_of(head).mixture(features)
    with torch.no_grad():
        split = head._split(head.project(torch.from_numpy(features)))
    pi, mu, log_sigma, rho, lift = (part.numpy() for part in split)
    expected = (pi, mu, np.exp(log_sigma), rho, lift)
    parts = (found.pi, found.mu, found.sigma, found.rho, found.lift)
    for part, other in zip(parts, expected, strict=True):
        assert part.shape == other.shape
        assert part.dtype == np.float32
        np.testing.assert_allclose(part, other, rtol=1e-4, atol=1e-5)


def test_steps_are_scored_as_in_training(head: StrokeMixture) -> None:
    rng = np.random.default_rng(0)
    features = rng.standard_normal((200, 16)).astype(np.float32)
    steps = (3 * rng.standard_normal((200, 3))).astype(np.float32)
    steps[:, 2] = rng.random(200) < 0.5
    with torch.no_grad():
        expected, _ = head.score(torch.from_numpy(features), torch.from_numpy(steps))
    found = twin_of(head).mixture(features).nll(steps)
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, expected.numpy(), rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(found.sum(), expected.double().sum(), rtol=1e-5)


@pytest.mark.parametrize("value", [-1e6, 0.0, 1e6])
def test_bounds_hold_and_nothing_overflows(value: float) -> None:
    found = split_mixture(np.full((2, 6 * 3 + 1), value, np.float32), 3, FLOOR)
    assert found.sigma.min() >= FLOOR * (1 - 1e-6)
    assert found.sigma.max() < 60
    assert abs(found.rho).max() <= RHO_BOUND
    for step in ((0.0, 0.0, 0.0), (1e6, -1e6, 1.0)):
        assert np.isfinite(found.nll(np.array([step, step], np.float32))).all()


def test_a_floor_near_nothing_is_no_division_by_it() -> None:
    found = split_mixture(np.full((1, 7), -1e3, np.float32), 1, 1e-25)
    step = np.array([[-1e3, -1e3, 0]], np.float32)
    assert np.isfinite(found.nll(step)).all()
