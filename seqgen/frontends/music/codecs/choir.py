"""The choir: any score heard as four voices, one row of pitches a 16th."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.music.codecs.clock import MetricClock
from seqgen.frontends.music.codecs.voices import CELLS_PER_BEAT
from seqgen.frontends.music.midi.score import Score

MAX_CELLS = 16 * 60 * 60 * 4
"""An hour at 240 beats a minute: longer music is heard from its last such stretch on."""


@dataclass(frozen=True)
class Choir:
    """``rows`` (T, 4) of pitches in S, A, T, B order, -1 silent, from the bar of the first note.

    ``tracks`` names the track that sings each voice, highest first; ``first`` is the tick of
    the first row.
    """

    rows: NDArray[np.int16]
    tracks: tuple[int, int, int, int]
    first: int


def hear_choir(
    score: Score, clock: MetricClock, until: int, playing: Sequence[int] | None = None
) -> Choir:
    """Reduce a score up to tick ``until`` to four voices.

    Drums are left out. With four or more tracks, the four with most notes are the voices, by
    mean pitch; with fewer, the sounding pitches are shared out among the voices, outer ones
    first, and each track sings its share from the top. ``playing`` are the tracks to hear, all
    but drums where it is None.
    """
    if playing is None:
        playing = [track.index for track in score.tracks if not track.is_drums]
    notes = score.notes[np.isin(score.notes["track"], playing) & (score.notes["start"] < until)]
    singers = _singers(notes) or list(playing)[:4]
    cell = score.ticks_per_beat / CELLS_PER_BEAT
    first = score.meters.bar_start(int(notes["start"].min())) if len(notes) else 0
    first = max(first + clock.phase, round(until - MAX_CELLS * cell))
    count = max(0, round((until - first) / cell))
    starts = np.clip(np.rint((notes["start"] - first) / cell).astype(int), 0, count)
    ends = np.clip(np.rint((notes["end"] - first) / cell).astype(int), starts + 1, count + 1)
    if len(singers) == 4:
        rows = _by_track(notes, starts, ends, count, singers)
    else:
        rows = _by_height(notes, starts, ends, count)
    shared = [singers[voice * len(singers) // 4] for voice in range(4)] if singers else [0] * 4
    return Choir(rows, (shared[0], shared[1], shared[2], shared[3]), first)


def _singers(notes: NDArray[np.void]) -> list[int]:
    """At most four tracks with most notes, the highest first."""
    tracks, counts = np.unique(notes["track"], return_counts=True)
    most = tracks[np.argsort(-counts, kind="stable")[:4]]
    height = {int(t): float(notes["pitch"][notes["track"] == t].mean()) for t in most}
    return sorted(height, key=lambda track: -height[track])


def _by_track(
    notes: NDArray[np.void],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    count: int,
    singers: list[int],
) -> NDArray[np.int16]:
    """Each track's highest sounding pitch in each cell."""
    rows = np.full((count, 4), -1, np.int16)
    for voice, track in enumerate(singers):
        column = rows[:, voice]
        for index in np.flatnonzero(notes["track"] == track):
            span = slice(starts[index], ends[index])
            column[span] = np.maximum(column[span], notes["pitch"][index])
    return rows


def _by_height(
    notes: NDArray[np.void], starts: NDArray[np.int64], ends: NDArray[np.int64], count: int
) -> NDArray[np.int16]:
    """Sounding pitches of each cell shared out: top, bottom, then the inner voices."""
    sounding: list[set[int]] = [set() for _ in range(count)]
    for start, end, pitch in zip(starts.tolist(), ends.tolist(), notes["pitch"], strict=True):
        for cell in range(start, min(end, count)):
            sounding[cell].add(int(pitch))
    rows = np.full((count, 4), -1, np.int16)
    for cell, pitches in enumerate(sounding):
        heights = sorted(pitches, reverse=True)
        if not heights:
            continue
        rows[cell, 0] = heights[0]
        if len(heights) > 1:
            rows[cell, 3] = heights[-1]
        if len(heights) > 3:
            rows[cell, 1], rows[cell, 2] = heights[1], heights[-2]
        elif len(heights) == 3:
            before = rows[cell - 1] if cell else rows[cell]
            nearer_tenor = abs(int(before[2]) - heights[1]) < abs(int(before[1]) - heights[1])
            rows[cell, 2 if nearer_tenor else 1] = heights[1]
    return rows
