"""``seqgen datasets``: which corpora seqgen knows, and what is in a file or folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from seqgen.cli.output import Output
from seqgen.cli.parser import Commands, add_commands, add_talk

if TYPE_CHECKING:
    from seqgen.data_reports import DataReport, InkReport
    from seqgen.reports import Datasets


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = commands.add_parser("datasets", help="list the corpora seqgen knows; check your own")
    add_talk(parser)
    parser.set_defaults(run=run)
    check = add_commands(parser, "[COMMAND]", required=False).add_parser(
        "check", help="say what is in a file, folder or archive"
    )
    check.add_argument(
        "dataset", metavar="DATASET", nargs="?", help="what it is, where its files do not tell"
    )
    check.add_argument("path", metavar="PATH", help="file, folder, archive or dataset name")
    add_talk(check, default=argparse.SUPPRESS)  # what stands before `check` counts too
    check.set_defaults(run=run_check)


def run(args: argparse.Namespace) -> int:
    """List the corpora."""
    from seqgen.api.datasets import datasets

    found = datasets()
    Output(args).result(found, _lines(found))
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Print what a source holds."""
    import msgspec

    from seqgen.api.datasets import check
    from seqgen.cli.data_reports import report_lines

    output = Output(args)
    report = cast("DataReport | InkReport", output.follow(check(args.path, args.dataset)))
    report = msgspec.structs.replace(report, examples=[])  # to be drawn, not read
    output.result(report, report_lines(report))
    return 0


def _lines(found: Datasets) -> Iterator[str]:
    for entry in found.datasets:
        yield f"{entry.name}: {entry.title}"
        yield f"  licence: {entry.licence}. {entry.terms}"
        yield f"  {entry.get}"
