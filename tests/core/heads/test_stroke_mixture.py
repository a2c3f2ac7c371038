from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqgen.core.heads.mixture_bounds import LOG_SIGMA_MOST, RHO_BOUND
from seqgen.core.heads.stroke_mixture import StrokeMixture

FLOOR = 0.01
Double = NDArray[np.float64]


def make_head(components: int = 3) -> StrokeMixture:
    torch.manual_seed(0)
    head = StrokeMixture(features=5, components=components, floor=FLOOR)
    with torch.no_grad():
        head.project.weight.normal_(std=0.3)
        head.project.bias.add_(torch.randn_like(head.project.bias) * 0.3)
    return head


def fixed(outputs: list[float]) -> StrokeMixture:
    """A head of one component or more whose outputs are these, whatever the features."""
    head = StrokeMixture(features=1, components=(len(outputs) - 1) // 6, floor=FLOOR)
    with torch.no_grad():
        head.project.weight.zero_()
        head.project.bias.copy_(torch.tensor(outputs))
    return head


def score(head: StrokeMixture, steps: list[tuple[float, float, float]]) -> tuple[Tensor, Tensor]:
    nll, hits = head.score(torch.zeros(len(steps), 1), torch.tensor(steps, dtype=torch.float32))
    return nll.detach(), hits


def log_density(
    point: tuple[float, float], mu: tuple[float, float], sigma: tuple[float, float], rho: float
) -> float:
    """The log density of a bivariate normal, by its covariance matrix."""
    across = rho * sigma[0] * sigma[1]
    covariance: Double = np.array([[sigma[0] ** 2, across], [across, sigma[1] ** 2]])
    away: Double = np.subtract(point, mu)
    distance = float(away @ np.linalg.solve(covariance, away))
    return -0.5 * distance - 0.5 * math.log((2 * math.pi) ** 2 * np.linalg.det(covariance))


def test_the_density_of_the_offsets_and_the_chances_of_a_lift_sum_to_one() -> None:
    head, width = make_head(), 0.05
    axis = torch.arange(-15, 15, width)
    grid = torch.cartesian_prod(axis, axis)
    features = torch.randn(1, 5)
    for lift in (0.0, 1.0):
        targets = torch.cat([grid, torch.full((len(grid), 1), lift)], 1)
        nll, _ = head.score(features.expand(len(grid), -1), targets)
        total = torch.exp(-nll[:, 0].double()).sum() * width**2
        assert total.item() == pytest.approx(1, abs=1e-3)
    nll, _ = head.score(features.expand(2, -1), torch.tensor([[0.0, 0, 0], [0, 0, 1]]))
    assert torch.exp(-nll[:, 1]).sum().item() == pytest.approx(1)


def test_a_single_component_is_a_bivariate_normal() -> None:
    head = fixed([7.0, 0.5, -1.5, -0.3, 0.4, 0.8, 0.0])
    sigma = (FLOOR + math.exp(-0.3), FLOOR + math.exp(0.4))
    rho = RHO_BOUND * math.tanh(0.8)
    points = [(0.5, -1.5), (1.0, 2.0), (-3.0, 0.1)]
    nll, _ = score(head, [(*point, 0.0) for point in points])
    expected = [-log_density(point, (0.5, -1.5), sigma, rho) for point in points]
    np.testing.assert_allclose(nll[:, 0], expected, rtol=1e-5)


def test_components_are_added_by_their_softmax_weights() -> None:
    mus, logs, rhos = ((0.0, 1.0), (-2.0, 0.5)), ((0.2, -1.0), (0.0, 0.5)), (0.0, -0.7)
    flat = [value for pairs in (mus, logs) for pair in pairs for value in pair]
    head = fixed([1.0, -0.5, *flat, *rhos, 0.0])
    shares = np.exp([1.0, -0.5]) / np.exp([1.0, -0.5]).sum()
    expected = 0.0
    for share, mu, log, rho in zip(shares, mus, logs, rhos, strict=True):
        sigma = (FLOOR + math.exp(log[0]), FLOOR + math.exp(log[1]))
        density = log_density((-1.0, 0.3), mu, sigma, RHO_BOUND * math.tanh(rho))
        expected += share * math.exp(density)
    nll, _ = score(head, [(-1.0, 0.3, 1.0)])
    assert nll[0, 0].item() == pytest.approx(-math.log(expected), rel=1e-5)


def test_a_lift_is_a_coin_of_its_own() -> None:
    chance = 1 / (1 + math.exp(-1.2))
    nll, hits = score(fixed([0.0] * 6 + [1.2]), [(0, 0, 1), (9, 9, 1), (0, 0, 0)])
    expected = [-math.log(chance), -math.log(chance), -math.log(1 - chance)]
    np.testing.assert_allclose(nll[:, 1], expected, rtol=1e-5)
    assert hits[:, 1].tolist() == [True, True, False]


def test_an_offset_is_hit_inside_one_sigma_of_the_likeliest_component() -> None:
    head = fixed([2.0, 1.0, 0.0, 0.0, 5.0, 0.0, *[math.log(0.5 - FLOOR)] * 4, 0.0, 0.0, 0.0])
    _, hits = score(head, [(0.49, 0, 0), (0, -0.49, 0), (0.4, 0.4, 0), (0.51, 0, 0), (5, 0, 0)])
    assert hits[:, 0].tolist() == [True, True, False, False, False]


@pytest.mark.parametrize("value", [-1e6, -50.0, 50.0, 1e6])
def test_sigma_and_rho_are_bounded_whatever_the_weights(value: float) -> None:
    head = make_head()
    found = torch.full((1, 6 * 3 + 1), value)
    _, mu, log_sigma, rho, _ = head._split(found)
    assert (mu == value).all()
    sigma = log_sigma.exp()
    assert sigma.min() >= FLOOR * (1 - 1e-6)
    assert sigma.max() <= FLOOR + math.exp(LOG_SIGMA_MOST) * (1 + 1e-6)
    assert rho.abs().max() <= RHO_BOUND < 1


@pytest.mark.parametrize("size", [1.0, 1e3, 1e6])
@pytest.mark.parametrize("weight", [1.0, 1e3])
def test_huge_inputs_give_finite_numbers_and_gradients(size: float, weight: float) -> None:
    head = make_head()
    with torch.no_grad():
        head.project.weight.mul_(weight)
    features = (torch.randn(50, 5) * size).requires_grad_()
    targets = torch.cat([torch.randn(50, 2) * size, torch.ones(50, 1)], 1)
    nll, _ = head.score(features, targets)
    nll.sum().backward()
    assert nll.isfinite().all()
    for gradient in (features.grad, head.project.weight.grad, head.project.bias.grad):
        assert gradient is not None
        assert gradient.isfinite().all()


def test_a_point_that_repeats_has_no_endless_density() -> None:
    head = fixed([0.0, 0.0, 0.0, -1e4, -1e4, 1e4, 0.0])
    nll, _ = score(head, [(0.0, 0.0, 0.0)])
    most = 1 / (2 * math.pi * FLOOR**2 * math.sqrt(1 - RHO_BOUND**2))
    assert nll[0, 0].item() == pytest.approx(-math.log(most), rel=1e-4)


def test_no_step_has_no_score() -> None:
    nll, hits = make_head().score(torch.zeros(0, 5), torch.zeros(0, 3))
    assert nll.shape == hits.shape == (0, 2)
