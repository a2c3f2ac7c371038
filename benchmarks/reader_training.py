"""The training of a reader of handwriting."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from math import cos, pi
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmarks.reader import BATCH, BLANK, Reader, batch_of, errors_of, load_reader, read, save
from benchmarks.reader_ink import features, normalised, varied
from seqgen.frontends.handwriting.codec.alphabet import closed_up
from seqgen.frontends.handwriting.codec.points import Trace
from seqgen.frontends.handwriting.corpus.line import Line

RATE = 4e-3  # the highest learning rate
AVERAGE = 0.995  # what a step leaves of the mean of the weights


@dataclass(frozen=True)
class Example:
    """A normalised line and the text that it shows, with punctuation closed up."""

    trace: Trace
    text: str


def examples_of(lines: Sequence[Line]) -> list[Example]:
    """Lines as a reader learns them."""
    return [Example(normalised(line.ink), closed_up(line.text)) for line in lines]


def _groups(
    sizes: NDArray[np.float64], rng: np.random.Generator, short_first: bool
) -> Iterator[NDArray[np.int64]]:
    """Batches of lines of much the same length, in random order or the shortest first."""
    order = np.argsort(sizes * np.exp(rng.normal(0, 0.05, len(sizes))))
    groups = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    ranks = range(len(groups)) if short_first else rng.permutation(len(groups))
    return (groups[k] for k in ranks)


def _rate(done: float) -> float:
    """The learning rate after this part of the training: up at once, down as a cosine."""
    return RATE * min(1.0, 0.1 + done / 0.05) * (0.01 + 0.99 * (1 + cos(pi * done)) / 2)


def train(
    train_set: Sequence[Example], valid: Sequence[Example], minutes: float, path: Path, seed: int
) -> Reader:
    """Train for this long, saving the mean of the weights after every epoch and at the end.

    Where there is a reader at ``path``, it goes on from its weights with a schedule of its own.
    """
    torch.manual_seed(seed)
    rng, began = np.random.default_rng(seed), time.monotonic()
    characters = "".join(sorted({c for one in train_set for c in one.text}))
    reader = load_reader(path) if path.exists() else Reader(characters)
    classes = {c: k + 1 for k, c in enumerate(reader.characters)}
    labels = [torch.tensor([classes[c] for c in one.text]) for one in train_set]
    sizes = np.array([len(features(one.trace)) for one in train_set], float)
    optimizer = torch.optim.AdamW(reader.parameters(), RATE, weight_decay=0.01)
    mean = deepcopy(reader)
    fresh, done, epoch, losses = not path.exists(), 0.0, 0, list[float]()
    while done < 1:
        reader.train()
        for group in _groups(sizes, rng, short_first=fresh and epoch == 0):
            optimizer.param_groups[0]["lr"] = _rate(done)
            seen = [features(varied(train_set[k].trace, rng)) for k in group]
            losses.append(_step(reader, optimizer, seen, [labels[k] for k in group]))
            _average(mean, reader, len(losses))
            done = (time.monotonic() - began) / (60 * minutes)
            if done >= 1:
                break
            if len(losses) % 50 == 0:
                print(f"  update {len(losses)} loss {np.mean(losses[-50:]):.3f}", flush=True)
        epoch += 1
        found = read(mean, [one.trace for one in valid])
        report = asdict(errors_of(found, [one.text for one in valid]))
        report |= {"epochs": epoch, "updates": len(losses)}
        save(mean, path, report)
        print(json.dumps(report), flush=True)
    return mean


def _step(
    reader: Reader,
    optimizer: torch.optim.Optimizer,
    seen: Sequence[NDArray[np.float32]],
    labels: Sequence[Tensor],
) -> float:
    scores, frames = reader(*batch_of(seen))
    lengths = torch.tensor([len(one) for one in labels])
    loss = nn.functional.ctc_loss(
        scores, torch.cat(list(labels)), frames, lengths, BLANK, "mean", zero_infinity=True
    )
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def _average(mean: Reader, reader: Reader, updates: int) -> None:
    """Let the mean of the weights follow them, closely at first."""
    kept = min(AVERAGE, updates / (updates + 10))
    with torch.no_grad():
        for old, new in zip(mean.parameters(), reader.parameters(), strict=True):
            old.lerp_(new, 1 - kept)
