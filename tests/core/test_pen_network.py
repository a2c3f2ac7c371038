from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
import torch

from seqgen.core.batching import PenChunk, chunks
from seqgen.core.pen_network import PenModel
from seqgen.core.steps import PenSpec
from tests.core.tiny_pen import PEN_NETWORK, PEN_SPEC, SPECS, make_pen_model, random_line

LINES = [random_line(11, 5, 1), random_line(7, 2, 3, seed=1), random_line(4, 0, 0, seed=2)]
STEPS = 22


def whole() -> PenChunk:
    (chunk,) = chunks(LINES, PEN_SPEC, 11, 11)
    assert isinstance(chunk, PenChunk)
    return chunk


def scores(model: PenModel, chunk: PenChunk) -> torch.Tensor:
    with torch.no_grad():
        nll: torch.Tensor = model(chunk)[0]
    return nll


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("length", [1, 4])
def test_state_carried_across_chunks_equals_one_long_pass(spec: PenSpec, length: int) -> None:
    model = make_pen_model(spec).eval()
    with torch.no_grad():
        style = model.style_of(whole().style)
        expected, end = model.features(whole().previous, whole().text, style)
        state, parts = None, []
        for chunk in chunks(LINES, spec, length, 11):
            assert isinstance(chunk, PenChunk)
            part, state = model.features(chunk.previous, chunk.text, style, state)
            parts.append(part)
    torch.testing.assert_close(torch.cat(parts, 1), expected)
    assert state is not None
    assert len(state) == PEN_NETWORK.layers
    for found, other in zip(state, end, strict=True):
        torch.testing.assert_close(found, other)


def test_a_cut_without_state_is_seen() -> None:
    model = make_pen_model().eval()
    begun, later = chunks(LINES[:1], PEN_SPEC, 6, 11)
    assert isinstance(begun, PenChunk)
    assert isinstance(later, PenChunk)
    with torch.no_grad():
        state = model(begun)[2]
        assert not torch.allclose(model(later, state)[0], model(later)[0], rtol=1e-2)


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("layers", [1, 3])
def test_features_are_those_of_every_layer_side_by_side(spec: PenSpec, layers: int) -> None:
    network = msgspec.structs.replace(PEN_NETWORK, layers=layers)
    model = make_pen_model(spec, network).eval()
    with torch.no_grad():
        style = model.style_of(whole().style)
        features, state = model.features(whole().previous, whole().text, style)
    assert features.shape == (3, 11, layers * 8)
    for index, layer in enumerate(state):
        hidden = layer[0].reshape(3, 8)
        torch.testing.assert_close(features[:, -1, 8 * index : 8 * index + 8], hidden)


def test_a_score_is_of_two_parts_and_of_masked_steps_alone() -> None:
    model, chunk = make_pen_model().eval(), whole()
    nll, hits, _ = model(chunk)
    assert nll.shape == hits.shape == (STEPS, 2)
    assert hits.dtype == torch.bool
    halved = replace(chunk, mask=chunk.mask & (torch.arange(11) % 2 == 0))
    kept = (torch.arange(11) % 2 == 0).expand(3, 11)[chunk.mask]
    torch.testing.assert_close(scores(model, halved), nll[kept].detach())


@pytest.mark.parametrize("spec", SPECS)
def test_lines_in_a_batch_do_not_touch_each_other(spec: PenSpec) -> None:
    model = make_pen_model(spec).eval()
    alone = []
    for line in LINES:
        (chunk,) = chunks([line], spec, len(line), len(line))
        assert isinstance(chunk, PenChunk)
        alone.append(scores(model, chunk))
    torch.testing.assert_close(scores(model, whole()), torch.cat(alone), rtol=1e-4, atol=1e-5)


def test_the_target_is_not_seen_before_it_is_scored() -> None:
    model, chunk = make_pen_model().eval(), whole()
    targets = chunk.targets.clone()
    targets[0, 6:] += 5
    changed = replace(chunk, targets=targets)
    found, expected = scores(model, changed), scores(model, chunk)
    assert torch.equal(found[:6], expected[:6])
    assert not torch.allclose(found[6:11], expected[6:11])


@pytest.mark.parametrize("part", ["text", "style", "previous"])
def test_what_is_written_depends_on_text_style_and_ink(part: str) -> None:
    model, chunk = make_pen_model().eval(), whole()
    other = getattr(chunk, part).clone()
    other[0] = other[1]
    found, expected = scores(model, replace(chunk, **{part: other})), scores(model, chunk)
    assert not torch.allclose(found[:11], expected[:11], rtol=1e-3)
    torch.testing.assert_close(found[11:], expected[11:])


@pytest.mark.parametrize("spec", [PenSpec(characters=6), PenSpec(styles=4)])
def test_what_a_model_has_not_it_does_not_ask_for(spec: PenSpec) -> None:
    part = "style" if spec.characters else "text"
    model, chunk = make_pen_model(spec).eval(), whole()
    other = replace(chunk, **{part: getattr(chunk, part).flip(0)})
    assert torch.equal(scores(model, other), scores(model, chunk))


def test_padding_of_a_text_is_not_read() -> None:
    model, chunk = make_pen_model().eval(), whole()
    padded = torch.nn.functional.pad(chunk.text, (0, 7))
    torch.testing.assert_close(scores(model, replace(chunk, text=padded)), scores(model, chunk))


def test_a_style_is_a_row_of_the_table() -> None:
    model = make_pen_model()
    rows = torch.tensor([2, 0])
    assert torch.equal(model.style_of(rows), model.styles.weight[rows])
    assert make_pen_model(PenSpec(characters=6)).style_of(rows).shape == (2, 0)


def test_dropout_works_in_training_only() -> None:
    model = make_pen_model(network=msgspec.structs.replace(PEN_NETWORK, dropout=0.5))
    expected = scores(make_pen_model(), whole())
    assert not torch.allclose(scores(model, whole()), expected)
    model.eval()
    assert torch.equal(scores(model, whole()), expected)


@pytest.mark.parametrize("spec", SPECS)
def test_every_parameter_is_learned(spec: PenSpec) -> None:
    model = make_pen_model(spec)
    model(whole())[0].sum().backward()
    for name, value in model.named_parameters():
        assert value.grad is not None, name
        assert value.grad.abs().max() > 0, name


def test_a_batch_without_a_step_has_zero_gradients() -> None:
    model = make_pen_model()
    (chunk,) = chunks([], PEN_SPEC, 5, 5)
    nll, hits, _ = model(chunk)
    assert nll.shape == hits.shape == (0, 2)
    nll.sum().backward()
    assert all(value.grad is not None and not value.grad.any() for value in model.parameters())
