"""Measure a model of handwriting on the lines of a split."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

from seqgen.api.sources import find_source
from seqgen.api.splits import check_holds_some, split_warnings
from seqgen.config import Evaluate, EvaluateResult, Progress
from seqgen.core.checkpoint import Arrays, Card
from seqgen.core.engines import make_pen_engine
from seqgen.core.pen_engine import LANES, PenEngine, score_lines
from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.codec.sequences import RAW_STD, LineSequences, line_units
from seqgen.frontends.handwriting.codec.state import InkState, read_state, sequences_for
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.corpus.loading import Lines, load_lines
from seqgen.frontends.handwriting.measures.protocols import explain, find_protocol
from seqgen.frontends.handwriting.measures.tally import Deviations, Tally, axis_deviations


def measure(
    request: Evaluate, card: Card, weights: Arrays
) -> Generator[Progress, None, EvaluateResult]:
    """Score every line of the split; see ``evaluate``."""
    engine = make_pen_engine(request.engine, card, weights)
    state = read_state(card.name, card.state, engine.spec)
    protocol = find_protocol(state, request.protocol)
    path, source = find_source(request.data, request.dataset, "handwriting")
    found = yield from load_lines(path, source.split)
    check_holds_some(request, {name: len(one) for name, one in found.splits.items()}, "lines")
    lines = {str(name): one for name, one in found.splits.items()}[request.split]
    deviations = axis_deviations(found.splits["train"])
    yield Progress(stage="encoding", done=0, total=len(lines))
    sequences = sequences_for(lines, state, engine.spec)
    tally = Tally(deviations)
    yield from _score(engine, sequences, _units(lines, state), tally)
    if not tally.points:
        raise InputFileError(f"no line of {request.data} in split {request.split} has two points")
    return EvaluateResult(
        model=card.name,
        engine=engine.name,
        data=request.data,
        split=request.split,
        protocol=explain(protocol, state, engine.spec.characters > 0) + _std_units(deviations),
        counts=_counts(request.split, lines, found, state) | {"points": tally.points},
        scores=tally.scores(),
        fields=tally.parts(),
        baseline={},
        baseline_protocol="",
        warnings=_warnings(request, found, deviations),
    )


def _units(lines: Sequence[Line], state: InkState) -> list[float]:
    """The model's unit in that of each line's ink."""
    return [RAW_STD] * len(lines) if state.codec == "raw" else line_units(lines)


def _score(
    engine: PenEngine[Any], sequences: LineSequences, units: Sequence[float], tally: Tally
) -> Generator[Progress, None, None]:
    """Score lines in groups of like length, as many at a time as the engine has lanes."""
    lengths = [sequences.length(index) for index in range(len(sequences))]
    order = sorted(range(len(lengths)), key=lambda index: lengths[index])
    for begin in range(0, len(order), LANES):
        note = f"{begin} of {len(order)} lines"
        yield Progress(stage="evaluating", done=tally.points, total=sum(lengths), note=note)
        group = order[begin : begin + LANES]
        steps = [sequences.draw(index, None) for index in group]
        for index, nll in zip(group, score_lines(engine, steps), strict=True):
            tally.add(nll, units[index])


def _counts(split: str, lines: Sequence[Line], found: Lines, state: InkState) -> dict[str, int]:
    """Lines, those of the split's published lists that could not be used, and hands known."""
    lists = [one for one in found.accounts if one.split_list.split == split]
    dropped = sum(one.expected - one.used for one in lists)
    counts = {"lines": len(lines), "dropped_lines": dropped}
    if state.styles:
        counts["lines_of_known_hands"] = sum(line.hand in state.styles for line in lines)
    return counts


def _std_units(deviations: Deviations | None) -> str:
    if deviations is None:
        return ""
    across, down = deviations
    stored = "standard deviations of the stored offsets of the data's train split"
    return f"; std units are {across:.2f} raw units across and {down:.2f} down, the {stored}"


def _warnings(request: Evaluate, found: Lines, deviations: Deviations | None) -> list[str]:
    warnings = [*found.warnings, *split_warnings(request, found.skipped, "lines")]
    if deviations is None:
        warnings.append(f"no std units: {request.data} has no train split to take them from")
    return warnings
