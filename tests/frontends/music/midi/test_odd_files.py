from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.errors import InputFileError
from seqgen.frontends.music.midi.score import Score, read_score
from seqgen.frontends.music.midi.writer import continued
from tests.frontends.music.midi import odd_containers, odd_events
from tests.frontends.music.midi.odd_files import ODD_FILES, TUNE, OddFile, header, meta, one, track

HANG = 30.0  # seconds of CPU; benchmarks/odd_files.py says how long each really takes
GOOD = header(tracks=2) + track(meta(3, b"Piano") + TUNE * 3) + track(b"\0\xc1\5" + TUNE)


def check(score: Score) -> None:
    """Ask a score for everything that costs something."""
    notes = score.notes
    assert (notes["end"] > notes["start"]).all()
    assert score.end >= notes["end"].max(initial=0)
    assert all(0 <= track.program <= 127 for track in score.tracks)
    assert len(score.warnings) < 40
    assert all("\n" not in warning for warning in score.warnings)
    assert score.tempos.seconds(score.end) >= 0.0
    assert score.meters.next_bar_line(score.end) >= score.end
    score.meters.bar_index(notes["start"])
    again = read_score(continued(score, score.end, notes[:0]))
    assert len(again.notes) == len(notes)


def test_the_corpus_is_large_and_of_both_kinds() -> None:
    assert {odd_containers.__name__, odd_events.__name__} == {
        f.build.__module__ for f in ODD_FILES
    }
    assert len(ODD_FILES) >= 100
    assert len({odd.name for odd in ODD_FILES}) == len(ODD_FILES)


@pytest.mark.parametrize("odd", ODD_FILES, ids=lambda odd: odd.name)
def test_an_odd_file_is_read_or_refused_in_one_sentence(odd: OddFile) -> None:
    data = odd.build()
    start = time.process_time()
    if odd.refused:
        with pytest.raises(InputFileError) as refusal:
            read_score(data, "odd.mid")
        assert str(refusal.value).startswith("odd.mid is ")
        assert "\n" not in str(refusal.value)
        return
    score = read_score(data, "odd.mid")
    assert time.process_time() - start < HANG
    if odd.notes is not None:
        assert len(score.notes) == odd.notes
    check(score)


def test_every_beginning_of_a_file_is_read_or_refused() -> None:
    first_track = GOOD.index(b"MTrk")
    for length in range(len(GOOD)):
        if length < first_track + 4:
            with pytest.raises(InputFileError):
                read_score(GOOD[:length])
        else:
            check(read_score(GOOD[:length]))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_behind_a_header_are_read(noise: bytes) -> None:
    check(read_score(header() + track(noise)))
    check(read_score(header() + b"MTrk" + noise))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=8))
def test_a_file_with_some_bytes_changed_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, byte in changes:
        data[at] = byte
    try:
        score = read_score(bytes(data))
    except InputFileError:
        assert b"MTrk" not in data
    else:
        check(score)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 12), st.binary(max_size=12))
def test_a_file_with_bytes_cut_out_or_put_in_is_read(at: int, cut: int, put: bytes) -> None:
    data = GOOD[:at] + put + GOOD[at + cut :]
    try:
        check(read_score(data))
    except InputFileError:
        assert b"MTrk" not in data


def test_what_was_repaired_is_counted_and_not_listed() -> None:
    score = read_score(one(b"\0\x90\x3c\xff\1\x80\x3c\xff" * 500, end=b""))
    assert score.warnings == (
        "a track had no end of track",
        "a data byte above 127 became 127 (1000 times)",
    )
