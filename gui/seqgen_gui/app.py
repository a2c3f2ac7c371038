"""The program ``seqgen-gui``: its arguments, and a clear line where it cannot start."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from seqgen import __version__
from seqgen.errors import SeqgenError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    args = _parser().parse_args(argv)
    try:
        if args.install_desktop:
            return _install_desktop()
        from seqgen_gui.needs import missing

        lack = missing()
        if lack:
            return _fail(lack)
        return _run(args.file)
    except SeqgenError as error:
        return _fail(str(error), error.exit_code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="seqgen-gui", description="The desktop app of seqgen.")
    parser.add_argument("file", nargs="?", type=Path, help="a project, or a file to begin with")
    parser.add_argument(
        "--install-desktop", action="store_true", help="add seqgen to the menu of the desktop"
    )
    parser.add_argument("--version", action="version", version=f"seqgen {__version__}")
    return parser


def _fail(message: str, status: int = 1) -> int:
    sys.stderr.write(f"seqgen-gui: error: {message}\n")
    return status


def _install_desktop() -> int:
    from seqgen_gui.desktop import install

    for path in install():
        sys.stdout.write(f"{path}\n")
    return 0


def _run(file: Path | None) -> int:
    from seqgen_gui.shell.settings import Settings

    scale = Settings().scale
    if scale:
        os.environ.setdefault("QT_SCALE_FACTOR", f"{scale / 100:g}")
    from seqgen_gui.shell.program import run

    return run(None if file is None else file.absolute())


if __name__ == "__main__":
    sys.exit(main())
