"""Odd files whose events are wrong, or right and rare."""

from __future__ import annotations

from tests.frontends.music.midi.odd_files import END, TUNE, header, meta, note, odd, one, track

LONG_DELTA = b"\xff\xff\xff\x7f"  # 2**28 - 1 ticks


@odd(2)
def no_end_of_track() -> bytes:
    return one(TUNE, end=b"")


@odd(4)
def no_end_of_track_in_two_tracks() -> bytes:
    return header(tracks=2) + track(end=b"") * 2


@odd(2)
def an_end_of_track_with_data() -> bytes:
    return one(TUNE, end=b"\0\xff\x2f\2\0\0")


@odd(2)
def an_end_of_track_years_later() -> bytes:
    return one(TUNE, end=LONG_DELTA + END[1:])


@odd(2)
def zeros_behind_the_end_of_track() -> bytes:
    return one(TUNE + END, end=bytes(64))


@odd(2)
def two_ends_of_track() -> bytes:
    return one(TUNE, end=END + END)


@odd(3)
def running_status() -> bytes:
    return one(b"\0\x90\x3c\x40\x10\x3c\0\0\x3d\x40\x10\x3d\0\0\x3e\x40\x10\x3e\0")


@odd(2)
def running_status_across_a_text() -> bytes:
    return one(b"\0\x90\x3c\x40" + meta(1, b"la") + b"\x10\x3c\0\0\x3e\x40\x10\x3e\0")


@odd(2)
def running_status_across_system_exclusive() -> bytes:
    return one(b"\0\x90\x3c\x40\0\xf0\2\x7e\xf7\x10\x3c\0\0\x3e\x40\x10\x3e\0")


@odd(2)
def data_before_any_status() -> bytes:
    return one(b"\0\x3c\x40" + TUNE[1:])


@odd(2)
def running_status_from_the_track_before() -> bytes:
    return header(tracks=2) + track() + track(b"\0\x3c\x40\x10\x3c\0")


@odd(2)
def velocities_above_127() -> bytes:
    return one(TUNE.replace(b"\x40", b"\xc8"))


@odd(1)
def pitches_above_127() -> bytes:
    return one(b"\0\x90\xc8\x40\x10\x80\xc8\x40")


@odd(2)
def a_program_above_127() -> bytes:
    return one(b"\0\xc0\xff" + TUNE)


@odd(2)
def undefined_status_bytes() -> bytes:
    return one(b"\0\xf4\0\xf5\0\xf9\0\xfd" + TUNE)


@odd(2)
def live_messages_in_the_file() -> bytes:
    return one(b"\0\xf8\0\xfa\0\xfe\0\xf1\1\0\xf2\1\2\0\xf3\1\0\xf6" + TUNE)


@odd(2)
def system_exclusive_without_end() -> bytes:
    return one(b"\0\xf0\3\x7e\x7f\x09" + TUNE)


@odd(2)
def system_exclusive_in_packets() -> bytes:
    return one(b"\0\xf0\3\x43\x12\0\x60\xf7\2\x43\x12\x60\xf7\2\x43\xf7" + TUNE)


@odd(2)
def system_exclusive_of_no_bytes() -> bytes:
    return one(b"\0\xf0\0\0\xf7\0" + TUNE)


@odd(2)
def system_exclusive_with_high_bytes() -> bytes:
    return one(b"\0\xf0\4\x80\x90\xff\xf7" + TUNE)


@odd(2)
def system_exclusive_with_its_length_forgotten() -> bytes:
    return one(b"\0\xf0\x7e\x7f\x09\x01\xf7" + TUNE)


@odd(2)
def system_exclusive_longer_than_the_file() -> bytes:
    return one(TUNE + b"\0\xf0\xff\xff\xff\x7f\1\2")


@odd(2)
def a_text_longer_than_the_file() -> bytes:
    return one(TUNE + b"\0\xff\1\xff\xff\xff\x7fla")


@odd(2)
def a_text_of_a_megabyte() -> bytes:
    return one(meta(1, b"la" * 500_000) + TUNE)


@odd(2)
def names_in_no_encoding() -> bytes:
    return one(meta(3, b"Fl\xf6te \xff\xfe") + meta(4, bytes(range(128, 200))) + TUNE)


@odd(2)
def unknown_meta_events() -> bytes:
    return one(b"".join(meta(kind, b"?") for kind in range(256) if kind != 0x2F) + TUNE)


@odd(2)
def every_meta_event_empty() -> bytes:
    return one(b"".join(meta(kind, b"") for kind in range(256) if kind != 0x2F) + TUNE)


@odd(2)
def tempo_0() -> bytes:
    return one(meta(0x51, bytes(3)) + TUNE)


@odd(2)
def the_slowest_tempo() -> bytes:
    return one(meta(0x51, b"\xff\xff\xff") + TUNE)


@odd(2)
def a_tempo_of_two_bytes() -> bytes:
    return one(meta(0x51, b"\x07\xa1") + TUNE)


@odd(2)
def a_hundred_thousand_tempo_changes() -> bytes:
    return one(b"\1\xff\x51\3\x07\xa1\x20\1\xff\x51\3\x07\xa1\x21" * 50_000 + TUNE)


@odd(2)
def meter_0_0() -> bytes:
    return one(meta(0x58, bytes(4)) + TUNE)


@odd(2)
def a_denominator_of_2_to_the_255() -> bytes:
    return one(meta(0x58, b"\x04\xff\x18\x08") + TUNE)


@odd(2)
def a_meter_of_one_byte() -> bytes:
    return one(meta(0x58, b"\x04") + TUNE)


@odd(2)
def a_meter_shorter_than_a_tick() -> bytes:
    return header(division=1) + track(meta(0x58, b"\x01\x07\x18\x08") + TUNE)


@odd(2)
def a_hundred_thousand_meters() -> bytes:
    pair = b"\1\xff\x58\4\1\7\x18\x08\1\xff\x58\4\3\2\x18\x08"
    return one(pair * 50_000 + TUNE)


@odd(2)
def keys_that_do_not_exist() -> bytes:
    return one(meta(0x59, b"\x64\0") + meta(0x59, b"\0\x09") + meta(0x59, b"\x80\1") + TUNE)


@odd(2)
def a_delta_of_five_bytes() -> bytes:
    return one(b"\x80\x80\x80\x80" + TUNE)


@odd(2)
def a_delta_of_a_megabyte() -> bytes:
    return one(b"\xff" * (1 << 20) + TUNE)


@odd(5_000)
def delta_times_without_end() -> bytes:
    return one((LONG_DELTA + b"\x90\x3c\x40" + LONG_DELTA + b"\x80\x3c\x40") * 5_000)


@odd(3)
def hanging_notes() -> bytes:
    return one(b"\0\x90\x3c\x40\0\x40\x40\0\x43\x40")


@odd(100_000)
def a_hundred_thousand_hanging_notes_on_one_key() -> bytes:
    return one(b"\1\x90\x3c\x40" * 100_000)


@odd(0)
def note_offs_alone() -> bytes:
    return one(b"\1\x80\x3c\x40\1\x90\x3c\0" * 1_000)


@odd(2)
def notes_of_no_length() -> bytes:
    return one(note(60, delta=0) * 2)


@odd(2)
def a_note_inside_another() -> bytes:
    return one(b"\0\x90\x3c\x40\x10\x90\x3c\x41\x10\x80\x3c\0\x10\x80\x3c\0")


@odd(3)
def a_note_off_missing_in_the_middle() -> bytes:
    return one(b"\0\x90\x3c\x40" + note(60) * 2)


@odd(4)
def every_note_on_doubled() -> bytes:
    return one(b"\0\x90\x3c\x40\0\x90\x3c\x40\x10\x80\x3c\0" * 2)


@odd(1)
def a_note_off_on_another_channel() -> bytes:
    return one(b"\0\x90\x3c\x40\x10\x81\x3c\0")


@odd(2048)
def every_key_of_every_channel_at_once() -> bytes:
    return header(kind=0) + track(b"".join(note(p, 0, c) for c in range(16) for p in range(128)))


@odd(250_000)
def a_quarter_of_a_million_notes() -> bytes:
    return one(note(60, 1) * 250_000)


@odd(0)
def controllers_alone() -> bytes:
    return one(b"\0\xb0\x07\x64\0\xe0\0\x40\0\xd0\1\0\xa0\1\1")


@odd()
def a_track_of_ff() -> bytes:
    return one(b"\xff" * 100_000)


@odd()
def a_track_of_zeros() -> bytes:
    return one(bytes(100_000))


@odd()
def a_track_of_status_bytes() -> bytes:
    return one(b"\x90" * 100_000)


@odd()
def a_track_of_system_exclusive_openings() -> bytes:
    return one(b"\xf0" * 100_000)


@odd()
def sixteen_thousand_system_exclusives_that_never_end() -> bytes:
    return one(b"\0\xf0\x7f" * 16_000)


@odd(1_000)
def a_thousand_tracks_on_one_channel() -> bytes:
    return header(tracks=1_000) + track(b"\0\xc0\5" + note(60)) * 1_000
