"""How a network is trained: plain data, read without torch."""

from __future__ import annotations

import msgspec


class TrainerConfig(msgspec.Struct, frozen=True, kw_only=True):
    """How a network is trained. Updates are optimiser steps, one a chunk of ``chunk`` steps.

    ``finish`` is the last part of the budget, in which only the first source is drawn from: the
    others have helped by then, and what is wanted is the first.
    """

    updates: int = 3000
    batch: int = 16
    chunk: int = 128
    learning_rate: float = 2e-3
    weight_decay: float = 0.01
    warmup: int = 100
    clip: float = 1.0
    average: float = 0.998
    evaluate_every: int = 250
    checkpoint_every: int = 250
    patience: int = 20
    finish: float = 0.0
    seed: int = 1
