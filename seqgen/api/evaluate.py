"""Evaluate a model on a split of a corpus, by a protocol that says what is averaged."""

from __future__ import annotations

from collections.abc import Iterator

from seqgen.api import evaluate_handwriting, evaluate_music
from seqgen.api.models import resolve
from seqgen.api.splits import check_split
from seqgen.config import Evaluate, EvaluateResult, Progress
from seqgen.core.checkpoint import read_bundle
from seqgen.errors import ModelError, UsageError

_MEASURES = {"music": evaluate_music.measure, "handwriting": evaluate_handwriting.measure}


def evaluate(request: Evaluate) -> Iterator[Progress | EvaluateResult]:
    """Measure a model, yielding progress a piece or some lines at a time and last its scores.

    Raises UsageError for an unknown split, protocol or data set, or one of another frontend
    than the model, ModelError for a model of no frontend, and InputFileError for data of which
    the split holds nothing.
    """
    check_split(request.split)
    card, weights = read_bundle(resolve(request.model))
    if card.frontend not in _MEASURES:
        known = " or ".join(_MEASURES)
        raise ModelError(f"model {card.name} is made for {card.frontend}, not for {known}")
    _limit_threads(request)
    yield (yield from _MEASURES[card.frontend](request, card, weights))


def _limit_threads(request: Evaluate) -> None:
    """Numpy asks for its number of threads when it is imported, which was before this."""
    if request.threads is None:
        return
    if not 1 <= request.threads <= 1024:
        raise UsageError(f"threads {request.threads} is out of range, allowed: 1 to 1024")
    if request.engine != "torch":
        raise UsageError(
            f"threads {request.threads} needs engine torch, numpy takes OMP_NUM_THREADS"
        )
    import torch

    torch.set_num_threads(request.threads)
