"""The soft window against a plain loop of Graves' equations that autograd goes through."""

from __future__ import annotations

from copy import deepcopy

import pytest
import torch
from torch import Tensor

from seqgen.core.window import STEPS_A_CHARACTER, SoftWindow, WindowState

INPUTS, HIDDEN, CHARACTERS, COMPONENTS = 3, 5, 4, 2
STEPS, ROWS = 7, 3
Found = tuple[Tensor, Tensor, WindowState]


def make_window(dtype: torch.dtype = torch.float64) -> SoftWindow:
    torch.manual_seed(0)
    window = SoftWindow(INPUTS, HIDDEN, characters=CHARACTERS, components=COMPONENTS).to(dtype)
    with torch.no_grad():
        for value in window.parameters():
            value.add_(torch.randn_like(value) * 0.5)
    return window


def make_inputs(steps: int = STEPS, dtype: torch.dtype = torch.float64) -> Tensor:
    torch.manual_seed(1)
    return torch.randn(steps, ROWS, INPUTS, dtype=dtype)


def make_text(dtype: torch.dtype = torch.float64) -> Tensor:
    """One-hot texts of 6, 3 and no characters, padded to 6 with zero rows."""
    torch.manual_seed(2)
    text = torch.zeros(ROWS, 6, CHARACTERS, dtype=dtype)
    for row, length in enumerate((6, 3, 0)):
        text[row, range(length), torch.randint(CHARACTERS, (length,))] = 1
    return text


def make_state(dtype: torch.dtype = torch.float64) -> WindowState:
    """A state in the middle of a line."""
    torch.manual_seed(3)
    sizes = (HIDDEN, HIDDEN, COMPONENTS, CHARACTERS)
    hidden, cell, kappa, window = (torch.rand(ROWS, size, dtype=dtype) for size in sizes)
    return WindowState(hidden, cell, 3 * kappa, window)


def reference(layer: SoftWindow, inputs: Tensor, text: Tensor, state: WindowState) -> Found:
    """The layer as Graves (2013) writes it: eqs. 7 to 11 (no peepholes) and 46 to 51."""
    hidden, cell, kappa, window = state
    outputs, windows = [], []
    for x in inputs:
        gates = x @ layer.weight_ih.T + hidden @ layer.weight_hh.T + window @ layer.weight_wh.T
        i, f, g, o = (gates + layer.bias).chunk(4, 1)
        cell = torch.sigmoid(f) * cell + torch.sigmoid(i) * torch.tanh(g)
        hidden = torch.sigmoid(o) * torch.tanh(cell)
        a, b, k = torch.exp(hidden @ layer.project.weight.T + layer.project.bias).chunk(3, 1)
        kappa = kappa + k
        window = torch.zeros_like(window)
        for u in range(text.shape[1]):
            phi = (a * torch.exp(-b * (kappa - u) ** 2)).sum(1, keepdim=True)
            window = window + phi * text[:, u]
        outputs.append(hidden)
        windows.append(window)
    return torch.stack(outputs), torch.stack(windows), WindowState(hidden, cell, kappa, window)


def assert_same(found: Found, expected: Found) -> None:
    for one, other in zip((*found[:2], *found[2]), (*expected[:2], *expected[2]), strict=True):
        torch.testing.assert_close(one, other)


def gradients(found: Found, window: SoftWindow, inputs: Tensor) -> dict[str, Tensor]:
    """The gradients of a loss that weighs every output and every window differently."""
    torch.manual_seed(4)
    outputs, windows, _ = found
    loss = (torch.randn(outputs.shape) * outputs.sin()).sum()
    loss = loss + (torch.randn(windows.shape) * windows.sin()).sum()
    named = {**dict(window.named_parameters()), "inputs": inputs}
    return dict(
        zip(named, torch.autograd.grad(loss, list(named.values()), retain_graph=True), strict=True)
    )


@pytest.mark.parametrize("begun", [False, True])
def test_forward_and_backward_are_those_of_the_equations(begun: bool) -> None:
    window, inputs, text = make_window(), make_inputs().requires_grad_(), make_text()
    state = make_state() if begun else window.start(ROWS)
    found, expected = window(inputs, text, state), reference(window, inputs, text, state)
    assert_same(found, expected)
    ours, theirs = (gradients(each, window, inputs) for each in (found, expected))
    assert len(ours) == 7
    for name, gradient in ours.items():
        assert gradient.abs().max() > 1e-3, name
        torch.testing.assert_close(gradient, theirs[name], rtol=1e-9, atol=1e-11, msg=name)


@pytest.mark.parametrize("part", [0, 1])
def test_outputs_or_windows_alone_may_be_learned_from(part: int) -> None:
    window, inputs, text, state = make_window(), make_inputs(), make_text(), make_state()
    found: Tensor = window(inputs, text, state)[part]
    expected: Tensor = reference(window, inputs, text, state)[:2][part]
    weights = list(window.parameters())
    both = (torch.autograd.grad(each.sin().sum(), weights) for each in (found, expected))
    for ours, theirs in zip(*both, strict=True):
        torch.testing.assert_close(ours, theirs)


def test_frozen_weights_leave_the_gradients_of_the_inputs_as_they_are() -> None:
    window, inputs, text, state = make_window(), make_inputs(), make_text(), make_state()
    inputs.requires_grad_()
    free = gradients(window(inputs, text, state), window, inputs)["inputs"]
    window.project.requires_grad_(False)
    part = torch.autograd.grad(window(inputs, text, state)[0].sin().sum(), window.weight_hh)[0]
    window.requires_grad_(False)
    torch.manual_seed(4)
    outputs, windows, _ = window(inputs, text, state)
    loss = (torch.randn(outputs.shape) * outputs.sin()).sum()
    loss = loss + (torch.randn(windows.shape) * windows.sin()).sum()
    assert torch.equal(torch.autograd.grad(loss, inputs)[0], free)
    assert part.abs().max() > 1e-3


def test_single_precision_is_enough_for_the_gradients() -> None:
    window, inputs, text, state = make_window(), make_inputs(40), make_text(), make_state()
    exact = gradients(reference(window, inputs.requires_grad_(), text, state), window, inputs)
    coarse, coarse_inputs = deepcopy(window).float(), inputs.detach().float().requires_grad_()
    begun = WindowState(*(part.float() for part in state))
    found = coarse(coarse_inputs, text.float(), begun)
    assert found[0].dtype == torch.float32
    for name, gradient in gradients(found, coarse, coarse_inputs).items():
        error = (gradient.double() - exact[name]).norm() / exact[name].norm()
        assert error < 1e-4, name


def test_a_changed_equation_would_be_seen() -> None:
    window, inputs, text, state = make_window(), make_inputs(), make_text(), make_state()
    found = window(inputs.requires_grad_(), text, state)
    late = reference(window, inputs, text.roll(1, dims=1), state)
    assert (gradients(found, window, inputs)["inputs"]
            - gradients(late, window, inputs)["inputs"]).abs().max() > 1e-3  # fmt: skip


@pytest.mark.parametrize("length", [1, 3])
def test_chunks_with_carried_state_equal_one_long_pass(length: int) -> None:
    window, inputs, text, state = make_window(), make_inputs(), make_text(), make_state()
    whole = window(inputs, text, state)
    parts = []
    for start in range(0, STEPS, length):
        outputs, windows, state = window(inputs[start : start + length], text, state)
        parts.append((outputs, windows))
    outputs, windows = (torch.cat(part) for part in zip(*parts, strict=True))
    assert_same((outputs, windows, state), whole)


def test_padding_changes_nothing() -> None:
    window, inputs, text, state = make_window(), make_inputs(), make_text(), make_state()
    padded = torch.cat([text, torch.zeros(ROWS, 9, CHARACTERS, dtype=text.dtype)], 1)
    found, longer = (window(inputs.requires_grad_(), each, state) for each in (text, padded))
    assert_same(longer, found)
    for name, gradient in gradients(longer, window, inputs).items():
        torch.testing.assert_close(gradient, gradients(found, window, inputs)[name])


def test_a_line_does_not_depend_on_those_beside_it() -> None:
    window, inputs, text, state = make_window(), make_inputs(), make_text(), make_state()
    whole = window(inputs, text, state)
    for row in range(ROWS):
        one = slice(row, row + 1)
        alone = window(inputs[:, one], text[one], WindowState(*(part[one] for part in state)))
        torch.testing.assert_close(alone[0], whole[0][:, one])
        torch.testing.assert_close(alone[1], whole[1][:, one])


def test_gradients_stop_at_the_state_and_do_not_enter_cell_and_positions() -> None:
    window = make_window()
    begun = WindowState(*(part.requires_grad_() for part in make_state()))
    outputs, _, (_, cell, kappa, _) = window(make_inputs(), make_text(), begun)
    assert outputs.requires_grad
    assert not cell.requires_grad
    assert not kappa.requires_grad
    entered = torch.autograd.grad(outputs.sum(), list(begun), allow_unused=True)
    assert all(gradient is None for gradient in entered)


def test_the_attention_of_a_step_makes_its_window() -> None:
    window, text = make_window(), make_text()
    _, windows, state = window(make_inputs(), text, make_state())
    for places in (6, 7):
        attention = window.attention(state.hidden, state.kappa, places)
        assert attention.shape == (ROWS, places)
        seen = torch.einsum("bu,buk->bk", attention[:, :6], text)
        torch.testing.assert_close(seen, windows[-1])


def test_where_there_is_nothing_to_read_the_window_is_empty() -> None:
    window, state = make_window(), make_window().start(ROWS)
    assert [tuple(part.shape) for part in state] == [(3, 5), (3, 5), (3, 2), (3, 4)]
    assert not any(part.any() for part in state)
    _, windows, _ = window(make_inputs(), make_text(), state)
    assert windows[:, 0].any()
    assert not windows[:, 2].any()


def test_a_new_window_reads_at_the_pace_of_writing() -> None:
    torch.manual_seed(0)
    window = SoftWindow(INPUTS, 40, characters=CHARACTERS, components=6)
    steps = int(10 * STEPS_A_CHARACTER)
    with torch.no_grad():
        _, _, state = window(torch.randn(steps, 1, INPUTS), torch.zeros(1, 1, 4), window.start(1))
    assert state.kappa.mean().item() == pytest.approx(10, rel=0.1)
    assert window.bias.tolist() == [0.0] * 40 + [1.0] * 40 + [0.0] * 80


def test_long_lines_and_large_inputs_stay_finite() -> None:
    window = make_window(torch.float32)
    inputs = (1e4 * make_inputs(300, torch.float32)).requires_grad_()
    found = window(inputs, make_text(torch.float32), window.start(ROWS))
    assert found[2].kappa.min() > 6
    for gradient in gradients(found, window, inputs).values():
        assert gradient.isfinite().all()
