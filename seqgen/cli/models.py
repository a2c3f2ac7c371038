"""``seqgen models``: which models are at hand."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from seqgen.cli.output import Output, table
from seqgen.cli.parser import Commands, add_talk

if TYPE_CHECKING:
    from seqgen.reports import Models


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = commands.add_parser("models", help="list the models at hand")
    add_talk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List the models."""
    from seqgen.api.models import models

    found = models()
    Output(args).result(found, _lines(found))
    return 0


def _lines(found: Models) -> Iterator[str]:
    yield from table(
        (
            entry.name,
            f"{entry.size / 1e6:.1f} MB",
            entry.frontend,
            entry.error or entry.description,
        )
        for entry in found.models
    )
    yield f"your own models go in {found.folder}"
