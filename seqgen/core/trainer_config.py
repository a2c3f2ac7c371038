"""How a network is trained: plain data, read without torch."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

Count = Annotated[int, Meta(ge=1)]
Positive = Annotated[float, Meta(gt=0)]


class TrainerConfig(msgspec.Struct, frozen=True, kw_only=True):
    """How a network is trained. Updates are optimiser steps, one a chunk of ``chunk`` steps.

    ``finish`` is the last part of the budget, in which only the first source is drawn from: the
    others have helped by then, and what is wanted is the first.
    """

    updates: Count = 3000
    batch: Count = 16
    chunk: Count = 128
    learning_rate: Positive = 2e-3
    weight_decay: Annotated[float, Meta(ge=0)] = 0.01
    warmup: Annotated[int, Meta(ge=0)] = 100
    clip: Positive = 1.0
    average: Annotated[float, Meta(ge=0, lt=1)] = 0.998
    evaluate_every: Count = 250
    checkpoint_every: Count = 250
    patience: Count = 20
    finish: Annotated[float, Meta(ge=0, le=1)] = 0.0
    seed: Annotated[int, Meta(ge=0, le=(1 << 63) - 1)] = 1
