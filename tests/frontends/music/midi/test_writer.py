from __future__ import annotations

import io
from collections import Counter, defaultdict
from dataclasses import replace

import mido
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from seqgen.frontends.music.midi.recipes import parsed, primer_of
from seqgen.frontends.music.midi.score import NOTE, Score, Track, read_score
from seqgen.frontends.music.midi.writer import continued, new_piece, only_new
from tests.frontends.music.midi.odd_files import END, TUNE, header, meta, note, one, track
from tests.frontends.music.primers import primers

Event = tuple[int, bytes]
DEFAULTS = [b"\xff\x51\x07\xa1\x20", b"\xff\x58\4\2\x18\x08"]


def notes_of(*rows: tuple[int, int, int, int, int, int]) -> NDArray[np.void]:
    return np.array(list(rows), dtype=NOTE)


def events_of(score: Score, until: int | None = None) -> dict[int, list[Event]]:
    """Return (tick, bytes without length) of the events of each track before ``until``."""
    tracks: dict[int, list[Event]] = defaultdict(list)
    for tick, track_, payload, status, data1, data2 in score.smf.events.tolist():
        body = score.smf.payloads[payload] if payload >= 0 else bytes((data2,))
        if until is None or tick < until:
            tracks[track_].append((tick, bytes((status, data1)) + body))
    return tracks


def by_channel(events: list[Event]) -> dict[int, list[Event]]:
    """Return the events of each channel; -1 for those of none."""
    channels: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        channels[event[1][0] & 15 if event[1][0] < 0xF0 else -1].append(event)
    return channels


def without_head(events: list[Event], source: list[Event]) -> list[Event]:
    """Return the events less those of the head: what may be added at tick 0 and was."""
    rest = Counter(events) - Counter(source)
    kept = []
    for event in events:
        added = event[1] in DEFAULTS or event[1].startswith(b"\xff\1seqgen: ")
        if event[0] == 0 and added and rest[event]:
            rest[event] -= 1
        else:
            kept.append(event)
    return kept


def assert_primer_kept(score: Score, again: Score, at: int) -> None:
    source, written = events_of(score, at), events_of(again, at)
    if score.smf.format == 0:
        source = dict(by_channel(source[0]))
        written = dict(by_channel([event for events in written.values() for event in events]))
        source, written = defaultdict(list, source), defaultdict(list, written)
    for key in source.keys() | written.keys():
        if key in (0, -1):
            assert without_head(written[key], source[key]) == source[key]
        else:
            assert written[key] == source[key]


def assert_own_events_are_told(score: Score, again: Score, at: int) -> None:
    """Without what was added, the file is the primer up to ``at``, all of it from its end on."""
    smf = primer_of(again.smf, parsed(again.recipe))
    if score.smf.format == 1 and smf is not None:
        until = at if at < score.end else None
        assert events_of(replace(again, smf=smf)) == events_of(score, until)
    assert smf is not None


def assert_nothing_hangs_or_overlaps(data: bytes, at: int) -> None:
    for mido_track in mido.MidiFile(file=io.BytesIO(data)).tracks:
        now, open_keys = 0, set()
        for message in mido_track:
            now += message.time
            if now < at or message.type not in ("note_on", "note_off"):
                continue
            key = (message.channel, message.note)
            if message.type == "note_on" and message.velocity:
                assert key not in open_keys
                open_keys.add(key)
            else:
                open_keys.discard(key)
        assert not open_keys


new_notes = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 200), st.integers(60, 63), st.integers(1, 127)),
    max_size=12,
)


@settings(deadline=None, max_examples=300)
@given(primers(), st.integers(0, 1500), new_notes, st.data())
def test_a_continuation_keeps_the_primer_event_for_event(
    data: bytes, at: int, rows: list[tuple[int, int, int, int]], draw: st.DataObject
) -> None:
    score = read_score(data)
    at = draw.draw(st.sampled_from([at, score.end, score.meters.next_bar_line(score.end)]))
    part = draw.draw(st.sampled_from(score.tracks))
    notes = notes_of(
        *((at + s, at + s + d, p, v, part.channel, part.index) for s, d, p, v in rows)
    )
    written = continued(score, at, notes, recipe={"at": 2})
    again = read_score(written)
    assert again.smf.format == 1
    assert parsed(again.recipe)["at"] == 2
    assert_primer_kept(score, again, at)
    assert_own_events_are_told(score, again, at)
    assert_nothing_hangs_or_overlaps(written, at)
    new = again.notes[again.notes["start"] >= at]
    if at > score.end:
        assert set(new["start"].tolist()) == set(notes["start"].tolist())
        assert set(new["channel"].tolist()) <= {part.channel}
    before = again.notes[again.notes["start"] < at]
    assert before["end"].max(initial=0) <= at


def test_the_comparison_with_the_primer_can_fail() -> None:
    score, other = read_score(one(TUNE)), read_score(one(TUNE.replace(b"\x3e", b"\x3f")))
    with pytest.raises(AssertionError):
        assert_primer_kept(score, read_score(continued(other, 192, notes_of())), 192)


def test_tempo_meter_and_recipe_are_added_behind_the_names_at_tick_0() -> None:
    score = read_score(one(meta(3, b"Piano") + TUNE))
    again = read_score(continued(score, 192, notes_of(), recipe={"how": 1}))
    assert [event for event in events_of(again)[0] if event[1][0] == 0xFF] == [
        (0, b"\xff\3Piano"),
        *((0, body) for body in DEFAULTS),
        (0, b'\xff\1seqgen: {"ends": [192], "how": 1, "own": [1, 3, 4]}'),
    ]


def test_a_tempo_and_a_meter_of_the_primer_stay_alone() -> None:
    body = meta(0x51, b"\x06\0\0") + meta(0x58, b"\3\2\x18\x08") + TUNE
    again = read_score(continued(read_score(one(body)), 192, notes_of()))
    assert again.tempos.changes == ((0, 0x60000),)
    assert again.meters.changes == ((0, 3, 4),)
    assert len(again.smf.meta(0x51)) == len(again.smf.meta(0x58)) == 1


def test_a_sounding_note_is_cut_at_the_join_and_later_events_are_left_out() -> None:
    tail = b"\x64\xff\x51\3\x06\0\0" + note(65)
    score = read_score(one(b"\0\x90\x3c\x40\x10\x90\x3c\x41\x60\x80\x3c\0\x10\x80\x3c\0" + tail))
    again = read_score(continued(score, 100, notes_of()))
    assert [row[:3] for row in again.notes.tolist()] == [(0, 100, 60), (16, 100, 60)]
    assert again.tempos.changes == ((0, 500_000),)
    assert again.smf.ends.tolist() == [100]


def test_a_note_without_an_end_ends_at_the_join() -> None:
    score = read_score(one(b"\0\x90\x3c\x40" + note(62)))
    again = read_score(continued(score, 1920, notes_of()))
    assert [row[:3] for row in again.notes.tolist()] == [(0, 1920, 60), (0, 96, 62)]
    assert again.warnings == ()


def test_the_end_of_track_moves_and_never_forward_of_the_music() -> None:
    score = read_score(one(TUNE, end=b"\x40" + END[1:]))
    assert read_score(continued(score, 192, notes_of())).smf.ends.tolist() == [256]
    longer = continued(score, 192, notes_of((192, 999, 60, 64, 0, 0)))
    assert read_score(longer).smf.ends.tolist() == [999]


def test_of_overlapping_new_notes_the_earlier_is_cut_across_tracks_too() -> None:
    score = read_score(header(tracks=2) + track(TUNE) + track(TUNE))
    new = notes_of((200, 300, 60, 64, 0, 0), (250, 350, 60, 65, 0, 1), (250, 260, 60, 66, 0, 1))
    again = read_score(continued(score, 192, new))
    rows = again.notes[again.notes["start"] >= 192].tolist()
    assert rows == [(200, 250, 60, 64, 0, 0), (250, 350, 60, 65, 0, 1)]


def programs(score: Score) -> list[Event]:
    return [e for events in events_of(score).values() for e in events if e[1][0] >> 4 == 0xC]


def test_a_program_is_written_only_where_another_is_in_force() -> None:
    score = read_score(one(b"\0\xc0\5" + TUNE))
    new = notes_of((192, 200, 60, 64, 0, 0))
    assert len(programs(read_score(continued(score, 192, new)))) == 1
    other = replace(score, tracks=(replace(score.tracks[0], program=7),))
    written = read_score(continued(other, 192, new))
    assert programs(written) == [(0, b"\xc0\5\0"), (192, b"\xc0\7\0")]


def test_a_program_that_the_primer_changes_after_the_join_is_not_foreseen() -> None:
    score = read_score(one(b"\0\xc0\5" + TUNE + b"\0\xc0\7" + TUNE))
    assert score.tracks[0].program == 7
    new = notes_of((96, 100, 60, 64, 0, 0))
    assert programs(read_score(continued(score, 96, new))) == [(0, b"\xc0\5\0")]
    assert programs(read_score(only_new(score, 96, new))) == [(0, b"\xc0\5\0")]


def test_a_held_pedal_and_a_bent_pitch_end_where_new_notes_begin() -> None:
    score = read_score(one(b"\0\xb0\x40\x7f\0\xe0\0\x60" + TUNE))
    silent = read_score(continued(score, 192, notes_of()))
    assert events_of(silent)[0][-1] == (192, b"\x80\x3e\x40")
    again = read_score(continued(score, 192, notes_of((192, 200, 60, 64, 0, 0))))
    assert events_of(again)[0][-4:-2] == [(192, b"\xb0\x40\0"), (192, b"\xe0\0\x40")]


def test_a_format_0_primer_is_unmixed_into_its_channels() -> None:
    body = meta(3, b"Song") + note(60, channel=2) + meta(1, b"la") + note(40, channel=9)
    score = read_score(header(kind=0) + track(body))
    again = read_score(continued(score, 192, notes_of((200, 210, 41, 64, 9, 1))))
    kinds = [[event[1][0] for event in events] for _, events in sorted(events_of(again).items())]
    assert kinds == [[0xFF] * 4, [0x92, 0x82], [0x99, 0x89, 0x99, 0x89]]
    assert [row[4:] for row in again.notes.tolist()] == [(2, 1), (9, 2), (9, 2)]


def test_an_smpte_primer_keeps_its_division() -> None:
    score = read_score(header(division=0xE728) + track(TUNE))
    again = read_score(continued(score, 192, notes_of((192, 200, 60, 64, 0, 0))))
    assert again.smf.division == 0xE728
    assert again.ticks_per_beat == score.ticks_per_beat
    alone = read_score(only_new(score, 192, notes_of((192, 200, 60, 64, 0, 0))))
    assert (alone.smf.division, alone.tempos.changes) == (500, ((0, 500_000),))


def test_events_no_library_would_hold_are_kept() -> None:
    rare = b"\0\xf0\4\x80\x90\xff\xf7" + meta(0x51, b"\7") + meta(0x59, b"\x63\x63")
    score = read_score(one(rare + TUNE))
    assert_primer_kept(score, read_score(continued(score, 192, notes_of())), 192)


def test_only_the_new_part_begins_at_tick_0_with_what_is_in_force() -> None:
    conductor = meta(0x51, b"\x06\0\0") + meta(0x58, b"\3\2\x18\x08") + meta(0x59, b"\xff\1")
    second = meta(3, b"Flute") + b"\0\xc4\x49" + note(60, channel=4)
    score = read_score(header(tracks=3) + track(conductor) + track(second) + track(TUNE))
    new = notes_of((1450, 1500, 72, 90, 4, 1))
    again = read_score(only_new(score, 1440, new, recipe={"how": 1}))
    assert again.notes.tolist() == [(10, 60, 72, 90, 4, 1)]
    assert (again.tempos.changes, again.meters.changes) == (((0, 0x60000),), ((0, 3, 4),))
    assert (again.keys, again.recipe, again.end) == (((0, "D minor"),), '{"how": 1}', 60)
    assert [(t.name, t.program) for t in again.tracks] == [("", 0), ("Flute", 0x49)]


@pytest.mark.parametrize("odd", [b"\x63\1", b"\0\2", b"\1", b""])
def test_a_key_signature_that_is_none_is_not_in_the_new_part_alone(odd: bytes) -> None:
    keys = meta(0x59, b"\xff\1\7") + meta(0x59, odd)
    score = read_score(one(keys + TUNE))
    written = only_new(score, 192, notes_of((192, 200, 60, 64, 0, 0)))
    assert read_score(written).smf.meta(0x59) == [(0, 0, b"\xff\1")]
    assert mido.MidiFile(file=io.BytesIO(written)).tracks


def test_a_new_piece_is_read_as_it_was_meant() -> None:
    parts = [
        Track(0, "Mélodie", 0, 73, False, "melody"),
        Track(1, "Drums", 9, 0, True, "drums"),
    ]
    notes = notes_of((0, 480, 72, 90, 0, 0), (0, 240, 36, 100, 9, 1))
    data = new_piece(parts, notes, 480, 400_000, (6, 8), recipe={"at": 2})
    score = read_score(data)
    assert score.warnings == ()
    assert (score.ticks_per_beat, score.tempos.changes) == (480, ((0, 400_000),))
    assert score.meters.changes == ((0, 6, 8),)
    assert [(t.name, t.program, t.role) for t in score.tracks[1:]] == [
        ("Mélodie", 73, "melody"),
        ("Drums", 0, "drums"),
    ]
    assert [row[:5] for row in score.notes.tolist()] == [row[:5] for row in notes.tolist()]
    assert mido.MidiFile(file=io.BytesIO(data)).type == 1
