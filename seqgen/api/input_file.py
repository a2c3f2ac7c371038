"""Read a file the user named, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from seqgen.errors import InputFileError, reason

STDIN = "-"
MAX_BYTES = 1 << 30


def read_input(path: str) -> bytes:
    """Return the bytes of ``path``; ``-`` is standard input.

    Raises InputFileError when there is no such file, it is a directory, empty, unreadable or
    longer than 1 GiB.
    """
    if not path:
        raise InputFileError("cannot read '': no file name")
    name = "standard input" if path == STDIN else path
    try:
        data = _read(path)
    except FileNotFoundError:
        raise InputFileError(f"no such file: {name}") from None
    except IsADirectoryError:
        raise InputFileError(f"{name} is a directory, not a file") from None
    except (OSError, ValueError) as error:
        raise InputFileError(f"cannot read {name}: {reason(error)}") from None
    if not data:
        raise InputFileError(f"{name} is empty")
    if len(data) > MAX_BYTES:
        raise InputFileError(f"{name} is longer than {MAX_BYTES >> 20} MiB")
    return data


def _read(path: str) -> bytes:
    if path != STDIN:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    if sys.stdin is None:
        raise ValueError("it is closed")
    return sys.stdin.buffer.read(MAX_BYTES + 1)
