"""The span of new music: where a primer is joined, where the music ends, the key it keeps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.errors import UsageError
from seqgen.frontends.music.midi.score import Score
from seqgen.frontends.music.playing import theory

LONGEST = 40_000
"""Beats of new music: over two hours at 300 a minute."""


@dataclass(frozen=True)
class Span:
    """The new music: from tick ``join`` to tick ``end``, ``most`` notes where that is set."""

    join: int
    end: int
    most: int | None = None


def playing_tracks(score: Score, join: int) -> list[int]:
    """The tracks that hold notes before the join."""
    before = score.notes[score.notes["start"] < join]
    return [int(index) for index in np.unique(before["track"])]


def find_join(score: Score, at: int | None) -> int:
    """The tick where the new music starts: the first bar line after all notes, or bar ``at``."""
    end = int(score.notes["end"].max()) if len(score.notes) else 0
    if at is None:
        return score.meters.next_bar_line(end)
    last = score.meters.bar_index(score.meters.next_bar_line(end)) + 1
    if not 2 <= at <= last:
        raise UsageError(
            f"bar {at} is out of range, allowed: 2 to {last}, the bar after the music"
        )
    return score.meters.bar_line(at - 1)


def overrun(score: Score) -> int:
    """How many ticks the last note reaches into a bar, where that is an eighth of a beat at most.

    A musician means such notes to end with the bar before; 0 where none does.
    """
    end = int(score.notes["end"].max())
    over = end - score.meters.bar_start(end)
    return over if over <= score.ticks_per_beat // 8 else 0


def find_span(score: Score, join: int, length: tuple[str, float]) -> Span:
    """The span of ``length``, a number of ``bars``, ``seconds`` or ``notes``, from ``join`` on.

    UsageError where that is more than LONGEST beats, as at an absurd tempo or meter.
    """
    unit, amount = length
    meters, tempos = score.meters, score.tempos
    if unit == "notes":
        return Span(join, np.iinfo(np.int64).max // 4, int(amount))
    if unit == "bars":
        end = meters.bar_line(meters.bar_index(join) + int(amount))
    else:
        end = max(join + 1, tempos.ticks(tempos.seconds(join) + amount))
    beats = (end - join) // score.ticks_per_beat
    if beats > LONGEST:
        raise UsageError(
            f"{unit} {amount:g} are {beats} beats in this primer, allowed: at most {LONGEST}"
        )
    return Span(join, end)


def find_scale(score: Score, join: int, key: str) -> tuple[str | None, NDArray[np.bool_] | None]:
    """The key to keep to and its pitches; ``auto`` finds it in the notes before ``join``."""
    if key == "off":
        return None, None
    if key != "auto":
        name = theory.parse_key(key)
        return name, theory.pitches_in(name)
    drums = np.array([track.is_drums for track in score.tracks], bool)
    notes = score.notes[(score.notes["start"] < join)]
    notes = notes[~drums[notes["track"]]] if len(notes) else notes
    if len(np.unique(notes["pitch"] % 12)) < 3:
        raise UsageError(
            "key auto needs a primer with three different pitches at least, name a key"
        )
    name = theory.find_key(notes["pitch"], notes["end"] - notes["start"])
    return name, theory.pitches_in(name)
