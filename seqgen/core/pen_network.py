"""PenModel: offsets, text and style -> soft window and LSTM stack with skips -> mixture."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot

from seqgen.core.batching import PenChunk
from seqgen.core.heads.stroke_mixture import StrokeMixture
from seqgen.core.stack import State, make_layer, run_stack
from seqgen.core.steps import PenNetwork, PenSpec
from seqgen.core.window import SoftWindow, WindowState

STEP = 3  # dx, dy, lift


class PenModel(nn.Module):
    """The network of Graves 2013, figure 12: a window over the text in the first layer.

    The style vector of the piece is part of every step's input; the window feeds every layer.
    Without characters the first layer is an LSTM layer like the others (section 4).
    """

    def __init__(self, spec: PenSpec, config: PenNetwork) -> None:
        super().__init__()
        self.spec, self.config = spec, config
        width = STEP + (config.style if spec.styles else 0)
        self.window: SoftWindow | None = None
        if spec.styles:
            self.styles = nn.Embedding(spec.styles, config.style)
            nn.init.normal_(self.styles.weight, std=0.1)
        if spec.characters:
            self.window = SoftWindow(
                width,
                config.hidden,
                characters=spec.characters,
                components=config.window,
            )
        first = 1 if self.window is not None else 0
        above = width + spec.characters
        self.layers = nn.ModuleList(
            make_layer(above + (config.hidden if index else 0), config.hidden)
            for index in range(first, config.layers)
        )
        self.head = StrokeMixture(
            features=config.layers * config.hidden,
            components=config.components,
            floor=config.floor,
        )

    def features(
        self, previous: Tensor, text: Tensor, style: Tensor, state: State | None = None
    ) -> tuple[Tensor, State]:
        """Features (B, T, D) and new state, from previous steps (B, T, 3).

        ``text`` (B, U) are classes, 0 where a text has ended; ``style`` (B, S) style vectors.
        """
        inputs = previous
        if self.spec.styles:
            spread = style[:, None].expand(-1, previous.shape[1], -1)
            inputs = torch.cat([previous, spread], -1)
        rate = self.config.dropout if self.training else 0.0
        if self.window is None:
            return run_stack(self.layers, inputs, state, rate)
        begun = self.window.start(len(previous)) if state is None else WindowState(*state[0])
        letters = one_hot(text, self.spec.characters).to(inputs.dtype)
        letters[text == 0] = 0
        below, windows, read = self.window(inputs.transpose(0, 1), letters, begun)
        inputs = torch.cat([inputs, windows.transpose(0, 1)], -1)
        rest = None if state is None else state[1:]
        features, states = run_stack(self.layers, inputs, rest, rate, below.transpose(0, 1))
        return features, [tuple(read), *states]

    def style_of(self, rows: Tensor) -> Tensor:
        """Style vectors (B, S) of rows (B,) of the table of styles."""
        if not self.spec.styles:
            return torch.zeros(len(rows), 0, device=rows.device)
        found: Tensor = self.styles(rows)
        return found

    def forward(self, chunk: PenChunk, state: State | None = None) -> tuple[Tensor, Tensor, State]:
        """NLL in nats and hits, both (N, 2), over the N steps where the chunk's mask holds."""
        style = self.style_of(chunk.style)
        features, new = self.features(chunk.previous, chunk.text, style, state)
        nll, hits = self.head.score(features[chunk.mask], chunk.targets[chunk.mask])
        return nll, hits, new
