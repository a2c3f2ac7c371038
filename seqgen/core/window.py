"""The soft window: an LSTM layer that reads a text while it writes, and feeds what it reads back.

The window of step t is made by the layer's own output and enters the layer at step t + 1, so the
layer runs in a loop, whatever is precomputed. The loop has a hand-written backward pass: it keeps
what the forward pass made and takes the gradients of all weights in one product after it.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

STEPS_A_CHARACTER = 12.0


class WindowState(NamedTuple):
    """After a step: output (B, H), cell (B, H), positions kappa (B, M), window (B, K)."""

    hidden: Tensor
    cell: Tensor
    kappa: Tensor
    window: Tensor


class SoftWindow(nn.Module):
    """An LSTM layer with the window of Graves 2013, section 5.1, eqs. 46 to 51.

    With M Gaussians over the U characters c_u of a text, one-hot of size K:
    (a, b, k) = exp(W h_t + bias), kappa_t = kappa_{t-1} + k,
    phi(t, u) = sum_m a exp(-b (kappa_t - u)^2), w_t = sum_u phi(t, u) c_u.
    The bias of k starts at a twelfth of a character a step, so that reading begins at the pace
    of writing.
    """

    def __init__(self, inputs: int, hidden: int, *, characters: int, components: int) -> None:
        super().__init__()
        bound = 1 / math.sqrt(hidden)
        self.weight_ih = nn.Parameter(torch.empty(4 * hidden, inputs).uniform_(-bound, bound))
        self.weight_hh = nn.Parameter(torch.empty(4 * hidden, hidden).uniform_(-bound, bound))
        self.weight_wh = nn.Parameter(torch.empty(4 * hidden, characters).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.zeros(4 * hidden))
        self.project = nn.Linear(hidden, 3 * components)
        self.hidden, self.characters, self.components = hidden, characters, components
        with torch.no_grad():
            self.bias[hidden : 2 * hidden] = 1.0  # the forget gate starts open
            self.project.weight.mul_(0.1)
            self.project.bias.zero_()
            self.project.bias[: 2 * components] = -1.0
            self.project.bias[2 * components :] = -math.log(STEPS_A_CHARACTER)

    def start(self, rows: int) -> WindowState:
        """Zeros: the window has read nothing."""
        sizes = (self.hidden, self.hidden, self.components, self.characters)
        return WindowState(*(self.bias.new_zeros(rows, size) for size in sizes))

    def attention(self, hidden: Tensor, kappa: Tensor, places: int) -> Tensor:
        """Attention phi (B, places) of a step: its output (B, H) and positions kappa (B, M)."""
        a, b, _ = self.project(hidden).exp()[:, :, None].chunk(3, 1)
        away = kappa[:, :, None] - torch.arange(places, device=kappa.device)
        found: Tensor = (a * torch.exp(-b * away * away)).sum(1)
        return found

    def forward(
        self, inputs: Tensor, text: Tensor, state: WindowState
    ) -> tuple[Tensor, Tensor, WindowState]:
        """Outputs (T, B, H), windows (T, B, K) and new state.

        ``inputs`` is (T, B, E), ``text`` (B, U, K) one-hot, zero rows where a text has ended.
        """
        projected = torch.nn.functional.linear(inputs, self.weight_ih, self.bias)
        recurrent = torch.cat([self.weight_hh, self.weight_wh], 1)
        outputs, windows, cell, kappa = _Loop.apply(  # type: ignore[no-untyped-call]
            projected, recurrent, self.project.weight, self.project.bias, text, *state
        )
        return outputs, windows, WindowState(outputs[-1], cell, kappa, windows[-1])


class _Loop(torch.autograd.Function):
    """The recurrence; gradients stop at the state it starts from (truncated BPTT)."""

    @staticmethod
    def forward(
        ctx: Any,
        projected: Tensor,
        recurrent: Tensor,
        weight: Tensor,
        bias: Tensor,
        text: Tensor,
        *state: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        hidden, cell, kappa, window = state
        steps, rows, size = len(projected), len(hidden), hidden.shape[1]
        count, length = kappa.shape[1], text.shape[1]
        gates = projected.clone()  # (T, B, 4H), becomes the open gates i, f, g, o
        cells = gates.new_empty(steps + 1, rows, size)
        joined = gates.new_empty(steps + 1, rows, recurrent.shape[1])  # [h | w]
        reading = gates.new_empty(steps, rows, 3 * count)  # a, b, k
        away = gates.new_empty(steps, rows, count, length)  # kappa - u
        bumps = gates.new_empty(steps, rows, count, length)  # a exp(-b (kappa - u)^2)
        cells[0], joined[0] = cell, torch.cat([hidden, window], 1)
        places = torch.arange(length, dtype=kappa.dtype, device=kappa.device)
        turned = recurrent.t()
        for t in range(steps):
            gate = gates[t].addmm_(joined[t], turned)
            gate[:, : 2 * size].sigmoid_()
            gate[:, 2 * size : 3 * size].tanh_()
            gate[:, 3 * size :].sigmoid_()
            i, f, g, o = gate.split(size, 1)
            torch.mul(f, cells[t], out=cells[t + 1]).addcmul_(i, g)
            output = torch.tanh(cells[t + 1]).mul_(o)
            read = torch.addmm(bias, output, weight.t(), out=reading[t]).exp_()
            a, b, k = read.split(count, 1)
            kappa = kappa + k
            distance = torch.sub(kappa[:, :, None], places, out=away[t])
            bump = torch.mul(distance, distance, out=bumps[t]).mul_(-b[:, :, None]).exp_()
            bump.mul_(a[:, :, None])
            window = torch.bmm(bump.sum(1, keepdim=True), text)[:, 0]
            joined[t + 1, :, :size], joined[t + 1, :, size:] = output, window
        ctx.save_for_backward(recurrent, weight, text, gates, cells, joined, reading, away, bumps)
        cell = cells[-1].clone()
        ctx.mark_non_differentiable(cell, kappa)
        return joined[1:, :, :size].clone(), joined[1:, :, size:].clone(), cell, kappa

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        recurrent, weight, text, gates, cells, joined, reading, away, bumps = ctx.saved_tensors
        from_outputs, from_windows = grads[0], grads[1]
        steps, rows, size = from_outputs.shape
        count = away.shape[2]
        d_gates, d_reading = torch.empty_like(gates), torch.empty_like(reading)
        d_joined = gates.new_zeros(rows, recurrent.shape[1])
        d_cell, d_kappa = gates.new_zeros(rows, size), gates.new_zeros(rows, count)
        turned = text.transpose(1, 2)
        for t in range(steps - 1, -1, -1):
            d_window = d_joined[:, size:] + from_windows[t]
            d_bump = bumps[t] * torch.bmm(d_window[:, None], turned)
            a_b_k, d_read = reading[t], d_reading[t]
            b, k = a_b_k[:, count : 2 * count], a_b_k[:, 2 * count :]
            d_read[:, :count] = d_bump.sum(2)
            leaning = d_bump.mul_(away[t])
            d_kappa = d_kappa - 2 * b * leaning.sum(2)
            d_read[:, count : 2 * count] = leaning.mul_(away[t]).sum(2) * -b
            d_read[:, 2 * count :] = d_kappa * k
            d_output = torch.addmm(d_joined[:, :size] + from_outputs[t], d_read, weight)
            d_gate, (i, f, g, o) = d_gates[t], gates[t].split(size, 1)
            squashed = torch.tanh(cells[t + 1])
            d_cell = d_cell.addcmul(d_output * o, 1 - squashed * squashed)
            d_gate[:, :size] = d_cell * g * i * (1 - i)
            d_gate[:, size : 2 * size] = d_cell * cells[t] * f * (1 - f)
            d_gate[:, 2 * size : 3 * size] = d_cell * i * (1 - g * g)
            d_gate[:, 3 * size :] = d_output * squashed * o * (1 - o)
            d_joined = d_gate @ recurrent
            d_cell = d_cell * f
        if not any(ctx.needs_input_grad[1:4]):  # a style is fitted, all weights are frozen
            return d_gates, *(None,) * 8
        flat, flat_reading = d_gates.flatten(0, 1), d_reading.flatten(0, 1)
        d_recurrent = flat.t() @ joined[:-1].flatten(0, 1)
        d_weight = flat_reading.t() @ joined[1:, :, :size].flatten(0, 1)
        return d_gates, d_recurrent, d_weight, flat_reading.sum(0), *(None,) * 5
