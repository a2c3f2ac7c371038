from __future__ import annotations

import numpy as np
import pytest

from seqgen.frontends.music.midi.score import Score, read_score
from tests.frontends.music.midi.odd_files import END, header, meta, note, one, track


def spans(score: Score) -> list[tuple[int, int, int]]:
    return [(start, end, pitch) for start, end, pitch, *_ in score.notes.tolist()]


def on(pitch: int, delta: int = 0, velocity: int = 64) -> bytes:
    return bytes((delta, 0x90, pitch, velocity))


def off(pitch: int, delta: int = 0) -> bytes:
    return bytes((delta, 0x80, pitch, 64))


def test_a_note_on_of_velocity_0_ends_a_note() -> None:
    assert spans(read_score(one(on(60) + on(60, 10, 0)))) == [(0, 10, 60)]


def test_of_overlapping_notes_on_a_key_the_first_on_takes_the_first_off() -> None:
    data = one(on(60) + on(60, 10) + off(60, 10) + off(60, 10))
    assert spans(read_score(data)) == [(0, 20, 60), (10, 30, 60)]


def test_a_note_ended_and_begun_at_one_tick_is_two_notes_in_either_order() -> None:
    for middle in (off(60, 10) + on(60), on(60, 10) + off(60)):
        assert spans(read_score(one(on(60) + middle + off(60, 10)))) == [(0, 10, 60), (10, 20, 60)]


def test_a_hanging_note_ends_at_the_next_on_its_key_or_at_the_end_of_its_track() -> None:
    score = read_score(one(on(60) + on(62) + on(60, 10) + off(60, 10), end=b"\x64\xff\x2f\0"))
    assert spans(score) == [(0, 10, 60), (0, 120, 62), (10, 20, 60)]
    assert score.warnings == ("a note without an end was closed (2 times)",)


def test_an_overlap_before_a_hanging_note_is_paired_as_ever() -> None:
    data = one(on(60) + on(60, 5) + off(60, 5) + off(60, 5) + on(60, 5) + on(60, 5) + off(60, 5))
    assert spans(read_score(data)) == [(0, 10, 60), (5, 15, 60), (20, 25, 60), (25, 30, 60)]


def test_a_note_off_without_a_note_is_ignored() -> None:
    score = read_score(one(off(60) + on(60, 5) + off(60, 5) + off(60, 5) + on(60) + off(60, 5)))
    assert spans(score) == [(5, 10, 60), (15, 20, 60)]
    assert score.warnings == ("a note-off without a note ignored (2 times)",)


def test_a_note_of_no_length_gets_one_tick() -> None:
    score = read_score(one(on(60) + off(60)))
    assert spans(score) == [(0, 1, 60)]
    assert score.warnings == ("a note of no length got one tick",)
    assert score.end == 1


def test_the_sustain_pedal_does_not_lengthen_a_note() -> None:
    data = one(b"\0\xb0\x40\x7f" + on(60) + off(60, 10) + b"\x64\xb0\x40\0")
    assert spans(read_score(data)) == [(0, 10, 60)]


def test_notes_are_sorted_by_start_track_pitch_end() -> None:
    body = on(64) + on(60) + off(60, 9) + off(64, 9)
    score = read_score(header(tracks=2) + track(body) + track(body))
    columns = [score.notes[name] for name in ("start", "track", "pitch", "end")]
    assert list(zip(*(c.tolist() for c in columns), strict=True)) == [
        (0, 0, 60, 9),
        (0, 0, 64, 18),
        (0, 1, 60, 9),
        (0, 1, 64, 18),
    ]


def test_every_track_is_listed_and_a_mixed_one_by_its_channels() -> None:
    mixed = meta(3, b"Band") + note(60, channel=3) + note(40, channel=9) + note(62, channel=3)
    score = read_score(header(tracks=2) + track(meta(3, b"Song")) + track(mixed))
    assert [(t.index, t.name, t.channel, t.source) for t in score.tracks] == [
        (0, "Song", 0, (0, 0)),
        (1, "Band", 3, (1, 3)),
        (2, "Band", 9, (1, 9)),
    ]
    assert [t.is_drums for t in score.tracks] == [False, False, True]
    assert score.tracks[2].role == "drums"
    assert score.notes["track"].tolist() == [1, 2, 1]
    assert score.notes["channel"].tolist() == [3, 9, 3]


def test_the_name_of_a_mixed_track_names_no_part() -> None:
    data = header(kind=0) + track(
        meta(3, b"Bass song") + note(72, channel=1) + note(74, channel=2)
    )
    assert {t.role for t in read_score(data).tracks} == {"melody"}


def test_names_are_read_in_utf_8_and_else_in_latin_1() -> None:
    data = header(tracks=2) + track(meta(3, "Flöte\0".encode())) + track(meta(4, b"Fl\xf6te"))
    assert [t.name for t in read_score(data).tracks] == ["Flöte", "Flöte"]


def test_a_track_has_the_program_its_last_note_sounds_with() -> None:
    data = one(b"\0\xc0\5" + note(60) + b"\0\xc0\6" + note(60) + b"\0\xc0\7")
    assert read_score(data).tracks[0].program == 6


def test_a_track_without_a_program_takes_that_of_its_channel() -> None:
    data = header(tracks=2) + track(b"\0\xc0\5") + track(note(60))
    assert read_score(data).tracks[1].program == 5


def test_tempos_and_meters_are_read_from_any_track() -> None:
    second = meta(0x51, b"\x0f\x42\x40") + meta(0x58, b"\x06\x03\x18\x08")
    score = read_score(header(tracks=2) + track(note(60)) + track(second))
    assert score.tempos.changes == ((0, 1_000_000),)
    assert score.meters.changes == ((0, 6, 8),)


def test_keys_are_read_by_name() -> None:
    data = one(meta(0x59, b"\xff\1") + meta(0x59, b"\2\0", b"\x10") + meta(0x59, b"\x63\0"))
    score = read_score(data)
    assert score.keys == ((0, "D minor"), (16, "D major"))
    assert score.warnings == ("an impossible key signature ignored",)


def test_the_end_is_the_last_event_and_not_the_end_of_track() -> None:
    score = read_score(one(note(60) + b"\x0a\xb0\x07\x40", end=b"\x7f" + END[1:]))
    assert score.end == 106
    assert score.smf.ends.tolist() == [233]


def test_a_file_without_notes_is_a_score_without_notes() -> None:
    score = read_score(one(b""))
    assert (len(score.notes), score.end, score.warnings) == (0, 0, ())


@pytest.mark.parametrize(
    ("division", "tempo", "ticks_per_beat"),
    [
        (0xE728, b"", 500),  # 25 frames of 40 ticks: milliseconds
        (0xE728, meta(0x51, b"\x09\x27\xc0"), 600),
        (0xE801, b"", 12),
        (0xE350, b"", 1199),  # 29.97 frames of 80 ticks
    ],
)
def test_with_an_smpte_division_ticks_are_time(
    division: int, tempo: bytes, ticks_per_beat: int
) -> None:
    score = read_score(header(division=division) + track(tempo + note(60)))
    frames = {0xE7: 25, 0xE8: 24, 0xE3: 30 / 1.001}[division >> 8]
    assert score.ticks_per_beat == ticks_per_beat
    assert score.tempos.seconds(96) == pytest.approx(96 / frames / (division & 255), rel=1e-5)


def test_the_patterns_of_format_2_sound_together() -> None:
    score = read_score(header(kind=2, tracks=2) + track(note(60)) + track(note(62)))
    assert spans(score) == [(0, 96, 60), (0, 96, 62)]
    assert score.warnings == ("format 2: its patterns are read as sounding together",)


def test_a_recipe_is_found_again() -> None:
    assert read_score(one(meta(1, b"la"))).recipe is None
    data = one(meta(1, b'seqgen: {"seed":1}') + meta(1, b'seqgen: {"seed":2}') + meta(1, b"la"))
    assert read_score(data).recipe == '{"seed":2}'


def test_a_million_notes_are_read() -> None:
    score = read_score(one(note(60, 1) * 1_000_000))
    assert len(score.notes) == 1_000_000
    np.testing.assert_array_equal(score.notes["start"], np.arange(1_000_000))
