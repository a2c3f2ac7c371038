"""Note-ons and note-offs made into notes."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.music.midi.smf import Smf

NOTE = np.dtype(
    [
        ("start", "i8"),  # ticks
        ("end", "i8"),  # ticks, > start
        ("pitch", "u1"),
        ("velocity", "u1"),
        ("channel", "u1"),
        ("track", "i2"),  # index in Score.tracks
    ]
)


def pair_notes(smf: Smf, codes: NDArray[np.int64], faults: Counter[str]) -> NDArray[np.void]:
    """Return the NOTEs of the file, sorted by (start, track, pitch, end).

    ``codes`` (tracks,) are the sorted track * 16 + channel that get notes. Of one track, channel
    and pitch the first note-on takes the first note-off. Where note-offs are missing, every
    note-on since the key was last silent ends at the next event of the key, the last one at the
    end of its track. A note of no length gets one tick.
    """
    events = smf.events[smf.events["status"] >> 5 == 0b100]  # note-on, note-off
    code = events["track"].astype(np.int64) * 16 + (events["status"] & 15)
    known = np.isin(code, codes)
    events, code = events[known], code[known]
    order = np.argsort(code * 128 + events["data1"], kind="stable")
    events, code = events[order], code[order]
    is_on = (events["status"] >> 4 == 9) & (events["data2"] > 0)
    starts, ends = _spans(events, code * 128 + events["data1"], is_on, smf, faults)
    notes = np.empty(len(starts), dtype=NOTE)
    notes["start"] = events["tick"][starts]
    notes["end"] = ends
    notes["pitch"] = events["data1"][starts]
    notes["velocity"] = events["data2"][starts]
    notes["channel"] = code[starts] % 16
    notes["track"] = np.searchsorted(codes, code[starts])
    empty = notes["end"] <= notes["start"]
    if empty.any():
        faults["a note of no length got one tick"] += int(empty.sum())
        notes["end"][empty] = notes["start"][empty] + 1
    return notes[np.lexsort((notes["end"], notes["pitch"], notes["track"], notes["start"]))]


def _spans(
    events: NDArray[np.void],
    keys: NDArray[np.int64],
    is_on: NDArray[np.bool_],
    smf: Smf,
    faults: Counter[str],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the row of each note-on and the tick of its end; rows are grouped by key."""
    if not len(events):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    rows = np.arange(len(events))
    first = np.flatnonzero(np.diff(keys, prepend=-1))  # first row of each key
    group = np.repeat(np.arange(len(first)), np.diff(first, append=len(events)))
    step = np.where(is_on, 1, -1)
    height = np.cumsum(step)
    height -= (height - step)[first][group]
    # the lowest so far in the group, and never above 0: each step down is a note-off too many
    drop = group * (2 * len(events))
    floor = np.minimum.accumulate(np.minimum(height, 0) - drop) + drop
    before = np.concatenate(([0], floor[:-1]))
    before[first] = 0
    orphan = floor < before
    silent = np.maximum.reduceat(np.where(height == floor, rows, -1), first)
    loose = rows > silent[group]  # from here on a note-off is missing
    ticks = events["tick"]
    paired = np.flatnonzero(is_on & ~loose)
    unpaired = np.flatnonzero(is_on & loose)
    following = np.minimum(unpaired + 1, len(events) - 1)
    same = keys[following] == keys[unpaired]
    same &= following > unpaired
    closed = np.where(same, ticks[following], smf.ends[events["track"][unpaired]])
    missing = int(step[loose].sum())
    if missing:
        faults["a note without an end was closed"] += missing
    if orphan.any():
        faults["a note-off without a note ignored"] += int(orphan.sum())
    return (
        np.concatenate((paired, unpaired)),
        np.concatenate((ticks[~is_on & ~orphan & ~loose], closed)),
    )
