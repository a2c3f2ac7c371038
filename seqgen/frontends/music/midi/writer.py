"""Music written as Standard MIDI Files: a continuation, the new part of one, a new piece.

The user's events are never touched: they are written as read, byte for byte and tick for tick;
only the ends of track move. Files are format 1. A format 0 primer of several channels is unmixed:
its meta and system exclusive events stay on the first track, each channel gets a track behind it,
all in their order.
Where the primer has no tempo or meter at tick 0, the one in force there (120 bpm, 4/4) is added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.music.midi.layout import NOTE_OFF, Layout
from seqgen.frontends.music.midi.recipes import Recipe
from seqgen.frontends.music.midi.score import (
    KEY,
    METER,
    TEMPO,
    TRACK_NAME,
    Programs,
    Score,
    Track,
    key_name,
)
from seqgen.frontends.music.midi.smf import META, Smf

CONTROL, PROGRAM, PITCH_BEND = 0xB0, 0xC0, 0xE0
SUSTAIN = 64
PEDAL_DOWN = 64
BEND_CENTRE = (0, 64)


def continued(
    score: Score,
    at: int,
    notes: NDArray[np.void],
    *,
    cut: bool = True,
    recipe: Recipe | None = None,
    own: NDArray[np.bool_] | None = None,
) -> bytes:
    """Return the primer and ``notes`` (NOTE, from tick ``at`` on) as one file.

    Without ``cut``, or where ``at`` is not before ``score.end``, every event of the primer is
    kept. Else events at and after ``at`` are left out; the tempo, meter, key and program in force
    there stay. What still sounds at ``at`` gets a note-off there, and on the channels of new
    notes a pedal that is down is released and a bent pitch straightened. A program change is
    added where another program than ``Track.program`` is in force, unless the primer itself
    changes it only after ``at``. New notes go on their own tracks; of two that overlap on a key
    the earlier is cut. ``recipe`` is written as a text event at tick 0, where read_score finds it;
    it tells the primer's own events from all others: ``own`` (events,) of them, None for all.
    """
    score = _unmixed(score)
    events = score.smf.events
    whole = not cut or at >= score.end
    ends = score.smf.ends if whole else np.minimum(score.smf.ends, at)
    if own is None:
        own = np.ones(len(events), bool)
        recipe = recipe and {**recipe, "ends": ends.tolist()}
    stays = np.ones(len(events), bool) if whole else events["tick"] < at
    kept, own = events[stays], own[stays]
    notes = untangled(notes)
    layout = _begun(score, kept, own, recipe)
    _close(layout, score, kept, at, whole)
    _straighten(layout, score, kept, at, notes)
    for track, program, in_force in _programs(score, at, notes):
        if program != in_force:
            layout.add_short(at, track.source[0], PROGRAM | track.channel, program)
    sources = np.array([track.source[0] for track in score.tracks])
    layout.add_notes(notes, sources[notes["track"]])
    return layout.written(score.smf.division, ends)


def side_by_side(
    score: Score, at: int, takes: Mapping[str, NDArray[np.void]], *, recipe: Recipe
) -> bytes:
    """Return the primer and several continuations of it as one file; see ``continued``.

    Each of ``takes``, NOTEs by title, is on tracks of its own behind the primer's, one for each of
    those that it continues, called by both: "Take 2: Flute". All sound together if none is muted.
    """
    score = _unmixed(score)
    events, ends = score.smf.events, score.smf.ends.tolist()
    own = np.ones(len(events), bool)
    layout = _begun(score, events, own, {**recipe, "ends": [*ends]})
    _close(layout, score, events, at, whole=True)
    _straighten(layout, score, events, at, np.concatenate(list(takes.values())))
    for title, notes in takes.items():
        untangled_notes = untangled(notes)
        for track, program, _ in _programs(score, at, untangled_notes):
            mine = untangled_notes[untangled_notes["track"] == track.index]
            name = f"{title}: {track.name}" if track.name else title
            layout.add_meta(0, len(ends), TRACK_NAME, name.encode())
            layout.add_short(at, len(ends), PROGRAM | track.channel, program)
            layout.add_notes(mine, np.full(len(mine), len(ends)))
            ends.append(at)
    return layout.written(score.smf.division, np.array(ends, np.int64))


def _begun(
    score: Score, kept: NDArray[np.void], own: NDArray[np.bool_], recipe: Recipe | None
) -> Layout:
    """The kept events of a primer, with what its head lacks."""
    layout = Layout(score.smf.payloads)
    leading = _leading(kept)
    layout.add(kept[:leading], own[:leading])
    _add_head(layout, score, kept, recipe)
    layout.add(kept[leading:], own[leading:])
    return layout


def only_new(
    score: Score, at: int, notes: NDArray[np.void], *, recipe: Recipe | None = None
) -> bytes:
    """Return ``notes`` (NOTE, from tick ``at`` on) alone, moved so that ``at`` is tick 0.

    Tempo, meter, key, track names and programs are those in force at ``at``; a key signature
    that is none is left out.
    """
    moved = notes.copy()
    for name in ("start", "end"):
        moved[name] -= at
    tracks = [replace(track, program=program) for track, program, _ in _programs(score, at, notes)]
    keys = [data for tick, _, data in score.smf.meta(KEY) if tick <= at and key_name(data)]
    return new_piece(
        tracks,
        moved,
        score.ticks_per_beat,
        score.tempos.tempo_at(at),
        score.meters.meter_at(at),
        key=keys[-1][:2] if keys else None,
        recipe=recipe,
    )


def new_piece(
    tracks: Sequence[Track],
    notes: NDArray[np.void],
    ticks_per_beat: int,
    tempo_us: int,
    meter: tuple[int, int],
    *,
    key: bytes | None = None,
    recipe: Recipe | None = None,
) -> bytes:
    """Return ``notes`` (NOTE, by ``Track.index``) as a file: a conductor track, then ``tracks``.

    ``tempo_us`` is in microseconds a beat, ``key`` the two bytes of a key signature event.
    """
    layout = Layout()
    layout.add_meta(0, 0, TEMPO, tempo_us.to_bytes(3, "big"))
    layout.add_meta(0, 0, METER, _meter_bytes(meter))
    if key is not None:
        layout.add_meta(0, 0, KEY, key)
    if recipe is not None:
        layout.add_recipe(recipe)
    places = np.zeros(max((track.index for track in tracks), default=0) + 1, dtype=np.int64)
    for place, track in enumerate(tracks, start=1):
        places[track.index] = place
        if track.name:
            layout.add_meta(0, place, TRACK_NAME, track.name.encode())
        layout.add_short(0, place, PROGRAM | track.channel, track.program)
    notes = untangled(notes)
    layout.add_notes(notes, places[notes["track"]])
    return layout.written(ticks_per_beat, np.zeros(len(tracks) + 1, dtype=np.int64))


def _meter_bytes(meter: tuple[int, int]) -> bytes:
    """Return the event data: 24 clocks a click and 8 32nd notes a beat, as is usual."""
    return bytes((meter[0], meter[1].bit_length() - 1, 24, 8))


def _unmixed(score: Score) -> Score:
    """Return the score with a format 1 file, a format 0 file unmixed into its channels."""
    smf = score.smf
    if smf.format != 0:
        return replace(score, smf=replace(smf, format=1))
    events = smf.events.copy()
    voiced = events["status"] < 0xF0
    channels = np.union1d(
        events["status"][voiced] & 15, np.array([track.channel for track in score.tracks])
    )
    if len(channels) == 1:
        return replace(score, smf=replace(smf, format=1))
    events["track"][voiced] = 1 + np.searchsorted(channels, events["status"][voiced] & 15)
    events = events[np.argsort(events["track"], kind="stable")]
    tracks = tuple(
        replace(
            track,
            name="",
            source=(1 + int(np.searchsorted(channels, track.channel)), track.channel),
        )
        for track in score.tracks
    )
    ends = np.repeat(smf.ends, len(channels) + 1)
    return replace(score, tracks=tracks, smf=Smf(1, smf.division, events, smf.payloads, ends))


def _leading(events: NDArray[np.void]) -> int:
    """Return how many meta events at tick 0 the first track begins with."""
    opening = (events["track"] == 0) & (events["tick"] == 0) & (events["status"] == META)
    return len(events) if opening.all() else int(opening.argmin())


def _add_head(layout: Layout, score: Score, kept: NDArray[np.void], recipe: Recipe | None) -> None:
    opening = kept[(kept["tick"] == 0) & (kept["status"] == META)]["data1"]
    if TEMPO not in opening:
        layout.add_meta(0, 0, TEMPO, score.tempos.tempo_at(0).to_bytes(3, "big"))
    if METER not in opening:
        layout.add_meta(0, 0, METER, _meter_bytes(score.meters.meter_at(0)))
    if recipe is not None:
        layout.add_recipe(recipe)


def _close(layout: Layout, score: Score, kept: NDArray[np.void], at: int, whole: bool) -> None:
    """Add the note-offs at ``at`` that the kept events need."""
    sounding = score.notes[(score.notes["start"] < at) & (score.notes["end"] >= at)]
    if whole:
        sounding = sounding[:0]  # the file itself ends them, or the last event of a key tells
    codes = np.array([track * 16 + channel for track, channel in _sources(score)])
    keys, counts = np.unique(
        codes[sounding["track"]] * 128 + sounding["pitch"], return_counts=True
    )
    missing = dict(zip(keys.tolist(), counts.tolist(), strict=True))
    rows = kept[kept["status"] >> 5 == 0b100]
    keys = (rows["track"].astype(np.int64) * 16 + (rows["status"] & 15)) * 128 + rows["data1"]
    keys, last = np.unique(keys[::-1], return_index=True)
    is_on = (rows["status"] >> 4 == 9) & (rows["data2"] > 0)
    for key in keys[is_on[::-1][last]].tolist():
        missing.setdefault(key, 1)
    repeated = np.repeat(
        np.array(list(missing), dtype=np.int64), np.array(list(missing.values()), dtype=np.int64)
    )
    code, pitch = repeated // 128, repeated % 128
    layout.add_short(at, code // 16, NOTE_OFF | code % 16, pitch)


def _sources(score: Score) -> list[tuple[int, int]]:
    return [track.source for track in score.tracks]


def _straighten(
    layout: Layout, score: Score, kept: NDArray[np.void], at: int, notes: NDArray[np.void]
) -> None:
    """Release the pedal and centre the pitch bend on the channels of the new notes."""
    channels, first = np.unique(notes["channel"], return_index=True)
    for channel, index in zip(channels.tolist(), notes["track"][first].tolist(), strict=True):
        track = score.tracks[index].source[0]
        pedal = kept[(kept["status"] == CONTROL | channel) & (kept["data1"] == SUSTAIN)]
        if len(pedal) and _latest(pedal)["data2"] >= PEDAL_DOWN:
            layout.add_short(at, track, CONTROL | channel, SUSTAIN, 0)
        bend = kept[kept["status"] == PITCH_BEND | channel]
        if len(bend) and (_latest(bend)["data1"], _latest(bend)["data2"]) != BEND_CENTRE:
            layout.add_short(at, track, PITCH_BEND | channel, *BEND_CENTRE)


def _latest(events: NDArray[np.void]) -> np.void:
    latest: np.void = events[len(events) - 1 - int(np.argmax(events["tick"][::-1]))]
    return latest


def _programs(score: Score, at: int, notes: NDArray[np.void]) -> list[tuple[Track, int, int]]:
    """Return (track, program wanted, program in force) of the tracks that have new notes."""
    events = score.smf.events
    before = events["tick"] <= at if at >= score.end else events["tick"] < at
    in_force = Programs(replace(score.smf, events=events[before]))
    later = events["status"][~before]
    result = []
    for index in np.unique(notes["track"]).tolist():
        track = score.tracks[index]
        program = in_force.at(track.source, at)
        changes_later = PROGRAM | track.channel in later
        result.append((track, program if changes_later else track.program, program))
    return result


def untangled(notes: NDArray[np.void]) -> NDArray[np.void]:
    """Return the notes so that none overlap on one channel and pitch, the earlier ones cut."""
    key = notes["channel"].astype(np.int64) * 128 + notes["pitch"]
    order = np.lexsort((-notes["end"], notes["start"], key))
    notes, key = notes[order], key[order]
    single = np.ones(len(notes), dtype=bool)  # of notes that start together the longest stays
    single[1:] = (np.diff(key) != 0) | (np.diff(notes["start"]) != 0)
    notes, key = notes[single], key[single]
    same = key[1:] == key[:-1]
    ends = notes["end"][:-1]
    notes["end"][:-1] = np.where(same, np.minimum(ends, notes["start"][1:]), ends)
    return notes[np.lexsort((notes["pitch"], notes["start"]))]
