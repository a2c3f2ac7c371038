"""A MIDI file as music: notes, tempo, meter, keys and tracks, read from whatever is out there."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.music.midi.meter import DEFAULT_TEMPO, MeterMap, TempoMap
from seqgen.frontends.music.midi.pairing import NOTE, pair_notes
from seqgen.frontends.music.midi.recipes import RECIPE, TEXT
from seqgen.frontends.music.midi.roles import role_of
from seqgen.frontends.music.midi.smf import Smf, read_smf, sentences

__all__ = ["NOTE", "Programs", "Score", "Track", "read_score"]

DRUM_CHANNEL = 9
TRACK_NAME, INSTRUMENT_NAME, TEMPO, METER, KEY = 0x03, 0x04, 0x51, 0x58, 0x59
MAX_LOGICAL_TRACKS = np.iinfo(NOTE["track"]).max
MAX_DENOMINATOR_POWER = 7  # 128th notes
_MAJOR = ["Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#"]
_MINOR = ["Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#", "G#", "D#", "A#"]
SLOWEST_TEMPO = 10_000_000  # microseconds a beat, of an SMPTE file
_FRAME_RATES = {29: 30_000 / 1001}  # SMPTE 29 means 30 drop frame


@dataclass(frozen=True)
class Track:
    """One part: a channel of a track of the file; ``source`` is that (track, channel).

    ``program`` (0 to 127) is the one its last note sounds with.
    """

    index: int
    name: str
    channel: int
    program: int
    is_drums: bool
    role: str
    source: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Score:
    """A MIDI file understood; times are ticks.

    ``notes`` is an array of NOTE, sorted by (start, track, pitch, end); ``tracks`` has one entry
    a track of the file, or several where it mixes channels; ``end`` is the last tick of any
    event or note (an end of track is none); ``warnings`` says what was repaired;
    ``recipe`` is the text seqgen left in a file it wrote; ``smf`` is the raw file.
    """

    notes: NDArray[np.void]
    ticks_per_beat: int
    tempos: TempoMap
    meters: MeterMap
    keys: tuple[tuple[int, str], ...]
    tracks: tuple[Track, ...]
    end: int
    warnings: tuple[str, ...]
    recipe: str | None
    smf: Smf


def read_score(data: bytes, name: str = "input") -> Score:
    """Read a Standard MIDI File, however odd; InputFileError where it holds no track at all.

    A note lasts from its note-on to its note-off: the sustain pedal does not lengthen it. The
    patterns of a format 2 file are read as sounding together, at the ticks they have. With an
    SMPTE division ticks are time, so tempo events say only how long a beat is: the first one
    (else 120 bpm) gives ``ticks_per_beat``, and the tempo map is constant.
    """
    smf, warnings = read_smf(data, name)
    faults: Counter[str] = Counter()
    if smf.format == 2 and len(smf.ends) > 1:
        faults["format 2: its patterns are read as sounding together"] += 1
    ticks_per_beat, tempos = _read_tempos(smf, faults)
    codes = _logical_tracks(smf, faults)
    notes = pair_notes(smf, codes, faults)
    meters = MeterMap(_read_meters(smf, faults), ticks_per_beat)
    keys = tuple(_read_keys(smf, faults))
    last = (column.max() for column in (smf.events["tick"], notes["end"]) if len(column))
    return Score(
        notes=notes,
        ticks_per_beat=ticks_per_beat,
        tempos=tempos,
        meters=meters,
        keys=keys,
        tracks=tuple(_read_tracks(smf, codes, notes)),
        end=int(max(last, default=0)),
        warnings=(*warnings, *sentences(faults)),
        recipe=_read_recipe(smf),
        smf=smf,
    )


def _read_tempos(smf: Smf, faults: Counter[str]) -> tuple[int, TempoMap]:
    """Return the ticks a beat and the tempo map."""
    changes = [(tick, int.from_bytes(data[:3], "big")) for tick, _, data in smf.meta(TEMPO)]
    good = [(tick, tempo) for tick, tempo in changes if tempo > 0]
    if len(good) < len(changes):
        faults["an impossible tempo ignored"] += len(changes) - len(good)
    if not smf.division & 0x8000:
        return smf.division, TempoMap(good, smf.division)
    frames = 256 - (smf.division >> 8)
    ticks_per_second = _FRAME_RATES.get(frames, frames) * (smf.division & 0xFF)
    beat = min(good[0][1], SLOWEST_TEMPO) if good else DEFAULT_TEMPO
    ticks_per_beat = min(max(round(ticks_per_second * beat / 1e6), 1), 0x7FFF)
    return ticks_per_beat, TempoMap(
        [(0, round(ticks_per_beat * 1e6 / ticks_per_second))], ticks_per_beat
    )


def _read_meters(smf: Smf, faults: Counter[str]) -> Iterator[tuple[int, int, int]]:
    for tick, _, data in smf.meta(METER):
        if len(data) < 2 or data[0] == 0 or data[1] > MAX_DENOMINATOR_POWER:
            faults["an impossible meter ignored"] += 1
        else:
            yield tick, data[0], 2 ** data[1]


def _read_keys(smf: Smf, faults: Counter[str]) -> Iterator[tuple[int, str]]:
    for tick, _, data in smf.meta(KEY):
        name = key_name(data)
        if name is None:
            faults["an impossible key signature ignored"] += 1
        else:
            yield tick, name


def key_name(data: bytes) -> str | None:
    """Name the key of a key signature's bytes, None for one beyond seven accidentals."""
    sharps = int.from_bytes(data[:1], "big", signed=True)
    if len(data) < 2 or abs(sharps) > 7 or data[1] > 1:
        return None
    return f"{(_MAJOR, _MINOR)[data[1]][sharps + 7]} {('major', 'minor')[data[1]]}"


def _read_recipe(smf: Smf) -> str | None:
    texts = (_decoded(data) for _, _, data in reversed(smf.meta(TEXT)))
    return next((text.removeprefix(RECIPE) for text in texts if text.startswith(RECIPE)), None)


def _logical_tracks(smf: Smf, faults: Counter[str]) -> NDArray[np.int64]:
    """Return track * 16 + channel of every channel with notes, and once of a track with none."""
    events = smf.events
    voiced = events[events["status"] < 0xF0]
    codes = voiced["track"].astype(np.int64) * 16 + (voiced["status"] & 15)
    sounding = np.unique(codes[(voiced["status"] >> 4 == 9) & (voiced["data2"] > 0)])
    channels = np.zeros(len(smf.ends), dtype=np.int64)
    tracks, first = np.unique(voiced["track"], return_index=True)
    channels[tracks] = voiced["status"][first] & 15
    silent = np.setdiff1d(np.arange(len(smf.ends)), sounding // 16)
    codes = np.union1d(sounding, silent * 16 + channels[silent])
    if len(codes) > MAX_LOGICAL_TRACKS:
        faults[f"more than {MAX_LOGICAL_TRACKS} tracks: the notes of the rest are not read"] += 1
    return codes[:MAX_LOGICAL_TRACKS]


def _read_tracks(smf: Smf, codes: NDArray[np.int64], notes: NDArray[np.void]) -> Iterator[Track]:
    names = _names(smf)
    programs = Programs(smf)
    parts = np.bincount(codes // 16)
    count = np.bincount(notes["track"], minlength=len(codes))
    pitch = np.bincount(notes["track"], notes["pitch"], len(codes)) / np.maximum(count, 1)
    onset = np.ones(len(notes), dtype=bool)
    onset[1:] = (np.diff(notes["start"]) != 0) | (np.diff(notes["track"]) != 0)
    onsets = np.bincount(notes["track"][onset], minlength=len(codes))
    last = np.zeros(len(codes), dtype=np.int64)
    np.maximum.at(last, notes["track"], notes["start"])
    for index, code in enumerate(codes.tolist()):
        source = track, channel = divmod(code, 16)
        name = names.get(track, "")
        program = programs.at(source, int(last[index]))
        role = role_of(
            name if parts[track] == 1 else "",  # of a mixed track it names no part
            is_drums=channel == DRUM_CHANNEL,
            program=program,
            mean_pitch=float(pitch[index]),
            chord_size=float(count[index] / max(onsets[index], 1)),
        )
        yield Track(index, name, channel, program, channel == DRUM_CHANNEL, role, source)


def _names(smf: Smf) -> dict[int, str]:
    """Return the name of each track that has one: the first track name, else instrument name."""
    names: dict[int, str] = {}
    for kind in (TRACK_NAME, INSTRUMENT_NAME):
        for _, track, data in smf.meta(kind):
            names.setdefault(track, _decoded(data).strip("\0 \t\r\n"))
    return names


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


class Programs:
    """The program changes of a file.

    A track's own changes count before those of other tracks on its channel: several tracks may
    share a channel through different ports.
    """

    def __init__(self, smf: Smf) -> None:
        rows = smf.events[smf.events["status"] >> 4 == 0xC]
        rows = rows[np.argsort(rows["tick"], kind="stable")]
        columns = (rows[name].tolist() for name in ("tick", "track", "status", "data1"))
        self._changes: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for tick, track, status, program in zip(*columns, strict=True):
            self._changes[track, status & 15].append((tick, program))
            self._changes[-1, status & 15].append((tick, program))

    def at(self, source: tuple[int, int], tick: int) -> int:
        """Return the program (0 to 127) in force at ``tick`` for a (track, channel)."""
        for key in (source, (-1, source[1])):
            changes = self._changes.get(key, [])
            i = bisect_right(changes, tick, key=lambda change: change[0])
            if i:
                return changes[i - 1][1]
        return 0
