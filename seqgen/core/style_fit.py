"""Fit a style vector to lines of one hand: descent on it alone, with all weights frozen."""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterator, Sequence
from typing import cast

import msgspec
import numpy as np
import torch
from torch import Tensor

from seqgen.core.batching import PenChunk, chunks, draw_batch
from seqgen.core.denormals import flushed_denormals
from seqgen.core.pen_network import PenModel
from seqgen.core.stack import State
from seqgen.core.steps import PenSteps, Sequences
from seqgen.errors import SeqgenError

LANES = 80  # rows that are scored side by side
COMPARED = 15  # hands that are tried as a start
LEAST_DEVIATION = 1e-3
PROGRESS = 1e-3  # nats per step: a pass that gains less is no gain


class StyleFitConfig(msgspec.Struct, frozen=True, kw_only=True):
    """How a style is fitted: ``updates`` of a ``batch`` of lines, ``chunk`` steps each.

    ``prior`` is the weight of what is known of styles against the likelihood of the lines: a
    style d standard deviations off the mean in one dimension costs prior * d^2 / 2 nats.
    ``patience`` is how many passes over the lines may gain nothing.
    """

    updates: int = 32
    batch: int = 8
    chunk: int = 64
    learning_rate: float = 0.03
    prior: float = 16.0
    patience: int = 4
    seed: int = 0


class FitReport(msgspec.Struct, frozen=True, kw_only=True):
    """An update: NLL in nats per step of its chunk, and how much of the budget is used."""

    update: int
    loss: float
    used: float


class StyleFit:
    """Fits ``vector`` (S,) to ``lines``; a style is a priori distributed as the model's own."""

    def __init__(
        self,
        model: PenModel,
        lines: Sequences,
        *,
        config: StyleFitConfig,
        start: Tensor,
        minutes: float | None = None,
    ) -> None:
        self.model = model.eval().requires_grad_(False)
        self.lines, self.config = lines, config
        self.minutes, self.update = minutes, 0
        self._mean, self._deviation = prior_of(model)
        self._steps = sum(lines.length(index) for index in range(len(lines)))
        if not self._steps:
            raise ValueError("there is no step to fit a style to")
        self._vector = start.detach().clone().requires_grad_(True)
        rate, betas = config.learning_rate, (0.9, 0.99)
        self._optimiser = torch.optim.Adam([self._vector], lr=rate, betas=betas)
        self._began = time.monotonic()

    @property
    def vector(self) -> Tensor:
        """The style vector (S,) as far as it is fitted."""
        return self._vector.detach().clone()

    def run(self) -> Generator[FitReport, None, None]:
        """Fit to the end of the budget or until passes gain nothing; a report an update."""
        self._began = time.monotonic()
        with flushed_denormals():
            yield from self._passes()

    def _passes(self) -> Iterator[FitReport]:
        """Pass over the lines until the budget is used or passes gain nothing."""
        best, stale, number = math.inf, 0, 0
        while self._used() < 1 and stale < self.config.patience:
            cost = []
            for report in self._pass(number):
                cost.append(report.loss + self._prior().item())
                yield report
            number, mean = number + 1, sum(cost) / max(1, len(cost))
            stale = 0 if mean < best - PROGRESS else stale + 1
            best = min(best, mean)

    def _pass(self, number: int) -> Iterator[FitReport]:
        """One pass over the lines, drawn anew, an update a chunk; state is carried."""
        seed = (self.config.seed, number)
        order = np.random.default_rng(seed).permutation(len(self.lines)).tolist()
        for begin in range(0, len(order), self.config.batch):
            indices = order[begin : begin + self.config.batch]
            state: State | None = None
            longest = max(self.lines.length(index) for index in indices)
            steps = draw_batch(self.lines, indices, seed)
            for chunk in chunks(steps, self.model.spec, self.config.chunk, longest):
                if self._used() >= 1:
                    return
                loss, state = self._step(cast(PenChunk, chunk), state)
                yield FitReport(update=self.update, loss=loss, used=self._used())

    def _step(self, chunk: PenChunk, state: State | None) -> tuple[float, State]:
        """An update towards the most probable style; gradients stop at the chunk's start."""
        nll, new = _nll(self.model, chunk, self._vector.expand(len(chunk.mask), -1), state)
        loss = nll.mean()
        if not math.isfinite(loss.item()):
            raise SeqgenError(f"the fit diverged at update {self.update}: loss {loss.item():g}")
        rate = self.config.learning_rate * (0.525 + 0.475 * math.cos(math.pi * self._used()))
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        self._optimiser.zero_grad()
        (loss + self._prior()).backward()
        self._optimiser.step()
        self.update += 1
        return loss.item(), [tuple(part.detach() for part in layer) for layer in new]

    def _prior(self) -> Tensor:
        """What the style costs a priori, in nats per step of the lines."""
        away = (self._vector - self._mean) / self._deviation
        return self.config.prior / 2 * (away * away).sum() / self._steps

    def _used(self) -> float:
        """How much of the budget is used: updates, or minutes where they end sooner."""
        used = self.update / self.config.updates
        if self.minutes is not None:
            used = max(used, (time.monotonic() - self._began) / (60 * self.minutes))
        return min(1.0, used)


def prior_of(model: PenModel) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation (S,) of the style vectors of all hands that a model knows.

    ValueError where it knows less than two.
    """
    if model.spec.styles < 3:
        raise ValueError(f"{model.spec.styles} styles tell nothing of what a style may be")
    known = model.styles.weight.detach()[1:]
    return known.mean(0), known.std(0).clamp(min=LEAST_DEVIATION)


def compare_hands(
    model: PenModel, lines: Sequence[PenSteps], most: int | None = None
) -> tuple[Tensor, int]:
    """The style vector (S,) to fit lines from, and the row of the hand that is nearest to them.

    The vector is that of the hand, or the mean of all where it is better. At most ``COMPARED``
    hands, evenly spread over the table, are looked at; for ``most`` see ``score_styles``.
    """
    known = model.spec.styles - 1
    rows = 1 + torch.linspace(0, known - 1, min(known, COMPARED)).long()
    mean, _ = prior_of(model)
    styles = torch.cat([mean[None], model.style_of(rows)])
    nats = score_styles(model, lines, styles, most)
    nearest = 1 + int(np.argmin(nats[1:]))
    start = styles[nearest if nats[nearest] < nats[0] else 0]
    return start.detach(), int(rows[nearest - 1])


@torch.no_grad()
def score_styles(
    model: PenModel, lines: Sequence[PenSteps], styles: Tensor, most: int | None = None
) -> list[float]:
    """NLL in nats per step of lines under each of the style vectors (C, S).

    Of each line only the first ``most`` steps count.
    """
    cut = [PenSteps(one.offsets[:most], one.lifts[:most], one.text, one.style) for one in lines]
    cut.sort(key=len)
    total = torch.zeros(len(styles), dtype=torch.float64)
    width = max(1, LANES // len(cut))
    for first in range(0, len(cut), LANES):
        some = cut[first : first + LANES]
        for begin in range(0, len(styles), width):
            total[begin : begin + width] += _sums(model, some, styles[begin : begin + width])
    found: list[float] = (total / max(1, sum(map(len, cut)))).tolist()
    return found


def _sums(model: PenModel, lines: Sequence[PenSteps], styles: Tensor) -> Tensor:
    """NLL in nats (C,) of all lines in one batch, a row a style and line."""
    count = len(styles)
    rows = styles.repeat_interleave(len(lines), 0)
    state: State | None = None
    total = torch.zeros(count, dtype=torch.float64)
    for chunk in chunks(lines, model.spec, 128, len(lines[-1])):
        wide = _repeated(cast(PenChunk, chunk), count)
        nll, state = _nll(model, wide, rows, state)
        owner = torch.arange(count).repeat_interleave(len(lines))[:, None]
        total.index_add_(0, owner.expand(wide.mask.shape)[wide.mask], nll.double())
    return total


def _repeated(chunk: PenChunk, count: int) -> PenChunk:
    """The rows of a chunk ``count`` times over."""
    wide = {
        name: part.repeat(count, *[1] * (part.dim() - 1)) for name, part in vars(chunk).items()
    }
    return PenChunk(**wide)


def _nll(
    model: PenModel, chunk: PenChunk, styles: Tensor, state: State | None
) -> tuple[Tensor, State]:
    """NLL in nats (N,) of the steps where the mask holds, under style vectors (B, S)."""
    features, new = model.features(chunk.previous, chunk.text, styles, state)
    nll, _ = model.head.score(features[chunk.mask], chunk.targets[chunk.mask])
    return nll.sum(1), new
