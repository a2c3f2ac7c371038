"""Step engines: the same network run by torch (reference, GPU) or by numpy (no torch import)."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from seqgen.core.steps import Steps, StepSpec, previous_fields

Float = NDArray[np.float32]
Classes = NDArray[np.integer]
PRIME_STEPS = 512


State = TypeVar("State", bound="LaneState")


class LaneState(Protocol):
    """The LSTM state of some lanes, sequences that are drawn side by side."""

    def fork(self, lanes: int) -> Self:
        """Copy the state of a single lane to ``lanes`` lanes."""
        ...


class Engine(Protocol[State]):
    """Runs a network step by step. N is the number of lanes."""

    name: str
    spec: StepSpec

    def start(self, lanes: int = 1) -> State:
        """Return the state before the first step: zeros."""
        ...

    def advance(self, state: State, previous: Classes, sides: Classes) -> Float:
        """Take one step: features (N, D) from previous fields (N, F) and sides (N, S).

        ``state`` is changed in place.
        """
        ...

    def follow(self, state: State, previous: Classes, sides: Classes) -> Float:
        """Take T known steps of a single lane: features (T, D), ``state`` changed in place."""
        ...

    def units(self, features: Float) -> Float:
        """Prepare the head for ``logits`` of these features."""
        ...

    def logits(self, units: Float, field: int, before: Classes) -> Float:
        """Logits (N, size) of ``field``, given the fields ``before`` it (N, field)."""
        ...


def feed(engine: Engine[State], state: State, steps: Steps) -> Generator[int, None, None]:
    """Run a sequence through a single lane from the start, in constant memory.

    Yields how many steps are through. The last step stays to be fed: it is the ``previous`` of
    the first step that is drawn.
    """
    previous = previous_fields(steps.fields, engine.spec)
    for start in range(0, len(steps), PRIME_STEPS):
        cut = slice(start, start + PRIME_STEPS)
        engine.follow(state, previous[cut], steps.sides[cut])
        yield min(start + PRIME_STEPS, len(steps))


def last_fields(steps: Steps, spec: StepSpec) -> NDArray[np.int64]:
    """The fields (F,) of the last step; the start classes where there is none."""
    if len(steps):
        return np.asarray(steps.fields[-1], np.int64)
    return np.array([field.size for field in spec.fields], np.int64)


def score(engine: Engine[Any], steps: Steps) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Teacher-forced NLL in nats (T, F) and hits (T, F) of a sequence, state from zero."""
    state = engine.start()
    previous = previous_fields(steps.fields, engine.spec)
    nll = np.empty(steps.fields.shape, np.float64)
    hits = np.empty(steps.fields.shape, np.bool_)
    for start in range(0, len(steps), PRIME_STEPS):
        cut = slice(start, start + PRIME_STEPS)
        fields = steps.fields[cut].astype(np.int64)
        units = engine.units(engine.follow(state, previous[cut], steps.sides[cut]))
        for k in range(fields.shape[1]):
            logits = engine.logits(units, k, fields[:, :k]).astype(np.float64)
            top = logits.max(axis=1, keepdims=True)
            norm = np.log(np.exp(logits - top).sum(axis=1)) + top[:, 0]
            nll[cut, k] = norm - logits[np.arange(len(fields)), fields[:, k]]
            hits[cut, k] = logits.argmax(axis=1) == fields[:, k]
    return nll, hits
