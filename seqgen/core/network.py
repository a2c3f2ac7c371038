"""SequenceModel: step inputs -> LSTM stack with skips -> features -> head."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import dropout

from seqgen.core.heads.field_chain import FieldChain
from seqgen.core.steps import NetworkConfig, StepSpec

State = list[tuple[Tensor, Tensor]]


class SequenceModel(nn.Module):
    """An LSTM stack (Hochreiter & Schmidhuber 1997; forget gates: Gers et al. 2000) over steps.

    Skip connections as in Graves 2013, section 2: the step input feeds every layer, and every
    layer feeds the head, so features are (B, T, layers * hidden).
    """

    def __init__(self, spec: StepSpec, config: NetworkConfig) -> None:
        super().__init__()
        self.spec, self.config = spec, config
        width, hidden = config.embed, config.hidden
        self.head = FieldChain(
            spec,
            features=config.layers * hidden,
            embed=width,
            chain=config.chain,
            dropout=config.chain_dropout,
        )
        self.sides = nn.ModuleList(nn.Embedding(side.size, width) for side in spec.sides)
        for weight in self.sides.parameters():
            nn.init.normal_(weight, std=0.05)
        self.layers = nn.ModuleList(
            nn.LSTM(width + (hidden if index else 0), hidden, batch_first=True)
            for index in range(config.layers)
        )
        for layer in self.layers:
            _open_forget_gate(layer, hidden)

    def features(
        self, previous: Tensor, sides: Tensor, state: State | None = None
    ) -> tuple[Tensor, State]:
        """Features (B, T, D) and new state, from previous fields (B, T, F) and sides (B, T, S)."""
        rate = self.config.dropout
        inputs = self.head.embed(self._hide_fields(previous))
        for table, column in zip(self.sides, sides.unbind(-1), strict=True):
            inputs = inputs + table(column)
        inputs = dropout(inputs, self.config.input_dropout, self.training)
        outputs: list[Tensor] = []
        states: State = []
        for index, layer in enumerate(self.layers):
            below = torch.cat([inputs, outputs[-1]], -1) if outputs else inputs
            out, new = layer(below, state[index] if state is not None else None)
            outputs.append(dropout(out, rate, self.training))
            states.append(new)
        return torch.cat(outputs, -1), states

    def _hide_fields(self, previous: Tensor) -> Tensor:
        """Replace some fields by their start class, in training (word dropout, Bowman 2016)."""
        rate = self.config.field_dropout
        if not (self.training and rate):
            return previous
        starts = torch.tensor([f.size for f in self.spec.fields], device=previous.device)
        hidden = torch.rand(previous.shape, device=previous.device) < rate
        return torch.where(hidden, starts, previous)

    def forward(
        self,
        previous: Tensor,
        sides: Tensor,
        targets: Tensor,
        mask: Tensor,
        state: State | None = None,
    ) -> tuple[Tensor, Tensor, State]:
        """NLL in nats and hits, both (N, F) over the N steps where ``mask`` (B, T) holds."""
        features, new = self.features(previous, sides, state)
        nll, hits = self.head.score(features[mask], targets[mask])
        return nll, hits, new


def _open_forget_gate(layer: nn.Module, hidden: int) -> None:
    """Start with the forget gate open (bias 1; Jozefowicz et al. 2015). Gate order: i, f, g, o."""
    with torch.no_grad():
        for name, parameter in layer.named_parameters():
            if name.startswith("bias"):
                parameter.zero_()
            if name.startswith("bias_ih"):
                parameter[hidden : 2 * hidden] = 1.0
