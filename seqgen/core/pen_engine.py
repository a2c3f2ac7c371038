"""Engines of pen offsets: lines written side by side, each with its own text and style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from seqgen.core.steps import PenSpec, PenSteps

Float = NDArray[np.float32]
START = (0.0, 0.0, 1.0)  # the step before the first: a lifted pen, no offset
LANES = 16


@dataclass(frozen=True)
class Mixture:
    """What N next steps may be: see ``StrokeMixture``.

    Logits ``pi`` (N, M) and ``lift`` (N,), ``mu`` and ``sigma`` (N, M, 2), ``rho`` (N, M).
    """

    pi: Float
    mu: Float
    sigma: Float
    rho: Float
    lift: Float

    def nll(self, steps: Float) -> NDArray[np.float64]:
        """NLL in nats (N, 2), of offset and lift, of the steps (N, 3)."""
        x, y = np.moveaxis((steps[:, None, :2] - self.mu) / self.sigma, -1, 0).astype(np.float64)
        free = 1 - self.rho.astype(np.float64) ** 2
        log_density = -(x * x + y * y - 2 * self.rho * x * y) / (2 * free)
        log_density -= np.log(2 * np.pi) + np.log(self.sigma.astype(np.float64)).sum(-1)
        log_density -= np.log(free) / 2
        offset = _log_sum(self.pi) - _log_sum(self.pi + log_density)
        toward = np.where(steps[:, 2] > 0.5, -self.lift, self.lift).astype(np.float64)
        return np.stack([offset, np.logaddexp(0, toward)], axis=1)


class PenState(Protocol):
    """The state of N lanes.

    ``attention`` (N, U + 1) is how much the window lies on every character's place, and on the
    place behind the longest text; None for a model without text.
    """

    attention: Float | None

    def keep(self, lanes: NDArray[np.integer]) -> Self:
        """The state of some lanes alone."""
        ...


State = TypeVar("State", bound=PenState)


class PenEngine(Protocol[State]):
    """Runs a network of pen offsets step by step."""

    name: str
    spec: PenSpec

    def start(self, texts: Sequence[NDArray[np.integer]], styles: Float) -> State:
        """Return the state before the first step, for N texts and style vectors (N, S)."""
        ...

    def style(self, row: int) -> Float:
        """The style vector (S,) of a row of the table; (0,) for a model without styles."""
        ...

    def advance(self, state: State, previous: Float) -> Mixture:
        """Take one step after the steps ``previous`` (N, 3); ``state`` is changed in place."""
        ...


def score_lines(engine: PenEngine[Any], lines: Sequence[PenSteps]) -> list[NDArray[np.float64]]:
    """Teacher-forced NLL in nats (T, 2), of offset and lift, of each line from its start."""
    found: list[NDArray[np.float64]] = [np.empty((0, 2))] * len(lines)
    order = sorted(range(len(lines)), key=lambda k: len(lines[k]))
    for begin in range(0, len(order), LANES):
        group = order[begin : begin + LANES]
        for k, nll in zip(group, _score_group(engine, [lines[k] for k in group]), strict=True):
            found[k] = nll
    return found


def _score_group(engine: PenEngine[Any], lines: Sequence[PenSteps]) -> list[NDArray[np.float64]]:
    """Score lines in lanes, in the order of their lengths: the first to end comes first."""
    longest = len(lines[-1])
    steps = np.zeros((longest + 1, len(lines), 3), np.float32)
    steps[0] = START
    for lane, line in enumerate(lines):
        steps[1 : len(line) + 1, lane, :2] = line.offsets
        steps[1 : len(line) + 1, lane, 2] = line.lifts
    nll = np.zeros((longest, len(lines), 2))
    styles = np.stack([engine.style(line.style) for line in lines])
    state, first = engine.start([line.text for line in lines], styles), 0
    for t in range(longest):
        ended = sum(len(line) <= t for line in lines[first:])
        if ended:
            state, first = state.keep(np.arange(ended, len(lines) - first)), first + ended
        nll[t, first:] = engine.advance(state, steps[t, first:]).nll(steps[t + 1, first:])
    return [nll[: len(line), lane] for lane, line in enumerate(lines)]


def _log_sum(values: NDArray[np.floating]) -> NDArray[np.float64]:
    top = values.max(axis=1, keepdims=True).astype(np.float64)
    total: NDArray[np.float64] = np.log(np.exp(values - top).sum(axis=1)) + top[:, 0]
    return total
