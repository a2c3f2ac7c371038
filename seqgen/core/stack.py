"""The LSTM stack that every network shares: layers with skips, in training and as reference."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.nn.functional import dropout

State = list[tuple[Tensor, ...]]


def make_layer(inputs: int, hidden: int) -> nn.LSTM:
    """An LSTM layer with the forget gate open (bias 1; Jozefowicz et al. 2015).

    Gate order: i, f, g, o.
    """
    layer = nn.LSTM(inputs, hidden, batch_first=True)
    with torch.no_grad():
        for name, parameter in layer.named_parameters():
            if name.startswith("bias"):
                parameter.zero_()
            if name.startswith("bias_ih"):
                parameter[hidden : 2 * hidden] = 1.0
    return layer


def run_stack(
    layers: Iterable[nn.Module],
    inputs: Tensor,
    state: State | None,
    rate: float,
    below: Tensor | None = None,
) -> tuple[Tensor, State]:
    """Features (B, T, D) and the new state, from inputs (B, T, E).

    Skip connections as in Graves 2013, section 2: the inputs feed every layer, and every layer
    feeds the head. ``below`` (B, T, H) is the output of a layer that already ran under these;
    it is the first part of the features. ``rate`` is the dropout between layers.
    """
    outputs = [] if below is None else [dropout(below, rate, rate > 0)]
    states: State = []
    for index, layer in enumerate(layers):
        joined = torch.cat([inputs, outputs[-1]], -1) if outputs else inputs
        out, new = layer(joined, state[index] if state is not None else None)
        outputs.append(dropout(out, rate, rate > 0))
        states.append(new)
    return torch.cat(outputs, -1), states
