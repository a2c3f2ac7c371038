"""A piece of music as it was read from a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MIDI_SUFFIXES = (".mid", ".midi", ".rmi", ".kar")


@dataclass(frozen=True)
class Piece:
    """One file of music, whole and in memory.

    ``name`` is a label (path inside the source, ``/`` between parts), never a path to open.
    ``data`` is the MIDI file, or for kind ``chorale`` the rows that ``chorale_rows`` reads.
    """

    name: str
    data: bytes
    kind: Literal["midi", "chorale"] = "midi"
