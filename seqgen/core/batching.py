"""Batches: sequences of like length side by side, cut into chunks that carry state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from seqgen.core.steps import Sequences, Steps, StepSpec, previous_fields


@dataclass(frozen=True)
class Chunk:
    """A slice in time of a batch: previous, targets (B, T, F), sides (B, T, S), mask (B, T)."""

    previous: Tensor
    sides: Tensor
    targets: Tensor
    mask: Tensor


def plan_epoch(lengths: list[int], batch: int, rng: np.random.Generator) -> list[list[int]]:
    """Split sequence indices into batches of like length, in random order.

    Sorting a pool of 16 batches at a time keeps padding small and the batches varied.
    """
    order = rng.permutation(len(lengths))
    groups: list[list[int]] = []
    pool = batch * 16
    for start in range(0, len(order), pool):
        part = sorted(order[start : start + pool].tolist(), key=lambda i: lengths[i])
        groups += [part[i : i + batch] for i in range(0, len(part), batch)]
    return [groups[i] for i in rng.permutation(len(groups))]


def chunks(sequences: list[Steps], spec: StepSpec, length: int, longest: int) -> Iterator[Chunk]:
    """Yield the chunks of a batch in order, ``length`` steps each, until step ``longest``.

    A batch without sequences gives one masked row, so that every process takes part.
    """
    rows = max(1, len(sequences))
    previous = np.zeros((rows, longest, len(spec.fields)), np.int64)
    targets = np.zeros_like(previous)
    sides = np.zeros((rows, longest, len(spec.sides)), np.int64)
    mask = np.zeros((rows, longest), bool)
    for row, steps in enumerate(sequences):
        size = len(steps)
        previous[row, :size] = previous_fields(steps.fields, spec)
        targets[row, :size], sides[row, :size] = steps.fields, steps.sides
        mask[row, :size] = True
    for start in range(0, longest, length):
        cut = slice(start, start + length)
        yield Chunk(*(torch.from_numpy(a[:, cut]) for a in (previous, sides, targets, mask)))


def draw_batch(data: Sequences, indices: list[int], seed: tuple[int, ...] | None) -> list[Steps]:
    """Draw sequences, augmented by generators of their own, keyed by ``seed`` and index."""
    return [
        data.draw(i, None if seed is None else np.random.default_rng((*seed, i))) for i in indices
    ]
