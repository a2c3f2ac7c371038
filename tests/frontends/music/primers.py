"""Random primers for property tests: files of a few tracks with everything in them."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.frontends.music.midi.odd_files import END, chunk, header, meta

_pitches = st.integers(60, 63)  # few, so that notes overlap and hang
_channels = st.integers(0, 2)


def _channel_event(status: int, *data: st.SearchStrategy[int]) -> st.SearchStrategy[bytes]:
    return st.tuples(_channels, *data).map(lambda row: bytes((status | row[0], *row[1:])))


_NOTE_ON = _channel_event(0x90, _pitches, st.integers(0, 127))
_NOTE_OFF = _channel_event(0x80, _pitches, st.integers(0, 127))
_OTHERS = st.one_of(
    _channel_event(0xB0, st.sampled_from([7, 64]), st.integers(0, 127)),
    _channel_event(0xC0, st.integers(0, 127)),
    _channel_event(0xE0, st.integers(0, 127), st.integers(0, 127)),
    st.binary(max_size=5).map(lambda data: meta(1, data)[1:]),
    st.integers(1, 0xFFFFFF).map(lambda tempo: meta(0x51, tempo.to_bytes(3, "big"))[1:]),
    st.tuples(st.integers(1, 9), st.integers(0, 4)).map(
        lambda m: meta(0x58, bytes(m) + b"\x18\x08")[1:]
    ),
    st.just(b"\xf0\x03\x7e\x7f\xf7"),
)
_EVENTS = st.tuples(st.integers(0, 127), st.one_of(_NOTE_ON, _NOTE_OFF, _OTHERS)).map(
    lambda event: bytes((event[0],)) + event[1]
)
_TRACKS = st.lists(_EVENTS, max_size=12).map(lambda events: chunk(b"MTrk", b"".join(events) + END))


def primers(kinds: tuple[int, ...] = (0, 1, 2)) -> st.SearchStrategy[bytes]:
    """Return MIDI files of the formats ``kinds``."""
    several = st.lists(_TRACKS, min_size=1, max_size=3)
    return st.sampled_from(kinds).flatmap(
        lambda kind: (several.map(lambda t: t[:1]) if kind == 0 else several).map(
            lambda tracks: header(kind, len(tracks)) + b"".join(tracks)
        )
    )
