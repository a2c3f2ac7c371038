"""Batches: sequences of like length side by side, cut into chunks that carry state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import torch
from torch import Tensor

from seqgen.core.steps import PenSteps, Sequences, Spec, Steps, StepSpec, previous_fields


@dataclass(frozen=True)
class Chunk:
    """A slice in time of a batch: previous, targets (B, T, F), sides (B, T, S), mask (B, T)."""

    previous: Tensor
    sides: Tensor
    targets: Tensor
    mask: Tensor

    def to(self, device: torch.device) -> Chunk:
        """The same chunk on a device."""
        tensors = (self.previous, self.sides, self.targets, self.mask)
        return Chunk(*(tensor.to(device) for tensor in tensors))


@dataclass(frozen=True)
class PenChunk:
    """A slice in time of lines: previous and targets (B, T, 3) float, mask (B, T).

    ``text`` (B, U) and ``style`` (B,) are those of the whole lines; class 0 pads a text.
    """

    previous: Tensor
    targets: Tensor
    mask: Tensor
    text: Tensor
    style: Tensor

    def to(self, device: torch.device) -> PenChunk:
        """The same chunk on a device."""
        tensors = (self.previous, self.targets, self.mask, self.text, self.style)
        return PenChunk(*(tensor.to(device) for tensor in tensors))


AnyChunk = Chunk | PenChunk


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


def chunks(
    sequences: Sequence[Steps | PenSteps], spec: Spec, length: int, longest: int
) -> Iterator[AnyChunk]:
    """Yield the chunks of a batch in order, ``length`` steps each, until step ``longest``.

    A batch without sequences gives one masked row, so that every process takes part.
    """
    if isinstance(spec, StepSpec):
        yield from _field_chunks(cast(Sequence[Steps], sequences), spec, length, longest)
    else:
        yield from _pen_chunks(cast(Sequence[PenSteps], sequences), length, longest)


def _field_chunks(
    sequences: Sequence[Steps], spec: StepSpec, length: int, longest: int
) -> Iterator[Chunk]:
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


def _pen_chunks(sequences: Sequence[PenSteps], length: int, longest: int) -> Iterator[PenChunk]:
    """The step before the first is a lift with no offset."""
    rows = max(1, len(sequences))
    steps = np.zeros((rows, longest + 1, 3), np.float32)
    steps[:, 0, 2] = 1
    mask = np.zeros((rows, longest), bool)
    text = np.zeros((rows, max([1, *(len(line.text) for line in sequences)])), np.int64)
    style = np.zeros(rows, np.int64)
    for row, line in enumerate(sequences):
        size = len(line)
        steps[row, 1 : size + 1, :2], steps[row, 1 : size + 1, 2] = line.offsets, line.lifts
        mask[row, :size] = True
        text[row, : len(line.text)], style[row] = line.text, line.style
    for start in range(0, longest, length):
        cut = slice(start, start + length)
        previous, targets = steps[:, :-1][:, cut], steps[:, 1:][:, cut]
        yield PenChunk(
            torch.from_numpy(previous),
            torch.from_numpy(targets),
            torch.from_numpy(mask[:, cut]),
            torch.from_numpy(text),
            torch.from_numpy(style),
        )


def draw_batch(
    data: Sequences, indices: list[int], seed: tuple[int, ...] | None
) -> list[Steps | PenSteps]:
    """Draw sequences, augmented by generators of their own, keyed by ``seed`` and index."""
    return [
        data.draw(i, None if seed is None else np.random.default_rng((*seed, i))) for i in indices
    ]
