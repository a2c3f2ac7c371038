"""Odd files whose chunks are wrong: headers, lengths, wrappers, junk."""

from __future__ import annotations

import random
import struct

from tests.frontends.music.midi.odd_files import END, TUNE, chunk, header, odd, one, track


@odd(refused=True)
def empty_file() -> bytes:
    return b""


@odd(refused=True)
def one_byte() -> bytes:
    return b"M"


@odd(refused=True)
def a_text() -> bytes:
    return b"To whom it may concern: this is a letter.\n" * 100


@odd(refused=True)
def a_picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20


@odd(refused=True)
def a_wave_file() -> bytes:
    return b"RIFF" + struct.pack("<I", 1004) + b"WAVEfmt " + bytes(1000)


@odd(refused=True)
def a_megabyte_of_zeros() -> bytes:
    return bytes(1 << 20)


@odd(refused=True)
def noise() -> bytes:
    return random.Random(1).randbytes(100_000).replace(b"MT", b"__")


@odd(refused=True)
def a_header_alone() -> bytes:
    return header()


@odd(refused=True)
def half_a_header() -> bytes:
    return header()[:6]


@odd(refused=True)
def a_header_and_a_foreign_chunk() -> bytes:
    return header() + chunk(b"XFIH", bytes(100))


@odd(refused=True)
def tracks_of_an_unknown_name() -> bytes:
    return header() + chunk(b"mtrk", TUNE + END)


@odd(0)
def a_track_cut_behind_its_name() -> bytes:
    return header() + b"MTrk"


@odd(0)
def a_track_without_events() -> bytes:
    return header() + chunk(b"MTrk", b"")


@odd(2)
def no_track_declared_and_one_there() -> bytes:
    return header(tracks=0) + track()


@odd(6)
def one_track_declared_and_three_there() -> bytes:
    return header() + track() * 3


@odd(4)
def five_tracks_declared_and_two_there() -> bytes:
    return header(tracks=5) + track() * 2


@odd(2)
def every_possible_track_declared() -> bytes:
    return header(tracks=0xFFFF) + track()


@odd(2)
def rmid() -> bytes:
    body = one(TUNE)
    data = b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(data) + 4) + b"RMID" + data


@odd(2)
def rmid_with_wrong_sizes_and_an_info_list() -> bytes:
    return b"RIFF\0\0\0\0RMIDdata\1\0\0\0" + one(TUNE) + b"LIST\x0c\0\0\0INFOINAM\0\0\0\0"


@odd(2)
def macbinary() -> bytes:
    return (
        b"\0\x08song.mid".ljust(65, b"\0") + b"Midi????".ljust(63, b"\0") + one(TUNE) + bytes(64)
    )


@odd(2)
def mail_headers_before_it() -> bytes:
    return b"Content-Type: audio/midi\r\nX-Note: an MThd follows\r\n\r\n" + one(TUNE)


@odd(2)
def a_byte_order_mark_before_it() -> bytes:
    return b"\xef\xbb\xbf" + one(TUNE)


@odd(2)
def a_megabyte_of_junk_before_it() -> bytes:
    return bytes(1 << 20) + one(TUNE)


@odd(2)
def two_headers() -> bytes:
    return header() + one(TUNE)


@odd(2)
def no_header() -> bytes:
    return track()


@odd(2)
def a_header_of_length_0() -> bytes:
    return b"MThd\0\0\0\0" + one(TUNE)[8:]


@odd(2)
def a_header_of_four_bytes() -> bytes:
    return b"MThd\0\0\0\4\0\1\0\1" + track()


@odd(2)
def a_header_of_ten_bytes() -> bytes:
    return chunk(b"MThd", struct.pack(">HHH", 1, 1, 480) + b"more") + track()


@odd(2)
def a_header_that_claims_two_gigabytes() -> bytes:
    return b"MThd\x7f\xff\xff\xff" + one(TUNE)[8:]


@odd(2)
def a_little_endian_header() -> bytes:
    return b"MThd" + struct.pack("<IHHH", 6, 1, 1, 480) + track()


@odd(2)
def format_3() -> bytes:
    return header(kind=3) + track()


@odd(6)
def format_0_with_three_tracks() -> bytes:
    return header(kind=0, tracks=3) + track() * 3


@odd(4)
def format_2() -> bytes:
    return header(kind=2, tracks=2) + track() * 2


@odd(2)
def division_0() -> bytes:
    return header(division=0) + track()


@odd(2)
def division_1() -> bytes:
    return header(division=1) + track()


@odd(2)
def smpte_25_frames() -> bytes:
    return header(division=0xE728) + track()


@odd(2)
def smpte_30_drop() -> bytes:
    return header(division=0xE350) + track()


@odd(2)
def smpte_128_frames() -> bytes:
    return header(division=0x80FF) + track()


@odd(2)
def smpte_without_ticks() -> bytes:
    return header(division=0xE700) + track()


@odd(4)
def foreign_chunks_between_the_tracks() -> bytes:
    return header(tracks=2) + track() + chunk(b"XFKM", TUNE) + track() + chunk(b"SEM1", b"")


@odd(2)
def a_foreign_chunk_before_the_tracks() -> bytes:
    return header() + chunk(b"XFIH", bytes(99)) + track()


@odd(4)
def a_foreign_chunk_longer_than_the_file() -> bytes:
    return header(tracks=2) + track() + chunk(b"XFIH", b"", 1 << 31) + track()


@odd(2)
def ten_thousand_foreign_chunks() -> bytes:
    return header() + b"".join(b"%04d\0\0\0\0" % i for i in range(10_000)) + track()


@odd(2)
def zeros_behind_the_tracks() -> bytes:
    return one(TUNE) + bytes(100_000)


@odd(2)
def a_second_file_behind_the_first() -> bytes:
    return one(TUNE) + one(TUNE)


@odd(4)
def a_byte_between_the_tracks() -> bytes:
    return header(tracks=2) + track() + b"\0" + track()


@odd(4)
def track_lengths_of_0() -> bytes:
    return header(tracks=2) + track(length=0) * 2


@odd(4)
def track_lengths_too_short_by_5() -> bytes:
    return header(tracks=2) + track(length=15) * 2


@odd(4)
def track_lengths_too_long_by_1() -> bytes:
    return header(tracks=2) + track(length=21) * 2


@odd(4)
def track_lengths_of_four_gigabytes() -> bytes:
    return header(tracks=2) + track(length=0xFFFFFFFF) * 2


@odd(4)
def a_track_length_that_covers_the_next_track() -> bytes:
    return header(tracks=2) + track(length=len(track()) + len(TUNE + END)) + track()


@odd(0)
def all_tracks_empty() -> bytes:
    return header(tracks=0xFFFF) + track(b"") * 0xFFFF


@odd(2)
def more_tracks_than_there_can_be() -> bytes:
    return header(tracks=0xFFFF) + track() + track(b"") * 70_000


@odd(2)
def a_file_cut_in_its_second_track() -> bytes:
    return header(tracks=2) + track() + track()[:6]


@odd(1)
def a_file_cut_inside_a_note() -> bytes:
    return one(TUNE)[: 14 + 8 + 11]


@odd()
def line_feeds_made_into_two_bytes() -> bytes:
    return one(TUNE + b"\x0a\x90\x0a\x40\x0a\x80\x0a\x40").replace(b"\n", b"\r\n")


@odd()
def the_eighth_bit_lost() -> bytes:
    return bytes(byte & 0x7F for byte in one(TUNE * 50))
