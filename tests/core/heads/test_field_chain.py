from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import torch

from seqgen.core.heads.field_chain import FieldChain
from seqgen.core.steps import StepSpec
from tests.core.tiny import SPEC

ALL_STEPS = torch.tensor(list(product(*(range(field.size) for field in SPEC.fields))))


@pytest.fixture
def head() -> FieldChain:
    torch.manual_seed(0)
    head = FieldChain(SPEC, features=7, embed=6, chain=5)
    with torch.no_grad():
        for value in head.parameters():
            value.add_(torch.randn_like(value))
    return head


def test_the_chances_of_all_steps_sum_to_one(head: FieldChain) -> None:
    features = torch.randn(1, 7).expand(len(ALL_STEPS), -1)
    nll, _ = head.score(features, ALL_STEPS)
    assert torch.exp(-nll.sum(-1)).sum().item() == pytest.approx(1, abs=1e-6)


def test_a_field_knows_those_before_it_and_none_after_it(head: FieldChain) -> None:
    features = torch.randn(1, 7).expand(2, -1)
    nll, _ = head.score(features, torch.tensor([[0, 1, 1], [2, 1, 1]]))
    assert (nll[0, 1:] != nll[1, 1:]).all()
    nll, _ = head.score(features, torch.tensor([[2, 1, 0], [2, 1, 1]]))
    assert torch.equal(nll[0, :2], nll[1, :2])


def test_the_nll_is_that_of_the_equation(head: FieldChain) -> None:
    weights = {name: value.detach().double().numpy() for name, value in head.named_parameters()}
    features, step = np.linspace(-1, 1, 7), (3, 1, 0)
    projected = weights["project.weight"] @ features + weights["project.bias"]
    expected = []
    for k, wanted in enumerate(step):
        unit = projected[5 * k : 5 * k + 5]
        unit = unit + sum(weights[f"chains.{k}.{j}.weight"][step[j]] for j in range(k))
        logits = weights[f"logits.{k}.weight"] @ np.tanh(unit) + weights[f"logits.{k}.bias"]
        expected.append(np.log(np.exp(logits).sum()) - logits[wanted])
    nll, _ = head.score(torch.tensor(features[None], dtype=torch.float32), torch.tensor([step]))
    np.testing.assert_allclose(nll[0].detach().numpy(), expected, rtol=1e-5)


def test_a_hit_is_a_class_that_was_the_likeliest(head: FieldChain) -> None:
    features = torch.randn(1, 7).expand(len(ALL_STEPS), -1)
    nll, hits = head.score(features, ALL_STEPS)
    best = nll[:, 0].min()
    assert torch.equal(hits[:, 0], nll[:, 0] <= best + 1e-6)
    assert hits[:, 0].sum() == len(ALL_STEPS) // SPEC.fields[0].size


def test_the_input_is_the_sum_of_the_embeddings(head: FieldChain) -> None:
    start = torch.tensor([[field.size for field in SPEC.fields]])
    weights = dict(head.named_parameters())
    summed = torch.stack([weights[f"embeddings.{k}.weight"][-1] for k in range(3)]).sum(0)
    torch.testing.assert_close(head.embed(start)[0], summed)


def test_a_single_field_needs_no_chain() -> None:
    head = FieldChain(StepSpec(SPEC.fields[:1]), features=3, embed=2, chain=4)
    nll, hits = head.score(torch.zeros(2, 3), torch.tensor([[0], [3]]))
    assert nll.shape == hits.shape == (2, 1)
