"""``seqgen gui``: start the desktop app, a program of its own."""

from __future__ import annotations

import argparse
import subprocess
import sys

from seqgen.cli.parser import Commands


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = commands.add_parser("gui", help="start the desktop app")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the app in its own process and pass its exit status on."""
    return subprocess.call([sys.executable, "-m", "seqgen_gui.app"])
