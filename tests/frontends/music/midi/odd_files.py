"""A corpus of broken and odd MIDI files: the pieces they are made of, and the register."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

END = b"\0\xff\x2f\0"
TUNE = b"\0\x90\x3c\x40\x60\x80\x3c\x40\0\x90\x3e\x40\x60\x80\x3e\x40"  # two notes of 96 ticks
Builder = Callable[[], bytes]


@dataclass(frozen=True)
class OddFile:
    """``notes`` is how many a reader must find, None where that is a matter of taste."""

    name: str
    build: Builder
    notes: int | None
    refused: bool


ODD_FILES: list[OddFile] = []


def odd(notes: int | None = None, *, refused: bool = False) -> Callable[[Builder], Builder]:
    """Register the file that a function builds."""

    def register(build: Builder) -> Builder:
        ODD_FILES.append(OddFile(build.__name__, build, notes, refused))
        return build

    return register


def chunk(kind: bytes, body: bytes, length: int | None = None) -> bytes:
    return kind + struct.pack(">I", len(body) if length is None else length) + body


def header(kind: int = 1, tracks: int = 1, division: int = 480) -> bytes:
    return chunk(b"MThd", struct.pack(">HHH", kind, tracks, division))


def track(body: bytes = TUNE, length: int | None = None, end: bytes = END) -> bytes:
    return chunk(b"MTrk", body + end, length)


def one(body: bytes, end: bytes = END) -> bytes:
    """Return a file of one track."""
    return header() + track(body, end=end)


def meta(kind: int, data: bytes, delta: bytes = b"\0") -> bytes:
    size = len(data)
    return (
        delta
        + bytes((0xFF, kind, size >> 14 & 127 | 128, size >> 7 & 127 | 128))
        + (bytes((size & 127,)) + data)
    )


def note(pitch: int, delta: int = 96, channel: int = 0) -> bytes:
    return bytes((0, 0x90 | channel, pitch, 64, delta, 0x80 | channel, pitch, 0))
