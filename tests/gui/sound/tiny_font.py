"""A SoundFont made in code: one sine, held as long as its key."""

from __future__ import annotations

import math
import struct
from pathlib import Path

RATE = 44_100
KEY = 69  # sounds as recorded, 440 Hz
_SAMPLES = 4410
_END = 46  # zeros that follow a sample
_LOOPS, _SAMPLE, _INSTRUMENT = 54, 53, 41  # generators


def write_font(path: Path) -> Path:
    """Write a SoundFont with one preset, bank 0 and program 0."""
    wave = [round(20_000 * math.sin(2 * math.pi * 440 * i / RATE)) for i in range(_SAMPLES)]
    data = struct.pack(f"<{_SAMPLES + _END}h", *wave, *[0] * _END)
    info = _chunk("ifil", struct.pack("<HH", 2, 1)) + _chunk("isng", b"EMU8000\0")
    info += _chunk("INAM", b"tiny\0\0")
    body = b"sfbk" + _list("INFO", info) + _list("sdta", _chunk("smpl", data)) + _presets()
    path.write_bytes(_chunk("RIFF", body))
    return path


def _presets() -> bytes:
    heads = _preset("sine", 0) + _preset("EOP", 1)
    sample = struct.pack("<20sIIIIIBbHH", b"sine", 0, _SAMPLES, 0, _SAMPLES, RATE, KEY, 0, 0, 1)
    last = struct.pack("<20sIIIIIBbHH", b"EOS", 0, 0, 0, 0, 0, 0, 0, 0, 0)
    bags = struct.pack("<HH", 0, 0) + struct.pack("<HH", 1, 0)
    rest = struct.pack("<HH", 0, 0)
    instrument_bags = struct.pack("<HH", 0, 0) + struct.pack("<HH", 2, 0)
    chunks = (
        _chunk("phdr", heads),
        _chunk("pbag", bags),
        _chunk("pmod", bytes(10)),
        _chunk("pgen", struct.pack("<HH", _INSTRUMENT, 0) + rest),
        _chunk("inst", struct.pack("<20sH", b"sine", 0) + struct.pack("<20sH", b"EOI", 1)),
        _chunk("ibag", instrument_bags),
        _chunk("imod", bytes(10)),
        _chunk("igen", struct.pack("<HHHH", _LOOPS, 1, _SAMPLE, 0) + rest),
        _chunk("shdr", sample + last),
    )
    return _list("pdta", b"".join(chunks))


def _preset(name: str, bag: int) -> bytes:
    return struct.pack("<20sHHHIII", name.encode(), 0, 0, bag, 0, 0, 0)


def _chunk(kind: str, data: bytes) -> bytes:
    return kind.encode() + struct.pack("<I", len(data)) + data


def _list(kind: str, data: bytes) -> bytes:
    return _chunk("LIST", kind.encode() + data)
