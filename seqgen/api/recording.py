"""Write what was played on a keyboard as a MIDI file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seqgen.api.output_file import write_output
from seqgen.config import ExcerptResult
from seqgen.errors import UsageError
from seqgen.frontends.music.midi.score import DRUM_CHANNEL, NOTE, Track
from seqgen.frontends.music.midi.smf import EVENT, Smf, read_smf, write_smf
from seqgen.frontends.music.midi.writer import CONTROL, SUSTAIN, new_piece

TICKS_PER_BEAT = 960  # half a millisecond at 120 bpm: nothing is drawn to a grid
METER = (4, 4)
TEMPOS = 4.0, 1000.0  # beats a minute that a file can hold, and more
LEAST = 1  # tick that a note lasts
LONGEST = 86_400.0  # seconds
Note = tuple[float, float, int, int, int]
Pedal = tuple[float, int, int]


def record_music(
    output: str, tempo: float, notes: Sequence[Note], pedals: Sequence[Pedal] = ()
) -> ExcerptResult:
    """Write notes as they were played, in 4/4 at ``tempo`` beats a minute; a track a channel.

    ``notes`` are start and end (seconds from bar 1), pitch, velocity and channel (from 0);
    ``pedals`` are second, channel and value of the sustain pedal. Raises UsageError for a
    recording without notes or what no file can hold, OutputError where it cannot be written.
    """
    _check(tempo, notes, pedals)
    channels = sorted({note[4] for note in notes})
    tracks = [_track(index, channel) for index, channel in enumerate(channels)]
    per_second = tempo / 60 * TICKS_PER_BEAT
    rows = []
    for start, end, pitch, velocity, channel in notes:
        first = round(start * per_second)
        last = max(round(end * per_second), first + LEAST)
        rows.append((first, last, pitch, velocity, channel, channels.index(channel)))
    data = new_piece(tracks, np.array(rows, NOTE), TICKS_PER_BEAT, round(60e6 / tempo), METER)
    places = {channel: place for place, channel in enumerate(channels, start=1)}
    moved = [
        (round(second * per_second), places[channel], -1, CONTROL | channel, SUSTAIN, value)
        for second, channel, value in pedals
        if channel in places
    ]
    write_output(output, _with(data, np.array(moved, EVENT)), force=False)
    return ExcerptResult(path=output, notes=len(notes))


def _track(index: int, channel: int) -> Track:
    drums = channel == DRUM_CHANNEL
    return Track(index, "Drums" if drums else "Keyboard", channel, 0, drums, "")


def _with(data: bytes, events: NDArray[np.void]) -> bytes:
    """The file with more events, behind those that are there at their ticks."""
    smf, _ = read_smf(data, "a recording")
    both = np.concatenate((smf.events, events))
    both = both[np.lexsort((both["tick"], both["track"]))]
    return write_smf(Smf(smf.format, smf.division, both, smf.payloads, smf.ends))


def _check(tempo: float, notes: Sequence[Note], pedals: Sequence[Pedal]) -> None:
    if not notes:
        raise UsageError("nothing was recorded")
    least, most = TEMPOS
    if not least <= tempo <= most:
        raise UsageError(f"tempo {tempo:g} is out of range, allowed: {least:g} to {most:g}")
    for start, end, pitch, velocity, channel in notes:
        sound = 0 <= pitch < 128 and 0 < velocity < 128 and 0 <= channel < 16
        if not (0 <= start <= end <= LONGEST and sound):
            raise UsageError(f"no note: {(start, end, pitch, velocity, channel)}")
    for second, channel, value in pedals:
        if not (0 <= second <= LONGEST and 0 <= channel < 16 and 0 <= value < 128):
            raise UsageError(f"no movement of a pedal: {(second, channel, value)}")
