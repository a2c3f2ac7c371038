from __future__ import annotations

import struct
from pathlib import Path

import pytest

from seqgen.api.inspect import inspect
from seqgen.errors import InputFileError, ModelError
from seqgen.reports import MidiReport

TEMPO = b"\x00\xff\x51\x03\x07\xa1\x20"  # 500 000 microseconds a beat
METER = b"\x00\xff\x58\x04\x03\x02\x18\x08"  # 3/4
KEY = b"\x00\xff\x59\x02\xff\x01"  # D minor
NAME = b"\x00\xff\x03\x05Piano"
NOTE = b"\x00\x90\x3c\x40" + b"\x82\x40\x80\x3c\x00"  # 320 ticks
END = b"\x00\xff\x2f\x00"


def midi(*events: bytes) -> bytes:
    track = b"".join(events) + END
    head = b"MThd" + struct.pack(">IHHH", 6, 0, 1, 96)
    return head + b"MTrk" + struct.pack(">I", len(track)) + track


def test_a_midi_file_is_described(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(midi(TEMPO, METER, KEY, NAME, NOTE))
    report = inspect(str(path))
    assert isinstance(report, MidiReport)
    assert (report.format, report.ticks_per_beat, report.notes) == (0, 96, 1)
    assert report.seconds == pytest.approx(320 / 96 / 2)
    assert report.bars == 2
    assert report.tempos == [(0, 120)]
    assert report.meters == [(1, "3/4")]
    assert report.keys == [(1, "D minor")]
    (track,) = report.tracks
    assert (track.name, track.channel, track.program, track.notes) == ("Piano", 0, 0, 1)


def test_a_file_without_notes_is_described_too(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(midi(TEMPO))
    report = inspect(str(path))
    assert isinstance(report, MidiReport)
    assert (report.notes, report.seconds) == (0, 0)


def test_what_is_neither_midi_nor_a_model_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(b"hello, this is text")
    with pytest.raises(InputFileError, match=r"a\.mid"):
        inspect(str(path))


def test_a_missing_file_is_named() -> None:
    with pytest.raises(InputFileError, match=r"no such file: none\.mid"):
        inspect("none.mid")


def test_a_foreign_model_file_is_a_bad_model(tmp_path: Path) -> None:
    foreign = tmp_path / "weights"
    foreign.write_bytes(struct.pack("<Q", 2) + b'{"')
    with pytest.raises(ModelError, match="not a seqgen model"):
        inspect(str(foreign))
