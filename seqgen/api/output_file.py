"""Write a result whole or not at all: a file, a device, or standard output."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from seqgen.errors import OutputError, reason
from seqgen.files import write_file

STDOUT = "-"


def check_output(path: str, force: bool) -> None:
    """Raise OutputError if ``write_output`` could not write ``path``; for before the work."""
    if path == STDOUT:
        _check_stdout()
    else:
        _mode(path, force)


def write_output(path: str, data: bytes, force: bool) -> None:
    """Write ``data`` to ``path``; ``-`` is standard output.

    A regular file appears complete under its name or does not appear (see ``write_file``); an
    overwritten one keeps its mode. Devices and pipes are written straight. Raises OutputError.
    """
    if path == STDOUT:
        _check_stdout()
        _write_stdout(data)
        return
    mode = _mode(path, force)
    if mode is None or stat.S_ISREG(mode):
        write_file(Path(path), data, None if mode is None else stat.S_IMODE(mode))
        return
    try:
        with Path(path).open("wb") as device:
            device.write(data)
    except OSError as error:
        raise _cannot(path, error) from None


def _check_stdout() -> None:
    if sys.stdout is None:
        raise OutputError("standard output is closed")
    if sys.stdout.isatty():
        raise OutputError("standard output is a terminal, name a file or a pipe")


def _write_stdout(data: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cannot("standard output", error) from None


def _mode(path: str, force: bool) -> int | None:
    """Return the mode of what is at ``path``, None for nothing; raise OutputError if barred."""
    if not path:
        raise OutputError("cannot write '': no file name")
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        _check_folder(path)
        return None
    except (OSError, ValueError) as error:
        raise _cannot(path, error) from None
    if stat.S_ISDIR(mode):
        raise OutputError(f"cannot write {path}: is a directory")
    if stat.S_ISREG(mode):
        if not force:
            raise OutputError(f"{path} exists already, --force overwrites it")
        _check_folder(path)
    elif not os.access(path, os.W_OK):
        raise OutputError(f"cannot write {path}: permission denied")
    return mode


def _check_folder(path: str) -> None:
    if path.endswith(os.sep):
        raise OutputError(f"cannot write {path}: no file name")
    folder = Path(os.path.realpath(path)).parent
    if not folder.is_dir():
        raise OutputError(f"cannot write {path}: no such directory: {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"cannot write {path}: permission denied")


def _cannot(path: str, error: OSError | ValueError) -> OutputError:
    return OutputError(f"cannot write {path}: {reason(error)}")
