from __future__ import annotations

import io
import random
from typing import Any

import mido
import numpy as np
import pytest
from hypothesis import given, settings

from seqgen.errors import InputFileError
from seqgen.frontends.music.corpus.pieces import Piece
from seqgen.frontends.music.corpus.sources import iter_pieces
from seqgen.frontends.music.midi.smf import Smf, read_smf, varlen, write_smf
from tests.frontends.music.midi.odd_files import END, TUNE, chunk, header, meta, one, track
from tests.frontends.music.primers import primers
from tests.places import REAL_DATA

POP909 = REAL_DATA / "pop909-train-valid.tar.xz"


def read(data: bytes) -> Smf:
    return read_smf(data, "a.mid")[0]


def same(a: Smf, b: Smf) -> bool:
    return (
        (a.format, a.division, a.payloads) == (b.format, b.division, b.payloads)
        and np.array_equal(a.events, b.events)
        and np.array_equal(a.ends, b.ends)
    )


def mido_tracks(data: bytes) -> list[list[Any]]:
    """Return the messages of each track with absolute times, as mido reads them."""
    tracks = []
    for mido_track in mido.MidiFile(file=io.BytesIO(data)).tracks:
        now = 0
        messages = []
        for message in mido_track:
            now += message.time
            messages.append(message.copy(time=now))
        tracks.append(messages)
    return tracks


def test_a_sound_file_is_written_as_it_was_read() -> None:
    data = header(tracks=2) + track(meta(3, b"Piano")[:2] + b"\3\5Piano" + TUNE) + track(TUNE)
    smf, warnings = read_smf(data, "a.mid")
    assert warnings == []
    assert write_smf(smf) == data


@settings(deadline=None)
@given(primers())
def test_what_is_written_is_read_the_same(data: bytes) -> None:
    smf = read(data)
    assert same(read(write_smf(smf)), smf)


@settings(deadline=None)
@given(primers())
def test_mido_reads_what_is_written_as_it_reads_the_source(data: bytes) -> None:
    assert mido_tracks(write_smf(read(data))) == mido_tracks(data)


def test_the_comparison_with_mido_can_fail() -> None:
    assert mido_tracks(one(TUNE)) != mido_tracks(one(TUNE.replace(b"\x3e", b"\x3f")))


def test_events_hold_absolute_ticks_and_raw_bytes() -> None:
    smf = read(one(b"\5\xc1\7" + meta(1, b"la", b"\5") + b"\5\x91\x3c\x40"))
    assert smf.events.tolist() == [
        (5, 0, -1, 0xC1, 7, 0),
        (10, 0, 0, 0xFF, 1, 0),
        (15, 0, -1, 0x91, 60, 64),
    ]
    assert smf.payloads == (b"la",)
    assert smf.meta(1) == [(10, 0, b"la")]


def test_a_gap_that_no_delta_time_holds_is_bridged() -> None:
    smf = read(one(TUNE))
    smf.events["tick"][-1] += 3 << 28
    again = read(write_smf(smf))
    assert again.events["tick"][-1] == smf.events["tick"][-1]
    assert again.payloads == (b"",) * 3


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, b"\0"), (127, b"\x7f"), (128, b"\x81\0"), (0x0FFFFFFF, b"\xff\xff\xff\x7f")],
)
def test_a_number_is_written_in_groups_of_seven_bits(number: int, expected: bytes) -> None:
    assert varlen(number) == expected


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "a.mid is empty"),
        (b"hello", "a.mid is not a midi file: no MThd in its 5 bytes"),
        (header(), "a.mid is a midi file without any track"),
    ],
)
def test_what_is_no_midi_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(InputFileError) as refusal:
        read_smf(data, "a.mid")
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"junk" + one(TUNE), "4 bytes before the header ignored"),
        (track(), "no header: read as format 1 with 480 ticks a beat"),
        (header(kind=9) + track(), "unknown format 9: read as format 1"),
        (header(kind=0, tracks=2) + track() * 2, "format 0 with 2 tracks: read as format 1"),
        (header(division=0) + track(), "division 0x0: read as 480 ticks a beat"),
        (header(tracks=3) + track(), "the header counts 3 tracks, the file holds 1"),
        (one(TUNE) + b"junk", "a byte between or behind the tracks ignored (4 times)"),
        (one(TUNE) + chunk(b"XFIH", b""), "an unknown chunk left out"),
        (header() + track(length=3), "a track's length was wrong"),
        (one(TUNE, end=b""), "a track had no end of track"),
        (one(TUNE, end=END + b"\0"), "bytes behind an end of track ignored"),
        (one(b"\0\xf4" + TUNE), "an undefined status byte was dropped"),
        (one(b"\x80\x80\x80\x80" + TUNE), "a variable-length number was longer than four bytes"),
        (one(b"\0\x3c\x40" + TUNE[1:]), "data bytes without a status byte skipped"),
    ],
)
def test_a_repair_is_told_in_one_sentence(data: bytes, sentence: str) -> None:
    assert read_smf(data, "a.mid")[1] == [sentence]


def test_a_file_in_riff_needs_no_repair() -> None:
    assert read_smf(b"RIFF\0\0\0\0RMIDdata\0\0\0\0" + one(TUNE) + b"LIST", "a.rmi")[1] == []


@pytest.mark.realdata
def test_real_files_are_written_as_mido_reads_them() -> None:
    if not POP909.exists():
        pytest.skip(f"{POP909.name} is not beside the checkout")
    pieces = [piece for piece in iter_pieces(POP909) if isinstance(piece, Piece)]
    for piece in random.Random(1).sample(pieces, 20):
        smf, warnings = read_smf(piece.data, piece.name)
        assert warnings == []
        assert same(read(write_smf(smf)), smf)
        assert mido_tracks(write_smf(smf)) == mido_tracks(piece.data)
