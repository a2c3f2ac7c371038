"""``seqgen gui``: start the desktop app, a program of its own."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys

from seqgen.cli.output import fail
from seqgen.cli.parser import Commands

COMMAND = (sys.executable, "-P", "-m", "seqgen_gui.app")  # -P: no types.py of the working folder


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = commands.add_parser("gui", help="start the desktop app")
    parser.add_argument("file", nargs="?", metavar="FILE", help="a project, or a file to open")
    parser.add_argument(
        "--install-desktop", action="store_true", help="add seqgen to the menu of the desktop"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the app in its own process and pass its exit status on."""
    command = [*COMMAND]
    if args.install_desktop:
        command.append("--install-desktop")
    if args.file is not None:
        command += ["--", args.file]
    status = subprocess.call(command)
    if status < 0:
        name = signal.Signals(-status).name
        return fail(f"the desktop app was ended by {name}; what was not saved is offered again")
    return status
