"""The baseline: the best 4-gram of each field, counted on the same notes as a network learns."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from seqgen.core.steps import StepSpec
from seqgen.frontends.music.measures.ngram import (
    CONTEXTS,
    SMOOTHINGS,
    Ints,
    NGram,
    context_sizes,
    contexts_of,
)

Pieces = Sequence[NDArray[np.int16]]
"""The fields (T, F) of some pieces."""


@dataclass(frozen=True)
class FieldBaseline:
    """How well a 4-gram predicts a field: mean nats, share of hits, and which one it is."""

    nats: float
    accuracy: float
    context: str
    smoothing: str


def baselines(train: Pieces, data: Pieces, spec: StepSpec) -> Generator[FieldBaseline, None, None]:
    """Count 4-grams on ``train`` and yield for every field the one that is best on ``data``.

    Two contexts and two smoothings are tried. That the best is taken on the very pieces that
    are measured is in the baseline's favour.
    """
    for field in range(len(spec.fields)):
        tried = (
            _measured(train, data, spec, field, context, smoothing)
            for context, smoothing in product(CONTEXTS, SMOOTHINGS)
        )
        yield min(tried, key=lambda found: found.nats)


def _measured(
    train: Pieces, data: Pieces, spec: StepSpec, field: int, context: str, smoothing: str
) -> FieldBaseline:
    model = NGram(
        *_pairs(train, spec, field, context),
        size=spec.fields[field].size,
        sizes=context_sizes(spec, field, context),
        smoothing=smoothing,
    )
    nll, hits = model.score(*_pairs(data, spec, field, context))
    return FieldBaseline(float(nll.mean()), float(hits.mean()), context, smoothing)


def _pairs(pieces: Pieces, spec: StepSpec, field: int, context: str) -> tuple[Ints, Ints]:
    """Every symbol (N,) of a field in some pieces, and the contexts (N, 3) before them."""
    symbols = [fields[:, field] for fields in pieces]
    contexts = [contexts_of(fields, spec, field, context) for fields in pieces]
    return np.concatenate(symbols).astype(np.int64), np.concatenate(contexts)
