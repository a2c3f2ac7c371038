"""The pieces of a data source: a folder or archive of MIDI files, one file, or chorale JSON."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import numpy as np
from numpy.typing import NDArray

from seqgen.errors import InputFileError
from seqgen.frontends.data.folders import members, status_of
from seqgen.frontends.data.members import Skipped, clean_name, has_suffix, megabytes
from seqgen.frontends.music.corpus.pieces import MIDI_SUFFIXES, Piece

MAX_JSON_BYTES = 256 << 20

_Pitch = Annotated[int, msgspec.Meta(ge=-1, le=127)]
_Row = tuple[_Pitch, _Pitch, _Pitch, _Pitch]
_Rows = Annotated[list[_Row], msgspec.Meta(min_length=1)]


def iter_pieces(path: Path) -> Iterator[Piece | Skipped]:
    """Yield every piece of a source, sorted by name, and what was left out with the reason.

    ``path`` is a folder (read recursively), a ``.tar``, ``.tar.gz/.bz2/.xz`` or ``.zip``
    archive, a MIDI file, or chorale JSON (pieces named ``split/number``).
    Raises InputFileError when there is no such source or nothing in it can be used.
    """
    if has_suffix(path.name, (".json",)) and not path.is_dir():
        yield from _chorale_pieces(path)
        return
    found, reason = set[str](), ""
    for member in members(path, MIDI_SUFFIXES, (b"MThd", b"RIFF")):
        if member.name in found:
            yield Skipped(member.name, "another file has the same name")
            continue
        if isinstance(member, Skipped):
            reason = reason or f"; skipped {member.name}: {member.reason}"
            yield member
        else:
            found.add(member.name)
            yield Piece(member.name, member.data)
    if not found:
        wanted = " ".join(MIDI_SUFFIXES)
        raise InputFileError(f"no MIDI files ({wanted}) in {path}{reason}")


def read_chorales(path: Path) -> dict[str, list[NDArray[np.int16]]]:
    """Read chorale JSON: an object of split -> pieces -> rows of four pitches.

    Returns for each split its pieces, int16 (steps, 4), voices S, A, T, B, one row per 16th,
    MIDI pitch or -1 where the voice is silent. Raises InputFileError on any other JSON.
    """
    status = status_of(path)
    if not stat.S_ISREG(status.st_mode):
        raise InputFileError(f"{path} is not a regular file")
    size = status.st_size
    if size > MAX_JSON_BYTES:
        limit = megabytes(MAX_JSON_BYTES)
        raise InputFileError(f"{path} is {megabytes(size)} long, at most {limit} are read")
    try:
        splits = msgspec.json.decode(path.read_bytes(), type=dict[str, list[_Rows]])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        shape = "an object of split -> pieces -> rows of 4 pitches from -1 to 127"
        raise InputFileError(f"{path} is no chorale JSON ({shape}): {error}") from error
    except OSError as error:
        raise InputFileError(f"cannot read {path}: {str(error.strerror).lower()}") from error
    if not any(splits.values()):
        raise InputFileError(f"{path} holds no chorales")
    return {
        split: [np.array(rows, dtype=np.int16) for rows in pieces]
        for split, pieces in splits.items()
    }


def chorale_rows(piece: Piece) -> NDArray[np.int16]:
    """Return the rows of a piece of kind ``chorale``: int16 (steps, 4), S, A, T, B."""
    return np.frombuffer(piece.data, dtype="<i2").reshape(-1, 4)


def _chorale_pieces(path: Path) -> Iterator[Piece]:
    for split, chorales in sorted(read_chorales(path).items()):
        for number, rows in enumerate(chorales):
            name = f"{clean_name(split)}/{number:04d}"
            yield Piece(name, rows.astype("<i2").tobytes(), kind="chorale")
