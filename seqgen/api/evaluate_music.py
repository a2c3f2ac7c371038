"""Measure a music model on a split of a corpus, beside 4-grams of the same notes."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqgen.api.sources import find_source
from seqgen.api.splits import SPLITS, check_holds_some, split_warnings
from seqgen.config import Evaluate, EvaluateResult, Progress
from seqgen.core.checkpoint import Arrays, Card
from seqgen.core.engine import Engine, score
from seqgen.core.engines import make_engine
from seqgen.core.steps import StepSpec
from seqgen.errors import ModelError
from seqgen.frontends.music.codecs.encoding import CODECS, encoder
from seqgen.frontends.music.corpus.prepared import Prepared, PreparedSplit, prepare
from seqgen.frontends.music.measures.baseline import FieldBaseline, baselines
from seqgen.frontends.music.measures.protocols import Protocol, Tally, find_protocol

CERTAIN = 1e-3  # nats: below it there is nothing to gain, and a ratio says nothing
_BASELINE = (
    "4-grams counted on the train split of the same data in the same encoding ({notes} notes, "
    "no augmentation), one a field, each the best on the measured split of modified Kneser-Ney "
    "and Witten-Bell interpolation and of two contexts, the 3 tokens before it in the stream of "
    "all fields or the same field of the 3 notes before: {chosen}"
)


@dataclass(frozen=True)
class _Baseline:
    """The baselines of all fields, in order, and the sentence about them."""

    fields: tuple[FieldBaseline, ...] = ()
    about: str = ""


def measure(
    request: Evaluate, card: Card, weights: Arrays
) -> Generator[Progress, None, EvaluateResult]:
    """Score the pieces of the split; see ``evaluate``."""
    codec = _codec(card)
    protocol = find_protocol(codec, request.protocol)
    engine = make_engine(request.engine, card, weights)
    prepared = yield from _prepare(request, protocol)
    pieces = _pieces(request, prepared)
    tally = yield from _tally(engine, pieces, protocol)
    baseline = _Baseline()
    if protocol.has_baseline:
        baseline = yield from _baseline(prepared, pieces, engine.spec)
    return EvaluateResult(
        model=card.name,
        engine=engine.name,
        data=request.data,
        split=request.split,
        protocol=protocol.about,
        counts=tally.counts,
        warnings=_warnings(request, prepared, protocol),
        **_scores(tally, protocol, engine.spec, baseline),
        baseline_protocol=baseline.about,
    )


def _codec(card: Card) -> str:
    codec = str(card.state.get("codec"))
    if card.spec != CODECS.get(codec):
        raise ModelError(f"model {card.name} was trained on steps that are not those of {codec}")
    return codec


def _prepare(request: Evaluate, protocol: Protocol) -> Generator[Progress, None, Prepared]:
    path, card = find_source(request.data, request.dataset, "music")
    encode, key = encoder(protocol.codec, protocol.time)
    return (yield from prepare(path, encode, key, card.split))


def _pieces(request: Evaluate, prepared: Prepared) -> PreparedSplit:
    sizes = {name: len(prepared.split(name)) for name in SPLITS}
    check_holds_some(request, sizes, "pieces")
    return prepared.split(request.split)


def _tally(
    engine: Engine[Any], pieces: PreparedSplit, protocol: Protocol
) -> Generator[Progress, None, Tally]:
    tally = Tally(protocol, len(engine.spec.fields))
    for index, name in enumerate(pieces.names):
        yield Progress(stage="evaluating", done=index, total=len(pieces), note=name)
        steps = pieces.steps(index)
        tally.add(steps, *score(engine, steps))
    return tally


def _baseline(
    prepared: Prepared, pieces: PreparedSplit, spec: StepSpec
) -> Generator[Progress, None, _Baseline]:
    train = prepared.split("train")
    if not len(train):
        return _Baseline()
    found: list[FieldBaseline] = []
    with closing(baselines(_fields(train), _fields(pieces), spec)) as fields:
        for name in (field.name for field in spec.fields):
            done, total = len(found), len(spec.fields)
            yield Progress(stage="counting 4-grams", done=done, total=total, note=name)
            found.append(next(fields))
    chosen = ", ".join(
        f"{field.name} {best.context} {best.smoothing}"
        for field, best in zip(spec.fields, found, strict=True)
    )
    notes = int(train.lengths.sum())
    return _Baseline(tuple(found), _BASELINE.format(notes=notes, chosen=chosen))


def _fields(pieces: PreparedSplit) -> list[NDArray[np.int16]]:
    return [pieces.steps(index).fields for index in range(len(pieces))]


def _scores(
    tally: Tally, protocol: Protocol, spec: StepSpec, baseline: _Baseline
) -> dict[str, Any]:
    """Scores, those of each field and the baseline's, with the gain on it where there is one."""
    unit = f"nats_per_{protocol.units[0]}"
    names = [field.name for field in spec.fields]
    scores, fields = tally.scores(), tally.fields(names)
    if not baseline.fields:
        return {"scores": scores, "fields": fields, "baseline": {}}
    nats = {name: best.nats for name, best in zip(names, baseline.fields, strict=True)}
    for name, best in zip(names, baseline.fields, strict=True):
        fields[name] |= {"baseline": best.nats, "baseline_accuracy": best.accuracy}
        fields[name] |= gain(fields[name][unit], best.nats)
    total = sum(nats.values())
    scores |= gain(scores[unit], total)
    return {"scores": scores, "fields": fields, "baseline": {unit: total, **nats}}


def gain(nats: float, baseline: float) -> dict[str, float]:
    """By how many percent ``nats`` lies below ``baseline``; nothing where that one is certain."""
    return {"gain_percent": 100 * (1 - nats / baseline)} if baseline >= CERTAIN else {}


def _warnings(request: Evaluate, prepared: Prepared, protocol: Protocol) -> list[str]:
    warnings = [*prepared.warnings, *split_warnings(request, prepared.skipped, "pieces")]
    if protocol.has_baseline and not len(prepared.split("train")):
        warnings.append(f"no baseline: {request.data} has no train split to count 4-grams on")
    return warnings
