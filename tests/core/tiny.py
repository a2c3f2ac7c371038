"""A small step, networks of it with random weights, and a corpus that can be learned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from seqgen.core.checkpoint import FORMAT, Arrays, Card
from seqgen.core.network import SequenceModel
from seqgen.core.steps import Field, NetworkConfig, Steps, StepSpec
from seqgen.core.trainer import Trainer
from seqgen.core.trainer_config import TrainerConfig

SPEC = StepSpec((Field("pitch", 4), Field("length", 3), Field("voice", 2)), (Field("beat", 5),))
NETWORK = NetworkConfig(layers=2, hidden=8, embed=6, chain=5)
TRAINER = TrainerConfig(
    updates=12,
    batch=2,
    chunk=4,
    learning_rate=0.01,
    warmup=2,
    evaluate_every=4,
    checkpoint_every=4,
)


def make_model(network: NetworkConfig = NETWORK, seed: int = 0) -> SequenceModel:
    torch.manual_seed(seed)
    model = SequenceModel(SPEC, network)
    with torch.no_grad():  # larger than at the start of training, so that everything matters
        for value in model.parameters():
            value.add_(torch.randn_like(value) * 0.8)
    return model


def make_card(network: NetworkConfig = NETWORK, **entries: Any) -> Card:
    known: dict[str, Any] = {"format": FORMAT, "name": "tiny", "frontend": "music", "state": {}}
    return Card(spec=SPEC, network=network, **(known | entries))


def weights_of(model: SequenceModel) -> Arrays:
    return {name: value.detach().numpy().copy() for name, value in model.named_parameters()}


def random_steps(length: int, seed: int = 0) -> Steps:
    rng = np.random.default_rng(seed)
    fields = np.stack([rng.integers(0, f.size, length) for f in SPEC.fields], axis=1)
    sides = np.stack([rng.integers(0, s.size, length) for s in SPEC.sides], axis=1)
    return Steps(fields.astype(np.int16), sides.astype(np.int16))


def marching_steps(length: int, phase: int) -> Steps:
    """Return a pattern that follows from the step before and the beat."""
    time = np.arange(length) + phase
    fields = np.stack([time % 4, time % 3, time // 4 % 2], axis=1)
    return Steps(fields.astype(np.int16), (time % 5)[:, None].astype(np.int16))


class Corpus:
    """Pieces in memory; a generator varies the voice, so that augmentation can be seen."""

    def __init__(self, pieces: list[Steps], first: int | None = None) -> None:
        self.pieces = pieces
        self.first = len(pieces) if first is None else first
        self.drawn: list[int] = []

    def __len__(self) -> int:
        return len(self.pieces)

    def length(self, index: int) -> int:
        return len(self.pieces[index])

    def draw(self, index: int, rng: np.random.Generator | None) -> Steps:
        self.drawn.append(index)
        steps = self.pieces[index]
        if rng is None:
            return steps
        fields = steps.fields.copy()
        fields[:, 2] ^= rng.random() < 0.1
        return Steps(fields, steps.sides)


def marching_corpus(pieces: int = 5) -> Corpus:
    return Corpus([marching_steps(7 + 3 * i, i) for i in range(pieces)])


def make_trainer(
    out: Path,
    network: NetworkConfig = NETWORK,
    train: Corpus | None = None,
    valid: Corpus | None = None,
    config: dict[str, Any] | None = None,
    **options: Any,
) -> Trainer:
    """Return a trainer that always begins with the same weights."""
    settings = {name: getattr(TRAINER, name) for name in TRAINER.__struct_fields__}
    torch.manual_seed(1)
    return Trainer(
        SequenceModel(SPEC, network),
        marching_corpus() if train is None else train,
        marching_corpus(2) if valid is None else valid,
        config=TrainerConfig(**(settings | (config or {}))),
        card=make_card(network),
        out=out,
        **options,
    )
