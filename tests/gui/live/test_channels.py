from __future__ import annotations

from seqgen_gui.live.channels import DRUMS, Channels, channels_of, hush
from seqgen_gui.sound.cursor import Stroke
from seqgen_gui.sound.score import Instrument

_PIANO, _BASS, _DRUMS = Instrument(), Instrument(33, pan=-1.0), Instrument(is_drums=True)


def test_each_track_has_a_channel_and_drums_have_the_tenth() -> None:
    assert channels_of([_PIANO, _DRUMS, _BASS, _DRUMS]) == [0, DRUMS, 1, DRUMS]


def test_with_more_tracks_than_channels_like_ones_share() -> None:
    tracks = [Instrument(program) for program in range(15)] + [Instrument(3), Instrument(90)]
    found = channels_of(tracks)
    assert DRUMS not in found
    assert len(set(found[:15])) == 15
    assert found[15] == found[3]
    assert found[16] in found[:15]


def test_a_synth_is_told_the_program_before_the_first_note_and_once() -> None:
    channels = Channels([_PIANO, _BASS, _DRUMS])
    assert channels.messages([Stroke(1, 40, 90)]) == [
        b"\xc1\x21",
        b"\xb1\x0a\x00",
        b"\x91\x28\x5a",
    ]
    assert channels.messages([Stroke(1, 40, 0)]) == [b"\x81\x28\x00"]
    assert channels.messages([Stroke(1, 41, 90)]) == [b"\x91\x29\x5a"]
    assert channels.messages([Stroke(2, 36, 90)]) == [b"\xb9\x0a\x40", b"\x99\x24\x5a"]


def test_tracks_that_share_a_channel_tell_their_programs_by_turns() -> None:
    channels = Channels([Instrument(program) for program in range(16)])
    shared = [place for place, channel in enumerate(channels._of) if channel == channels._of[15]]
    told = [channels.messages([Stroke(track, 60, 90)])[0] for track in (*shared, *shared)]
    assert [message[0] & 0xF0 for message in told] == [0xC0] * 4


def test_silence_ends_what_was_begun_and_not_ended() -> None:
    channels = Channels([_PIANO, _DRUMS])
    channels.messages([Stroke(0, 60, 90), Stroke(0, 64, 90), Stroke(1, 36, 90), Stroke(0, 60, 0)])
    first = channels.silence()
    assert first[:2] == [b"\x80\x40\x00", b"\x89\x24\x00"]
    assert {b"\xb0\x7b\x00", b"\xb9\x7b\x00", b"\xb0\x40\x00"} <= set(first)
    assert not any(message[0] & 0xF0 == 0x80 for message in channels.silence())


def test_a_hush_ends_every_key_of_the_score_on_its_channel() -> None:
    messages = hush([_PIANO, _DRUMS], [(0, 1, 60, 90, 0), (1, 2, 60, 90, 0), (0, 1, 36, 90, 1)])
    assert messages[:2] == [b"\x80\x3c\x00", b"\x89\x24\x00"]
    assert {bytes((0xB0 | channel, 120, 0)) for channel in range(16)} <= set(messages)
