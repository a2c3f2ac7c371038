"""``seqgen doctor``: is everything there that seqgen needs."""

from __future__ import annotations

import argparse

from seqgen.cli.output import Output, table
from seqgen.cli.parser import Commands, add_talk


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = commands.add_parser("doctor", help="check the installation")
    add_talk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each check; the status is 1 when something needed is broken."""
    from seqgen.api.doctor import doctor

    health = doctor()
    lines = table((check.status, check.name, check.detail) for check in health.checks)
    Output(args).result(health, lines)
    return 0 if health.healthy else 1
