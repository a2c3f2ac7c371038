"""Small networks of pen offsets with random weights, and lines of ink that can be learned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch

from seqgen.core.checkpoint import FORMAT, Arrays, Card
from seqgen.core.pen_network import PenModel
from seqgen.core.steps import PenNetwork, PenSpec, PenSteps
from seqgen.core.trainer import Trainer
from seqgen.core.trainer_config import TrainerConfig

PEN_SPEC = PenSpec(characters=6, styles=4)
PEN_NETWORK = PenNetwork(layers=2, hidden=8, components=3, window=2, style=3)
SPECS = (PEN_SPEC, PenSpec(characters=6), PenSpec(styles=4), PenSpec())
"""With text and styles, with one of them, with neither."""

PEN_TRAINER = TrainerConfig(
    updates=12,
    batch=2,
    chunk=8,
    learning_rate=0.01,
    warmup=2,
    evaluate_every=4,
    checkpoint_every=4,
)


def make_pen_model(
    spec: PenSpec = PEN_SPEC, network: PenNetwork = PEN_NETWORK, seed: int = 0
) -> PenModel:
    torch.manual_seed(seed)
    model = PenModel(spec, network)
    with torch.no_grad():  # larger than at the start of training, so that everything matters
        for value in model.parameters():
            value.add_(torch.randn_like(value) * 0.5)
    return model


def make_pen_card(
    spec: PenSpec = PEN_SPEC, network: PenNetwork = PEN_NETWORK, **entries: Any
) -> Card:
    known: dict[str, Any] = {"format": FORMAT, "name": "tiny", "frontend": "handwriting"}
    return Card(spec=spec, network=network, state={}, **(known | entries))


def pen_weights(model: PenModel) -> Arrays:
    return {name: value.detach().numpy().copy() for name, value in model.named_parameters()}


def random_line(length: int, text: int = 4, style: int = 1, seed: int = 0) -> PenSteps:
    """Random ink, a text of random classes and a style, as far as PEN_SPEC has them."""
    rng = np.random.default_rng((seed, length))
    offsets = rng.normal(0, 1, (length, 2)).astype(np.float32)
    classes = rng.integers(1, PEN_SPEC.characters, text).astype(np.int16)
    return PenSteps(offsets, rng.random(length) < 0.3, classes, style)


def zigzag(length: int, phase: int, text: tuple[int, ...] = (2, 3)) -> PenSteps:
    """A zigzag, lifted after every fourth step; its height is that of its style."""
    time, style = np.arange(length) + phase, 1 + phase % 3
    offsets = np.stack([np.full(length, 0.5), style * (-1.0) ** time], axis=1)
    return PenSteps(offsets.astype(np.float32), time % 4 == 3, np.array(text, np.int16), style)


class Pages:
    """Lines in memory; a generator varies the size, so that augmentation can be seen."""

    def __init__(self, lines: list[PenSteps]) -> None:
        self.lines, self.first = lines, len(lines)

    def __len__(self) -> int:
        return len(self.lines)

    def length(self, index: int) -> int:
        return len(self.lines[index])

    def draw(self, index: int, rng: np.random.Generator | None) -> PenSteps:
        line = self.lines[index]
        if rng is None:
            return line
        size = np.float32(rng.uniform(0.95, 1.05))
        return PenSteps(line.offsets * size, line.lifts, line.text, line.style)


def zigzags(count: int = 5) -> Pages:
    return Pages([zigzag(9 + 4 * k, k) for k in range(count)])


def make_pen_trainer(
    out: Path,
    spec: PenSpec = PEN_SPEC,
    network: PenNetwork = PEN_NETWORK,
    config: dict[str, Any] | None = None,
) -> Trainer:
    """Return a trainer that always begins with the same weights."""
    torch.manual_seed(1)
    return Trainer(
        PenModel(spec, network),
        zigzags(),
        zigzags(2),
        config=msgspec.structs.replace(PEN_TRAINER, **(config or {})),
        card=make_pen_card(spec, network),
        out=out,
    )
