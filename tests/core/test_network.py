from __future__ import annotations

import msgspec
import pytest
import torch

from seqgen.core.batching import Chunk
from seqgen.core.network import SequenceModel
from seqgen.core.steps import previous_fields
from tests.core.tiny import NETWORK, SPEC, make_model, random_steps

STEPS = random_steps(9)
PREVIOUS = torch.from_numpy(previous_fields(STEPS.fields, SPEC).astype("int64"))[None]
SIDES = torch.from_numpy(STEPS.sides.astype("int64"))[None]
TARGETS = torch.from_numpy(STEPS.fields.astype("int64"))[None]
WHOLE = Chunk(PREVIOUS, SIDES, TARGETS, torch.ones(1, 9, dtype=torch.bool))


@pytest.mark.parametrize("length", [1, 4])
def test_state_carried_across_cuts_equals_one_long_pass(length: int) -> None:
    model = make_model().eval()
    whole, end = model.features(PREVIOUS, SIDES)
    state, parts = None, []
    for start in range(0, 9, length):
        cut = slice(start, start + length)
        part, state = model.features(PREVIOUS[:, cut], SIDES[:, cut], state)
        parts.append(part)
    torch.testing.assert_close(torch.cat(parts, 1), whole)
    assert state is not None
    for found, expected in zip(state, end, strict=True):
        torch.testing.assert_close(found, expected)


def test_a_cut_without_state_is_seen() -> None:
    model = make_model().eval()
    whole, _ = model.features(PREVIOUS, SIDES)
    later, _ = model.features(PREVIOUS[:, 4:], SIDES[:, 4:])
    assert (later - whole[:, 4:]).abs().max() > 1e-2


def test_features_are_those_of_every_layer_side_by_side() -> None:
    features, state = make_model().eval().features(PREVIOUS, SIDES)
    assert features.shape == (1, 9, NETWORK.layers * NETWORK.hidden)
    for index, (hidden, _) in enumerate(state):
        own = features[0, -1, 8 * index : 8 * index + 8]
        torch.testing.assert_close(own, hidden[0, 0])


def test_only_masked_steps_are_scored() -> None:
    model = make_model().eval()
    mask = torch.arange(9)[None] % 2 == 0
    everything, _, _ = model(WHOLE)
    nll, hits, _ = model(Chunk(PREVIOUS, SIDES, TARGETS, mask))
    assert nll.shape == hits.shape == (5, 3)
    torch.testing.assert_close(nll, everything[::2])


def test_forget_gates_start_open_and_other_biases_at_zero() -> None:
    weights = dict(SequenceModel(SPEC, NETWORK).named_parameters())
    for index in range(NETWORK.layers):
        bias = weights[f"layers.{index}.bias_ih_l0"] + weights[f"layers.{index}.bias_hh_l0"]
        assert bias.tolist() == [0.0] * 8 + [1.0] * 8 + [0.0] * 16


@pytest.mark.parametrize("rate", ["dropout", "input_dropout", "field_dropout", "chain_dropout"])
def test_dropout_works_in_training_only(rate: str) -> None:
    model = make_model(msgspec.structs.replace(NETWORK, **{rate: 0.5}))

    def score() -> torch.Tensor:
        nll: torch.Tensor = model(WHOLE)[0]
        return nll.detach()

    expected = make_model()(WHOLE)[0].detach()
    assert not torch.equal(score(), expected)
    model.eval()
    assert torch.equal(score(), expected)


def test_a_hidden_field_looks_like_the_start() -> None:
    model = make_model(msgspec.structs.replace(NETWORK, field_dropout=0.5))
    hidden = model._hide_fields(PREVIOUS)
    starts = torch.tensor([field.size for field in SPEC.fields]).expand_as(PREVIOUS)
    changed = hidden != PREVIOUS
    assert changed.any()
    assert not changed.all()
    assert torch.equal(hidden[changed], starts[changed])
