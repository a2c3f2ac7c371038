"""Standard MIDI Files as raw events: a tolerant reader of chunks, and a writer.

What the file says wrongly is repaired and counted; what the user wrote is kept byte for byte.
Source: Standard MIDI Files 1.0, RP-001 (MIDI Manufacturers Association).
"""

from __future__ import annotations

import struct
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.errors import InputFileError
from seqgen.frontends.music.midi.smf_track import VARLEN_MAX, EventLog, read_track

EVENT = np.dtype(
    [
        ("tick", "i8"),  # absolute
        ("track", "i4"),
        ("payload", "i4"),  # index in Smf.payloads, -1 for none
        ("status", "u1"),
        ("data1", "u1"),  # the type of a meta event
        ("data2", "u1"),
    ]
)
META, SYSEX, ESCAPE = 0xFF, 0xF0, 0xF7
DEFAULT_DIVISION = 480
MAX_TRACKS = 0xFFFF
_FILLER = b"\xff\xff\xff\x7f\xff\x01\x00"  # an empty text event after VARLEN_MAX ticks
DATA_BYTES = np.full(256, 2, dtype=np.uint8)  # data bytes behind a status byte
DATA_BYTES[0xC0:0xE0] = 1
DATA_BYTES[0xF0:] = 0
DATA_BYTES[[0xF1, 0xF2, 0xF3]] = 1, 2, 1


@dataclass(frozen=True)
class Smf:
    """A Standard MIDI File: ``events`` (EVENT, in file order) without the ends of track.

    ``division`` is the raw 16-bit word of the header (never 0), ``ends`` (tracks,) the tick of
    each end of track.
    """

    format: int
    division: int
    events: NDArray[np.void]
    payloads: tuple[bytes, ...]
    ends: NDArray[np.int64]

    def meta(self, kind: int) -> list[tuple[int, int, bytes]]:
        """Return (tick, track, payload) of the meta events of a kind, by tick, then track."""
        rows = self.events[(self.events["status"] == META) & (self.events["data1"] == kind)]
        rows = rows[np.argsort(rows["tick"], kind="stable")]
        columns = (rows[name].tolist() for name in ("tick", "track", "payload"))
        return [(tick, track, self.payloads[at]) for tick, track, at in zip(*columns, strict=True)]


def read_smf(data: bytes, name: str) -> tuple[Smf, list[str]]:
    """Read the first MIDI file inside ``data``; also return what was repaired, a sentence each.

    Raises InputFileError where there is no track.
    """
    first = data.find(b"MTrk")
    start = data.rfind(b"MThd", 0, first) if first >= 0 else data.find(b"MThd")
    if not data:
        raise InputFileError(f"{name} is empty")
    if first < 0 and start < 0:
        raise InputFileError(f"{name} is not a midi file: no MThd in its {len(data)} bytes")
    if first < 0:
        raise InputFileError(f"{name} is a midi file without any track")
    faults: Counter[str] = Counter()
    kind, declared, division = _read_header(data, start, first, faults)
    log = EventLog(faults)
    _read_chunks(data, first if start < 0 else _body(data, start, first), log)
    tracks = len(log.ends)
    if tracks != declared and start >= 0:
        faults[f"the header counts {declared} tracks, the file holds {tracks}"] += 1
    if kind == 0 and tracks > 1:
        faults[f"format 0 with {tracks} tracks: read as format 1"] += 1
        kind = 1
    smf = Smf(kind, division, _as_events(log), tuple(log.payloads), np.array(log.ends, np.int64))
    return smf, sentences(faults)


def sentences(faults: Counter[str]) -> list[str]:
    """Return one sentence for each fault, with how often it was met."""
    return [text if n == 1 else f"{text} ({n} times)" for text, n in faults.items()]


def _read_header(
    data: bytes, start: int, first: int, faults: Counter[str]
) -> tuple[int, int, int]:
    """Return format, declared number of tracks and division; defaults where there is no header."""
    if start < 0:
        faults[f"no header: read as format 1 with {DEFAULT_DIVISION} ticks a beat"] += 1
        return 1, 0, DEFAULT_DIVISION
    if start > 0 and data[:4] != b"RIFF":
        faults[f"{start} bytes before the header ignored"] += 1
    body = data[start + 8 : min(start + 14, first)].ljust(6, b"\0")
    kind, declared, division = struct.unpack(">HHH", body)
    if data[start + 4 : start + 8] != b"\0\0\0\6":
        faults["the header's length is not 6"] += 1
    if kind > 2:
        faults[f"unknown format {kind}: read as format 1"] += 1
        kind = 1
    if division == 0 or (division & 0x8000 and not division & 0xFF):
        faults[f"division {division:#x}: read as {DEFAULT_DIVISION} ticks a beat"] += 1
        division = DEFAULT_DIVISION
    return kind, declared, division


def _body(data: bytes, start: int, first: int) -> int:
    """Return where the chunks behind the header begin."""
    behind = start + 8 + int.from_bytes(data[start + 4 : start + 8], "big")
    return behind if behind <= first and _is_chunk(data, behind) else first


def _is_chunk(data: bytes, at: int) -> bool:
    """Tell whether a chunk, or the end of the file, is at ``at``."""
    kind = data[at : at + 4]
    if at == len(data) or kind in (b"MTrk", b"MThd"):
        return True
    size = int.from_bytes(data[at + 4 : at + 8], "big")
    return len(kind) == 4 and kind.isalnum() and at + 8 + size <= len(data)


def _read_chunks(data: bytes, at: int, log: EventLog) -> None:
    """Read every track chunk from ``at`` on; skip what is something else."""
    faults = log.faults
    while at < len(data):
        kind = data[at : at + 4]
        if kind == b"MTrk" and len(log.ends) < MAX_TRACKS:
            at = _read_track_chunk(data, at, log)
        elif kind in (b"MTrk", b"MThd"):
            faults[f"{len(data) - at} bytes behind the last track ignored"] += 1
            return
        elif _is_chunk(data, at) and data[:4] != b"RIFF":
            faults["an unknown chunk left out"] += 1
            at += 8 + int.from_bytes(data[at + 4 : at + 8], "big")
        else:
            found = data.find(b"MTrk", at)
            behind = found if found >= 0 else len(data)
            if data[:4] != b"RIFF":
                faults["a byte between or behind the tracks ignored"] += behind - at
            at = behind


def _read_track_chunk(data: bytes, at: int, log: EventLog) -> int:
    """Read the track chunk at ``at``, however wrong its length; return where it ends."""
    begin = min(at + 8, len(data))
    stated = begin + int.from_bytes(data[at + 4 : at + 8], "big")
    found = data.find(b"MTrk", begin)
    believed = _is_chunk(data, stated)
    end = stated if believed else found if found >= 0 else len(data)
    stop, ended = read_track(data, begin, end, log)
    if not ended:
        log.faults["a track had no end of track"] += 1
    if believed and stop < stated and not begin <= found < stated:
        log.faults["bytes behind an end of track ignored"] += 1
        stop = stated
    if stop != stated:
        log.faults["a track's length was wrong"] += 1
    return stop


def _as_events(log: EventLog) -> NDArray[np.void]:
    """Turn the log into EVENT rows; data bytes above 127 become 127."""
    words = np.frombuffer(log.words, dtype=np.uint32)
    events = np.empty(len(words), dtype=EVENT)
    events["tick"] = np.frombuffer(log.ticks, dtype=np.int64)
    events["track"] = np.repeat(
        np.arange(len(log.ends)), np.diff(log.bounds, prepend=0).astype(np.int64)
    )
    events["payload"] = -1
    events["payload"][np.array(log.payload_at, dtype=np.int64)] = np.arange(len(log.payloads))
    events["status"] = words & 0xFF
    short = events["payload"] < 0
    for name, shift in (("data1", 8), ("data2", 16)):
        values = words >> shift & 0xFF
        wrong = short & (values > 0x7F)
        if wrong.any():
            log.faults["a data byte above 127 became 127"] += int(wrong.sum())
        events[name] = np.where(wrong, 0x7F, values)
    return events


def varlen(value: int) -> bytes:
    """Return ``value`` (0 to 2**28 - 1) as a variable-length quantity."""
    out = [value & 0x7F]
    while value := value >> 7:
        out.append(value & 0x7F | 0x80)
    return bytes(reversed(out))


def write_smf(smf: Smf) -> bytes:
    """Write the file: full status bytes, one end of track a track, lengths as they are.

    Events are written in the order given, which must be by track and tick. A gap of 2**28 ticks
    or more, which no delta time can hold, is bridged with empty text events.
    """
    bounds = np.searchsorted(smf.events["track"], np.arange(len(smf.ends) + 1))
    chunks = [b"MThd" + struct.pack(">IHHH", 6, smf.format, len(smf.ends), smf.division)]
    for track, end in enumerate(smf.ends.tolist()):
        body = _track_bytes(smf.events[bounds[track] : bounds[track + 1]], smf.payloads, end)
        chunks += b"MTrk", struct.pack(">I", len(body)), body
    return b"".join(chunks)


def _track_bytes(events: NDArray[np.void], payloads: tuple[bytes, ...], end: int) -> bytes:
    fillers, gaps = np.divmod(np.diff(events["tick"], prepend=0), VARLEN_MAX)
    short, bounds = _short_bytes(events, gaps)
    parts: list[bytes] = []
    done = 0
    for row in np.flatnonzero((events["payload"] >= 0) | (fillers > 0)).tolist():
        parts += short[done : bounds[row]], _FILLER * int(fillers[row])
        parts.append(short[bounds[row] : bounds[row + 1]])
        done = bounds[row + 1]
        if events["payload"][row] >= 0:
            payload = payloads[events["payload"][row]]
            parts += varlen(len(payload)), payload
    fill, rest = divmod(max(end - int(events["tick"][-1]) if len(events) else end, 0), VARLEN_MAX)
    parts += short[done:], _FILLER * fill, varlen(rest), b"\xff\x2f\x00"
    return b"".join(parts)


def _short_bytes(events: NDArray[np.void], gaps: NDArray[np.int64]) -> tuple[bytes, list[int]]:
    """Return the events with delta times ``gaps`` but without payloads, and where each begins.

    An event is four bytes of delta time, a status and two data bytes, of which some are left out.
    """
    sizes = DATA_BYTES[events["status"]] * (events["payload"] < 0) + (events["status"] == META)
    cells = np.empty((len(events), 7), np.uint8)
    kept = np.ones((len(events), 7), np.bool_)
    for column, shift in enumerate((21, 14, 7)):
        cells[:, column] = gaps >> shift & 0x7F | 0x80
        kept[:, column] = gaps >> shift > 0
    cells[:, 3] = gaps & 0x7F
    for column, name in enumerate(("status", "data1", "data2")):
        cells[:, 4 + column] = events[name]
        kept[:, 4 + column] = sizes >= column
    return cells[kept].tobytes(), [0, *np.cumsum(kept.sum(axis=1)).tolist()]
