"""SequenceModel: step inputs -> LSTM stack with skips -> features -> head."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import dropout

from seqgen.core.batching import Chunk
from seqgen.core.heads.field_chain import FieldChain
from seqgen.core.stack import State, make_layer, run_stack
from seqgen.core.steps import NetworkConfig, StepSpec


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
            make_layer(width + (hidden if index else 0), hidden) for index in range(config.layers)
        )

    def features(
        self, previous: Tensor, sides: Tensor, state: State | None = None
    ) -> tuple[Tensor, State]:
        """Features (B, T, D) and new state, from previous fields (B, T, F) and sides (B, T, S)."""
        inputs = self.head.embed(self._hide_fields(previous))
        for table, column in zip(self.sides, sides.unbind(-1), strict=True):
            inputs = inputs + table(column)
        inputs = dropout(inputs, self.config.input_dropout, self.training)
        return run_stack(self.layers, inputs, state, self.config.dropout if self.training else 0.0)

    def _hide_fields(self, previous: Tensor) -> Tensor:
        """Replace some fields by their start class, in training (word dropout, Bowman 2016)."""
        rate = self.config.field_dropout
        if not (self.training and rate):
            return previous
        starts = torch.tensor([f.size for f in self.spec.fields], device=previous.device)
        hidden = torch.rand(previous.shape, device=previous.device) < rate
        return torch.where(hidden, starts, previous)

    def forward(self, chunk: Chunk, state: State | None = None) -> tuple[Tensor, Tensor, State]:
        """NLL in nats and hits, both (N, F) over the N steps where the chunk's mask holds."""
        features, new = self.features(chunk.previous, chunk.sides, state)
        nll, hits = self.head.score(features[chunk.mask], chunk.targets[chunk.mask])
        return nll, hits, new
