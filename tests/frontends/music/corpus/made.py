"""The least MIDI file, and what is read from a source."""

from __future__ import annotations

from pathlib import Path

from seqgen.frontends.data.members import Skipped
from seqgen.frontends.music.corpus.pieces import Piece
from seqgen.frontends.music.corpus.sources import iter_pieces

MIDI = b"MThd\0\0\0\6\0\1\0\1\1\xe0MTrk\0\0\0\4\0\xff\x2f\0"


def names(path: Path) -> list[str]:
    return [piece.name for piece in iter_pieces(path) if isinstance(piece, Piece)]


def skipped(path: Path) -> dict[str, str]:
    return {item.name: item.reason for item in iter_pieces(path) if isinstance(item, Skipped)}
