"""``seqgen evaluate``: measure a model on data it was not trained on."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from seqgen.cli.output import Output, table
from seqgen.cli.parser import Commands, add_talk, whole_number

if TYPE_CHECKING:
    from seqgen.config import EvaluateResult


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = commands.add_parser("evaluate", help="measure a model on a split of a corpus")
    option = parser.add_argument
    option("model", metavar="MODEL", help="a name from `seqgen models`, or a file")
    option("data", metavar="DATA", help="file, folder, archive or dataset name")
    option("--dataset", metavar="NAME", help="whose splits DATA has (see `seqgen datasets`)")
    option("--split", default="valid", metavar="NAME", help="default: valid")
    option(
        "--protocol",
        metavar="NAME",
        help="what is averaged over what: cells, notes or free for music, vrnn or points for "
        "handwriting; each model has a default",
    )
    option("--engine", choices=("auto", "numpy", "torch"), default="auto", help="what computes")
    option("--threads", type=whole_number, metavar="N", help="threads on the CPU")
    add_talk(parser, ["quiet"])
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure, and print the scores."""
    from seqgen.api.evaluate import evaluate
    from seqgen.config import Evaluate

    request = Evaluate(**{name: getattr(args, name) for name in Evaluate.__struct_fields__})
    output = Output(args)
    result = output.follow(evaluate(request))
    output.warn(result.warnings)
    output.result(result, _lines(result))
    return 0


def _lines(result: EvaluateResult) -> Iterator[str]:
    yield f"{result.model} on {result.data}, split {result.split}"
    yield ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in result.counts.items())
    yield result.protocol
    yield from table(_row(name, value) for name, value in result.scores.items())
    for field, scores in result.fields.items():
        yield f"{field}: {_sentence(scores)}"
    if result.baseline:
        yield f"baseline: {_sentence(result.baseline)}"
        yield f"baseline: {result.baseline_protocol}"


def _sentence(scores: Mapping[str, float]) -> str:
    return ", ".join(" ".join(_row(name, value)) for name, value in scores.items())


def _row(name: str, value: float) -> tuple[str, str]:
    return name.replace("_", " "), f"{value:.4f}"
