"""Files that appear whole under their name or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from seqgen.errors import OutputError, reason


def write_file(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write ``data`` to a temporary file beside ``path``, sync it and rename it into place.

    A symlink is followed. ``mode`` are the permissions; None leaves them to the umask. Raises
    OutputError, and leaves no temporary file behind, after Ctrl-C neither.
    """
    try:
        _replace(Path(os.path.realpath(path)), data, mode)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {reason(error)}") from error


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
