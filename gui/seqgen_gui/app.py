"""The program ``seqgen-gui``."""

from __future__ import annotations

import sys


def main() -> int:
    """Say that the app is not here yet."""
    sys.stderr.write("seqgen-gui: the desktop app comes with the next release\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
