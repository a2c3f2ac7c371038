"""Training speed of pen offsets: our window layer and fused layers against a loop over all.

    python -m benchmarks.pen_training [--layers 3] [--hidden 400] [--batch 32] [--threads N]

Points per second of forward, backward, clipping and AdamW on a chunk of random lines with text
and style. `loop` runs every layer as `nn.LSTMCell` a step at a time, with the window of Graves
2013 by autograd; `ours` is the network that the trainer trains. Both flush denormals, take turns
in one process, and ratios are of one turn.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from statistics import median

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot

from seqgen.core.batching import PenChunk, chunks
from seqgen.core.pen_network import PenModel
from seqgen.core.steps import PenNetwork, PenSpec, PenSteps

SPEC = PenSpec(characters=74, styles=100)


class LoopModel(nn.Module):
    """The same network, all layers in one loop over the steps."""

    def __init__(self, like: PenModel) -> None:
        super().__init__()
        config, spec = like.config, like.spec
        width = 3 + config.style + spec.characters
        self.like = like
        self.cells = nn.ModuleList(
            nn.LSTMCell(width + (config.hidden if index else 0), config.hidden)
            for index in range(config.layers)
        )

    def forward(self, chunk: PenChunk) -> Tensor:
        """Mean NLL of a chunk."""
        config, like = self.like.config, self.like
        assert like.window is not None
        rows, steps = chunk.mask.shape
        letters = one_hot(chunk.text, like.spec.characters).float()
        places = torch.arange(letters.shape[1], dtype=torch.float32)
        style = like.styles(chunk.style)
        zero = torch.zeros(rows, config.hidden)
        states = [(zero, zero) for _ in self.cells]
        kappa, window = torch.zeros(rows, config.window), torch.zeros(rows, like.spec.characters)
        features = []
        for t in range(steps):
            known = torch.cat([chunk.previous[:, t], style], -1)
            for index, cell in enumerate(self.cells):
                parts = [known, window, *([states[index - 1][0]] if index else [])]
                states[index] = cell(torch.cat(parts, -1), states[index])
                if not index:
                    a, b, k = like.window.project(states[0][0]).exp().chunk(3, -1)
                    kappa = kappa + k
                    away = kappa[:, :, None] - places
                    phi = (a[:, :, None] * torch.exp(-b[:, :, None] * away * away)).sum(1)
                    window = torch.bmm(phi[:, None], letters)[:, 0]
            features.append(torch.cat([hidden for hidden, _ in states], -1))
        stacked = torch.stack(features, 1)
        nll, _ = like.head.score(stacked[chunk.mask], chunk.targets[chunk.mask])
        return nll.sum(-1).mean()


def main() -> None:
    """Print the rates and their ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--hidden", type=int, default=400)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--steps", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(0)
    model = PenModel(SPEC, PenNetwork(layers=args.layers, hidden=args.hidden))
    loop = LoopModel(model)
    chunk = _chunk(args.batch, args.steps)
    ways = {
        "ours": _turn(model, lambda: model(chunk)[0].sum(-1).mean()),
        "loop": _turn(loop, lambda: loop(chunk)),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(args.rounds + 1):  # the first one warms up
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if turn:
                seconds[name].append(time.perf_counter() - began)
    points = args.batch * args.steps
    size = f"{args.layers}x{args.hidden}, batch {args.batch}, {args.steps} steps"
    print(f"{size}, threads {args.threads}, load {os.getloadavg()[0]:.1f}")
    for name, found in seconds.items():
        print(f"  {name}: {points / median(found):7.0f} points/s")
    ratios = sorted(b / a for a, b in zip(seconds["ours"], seconds["loop"], strict=True))
    print(f"  ratio {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


def _turn(model: nn.Module, loss_of: Callable[[], Tensor]) -> Callable[[], None]:
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3)

    def turn() -> None:
        optimiser.zero_grad()
        loss_of().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()

    return turn


def _chunk(rows: int, steps: int) -> PenChunk:
    rng = np.random.default_rng(0)
    lines = [
        PenSteps(
            rng.normal(size=(steps, 2)).astype(np.float32),
            rng.random(steps) < 0.04,
            rng.integers(2, SPEC.characters, 30).astype(np.int16),
            int(rng.integers(SPEC.styles)),
        )
        for _ in range(rows)
    ]
    (chunk,) = chunks(lines, SPEC, steps, steps)
    assert isinstance(chunk, PenChunk)
    return chunk


if __name__ == "__main__":
    main()
