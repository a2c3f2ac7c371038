"""Scores to be played."""

from __future__ import annotations

from seqgen_gui.sound.score import Instrument, Score


def scale(notes: int = 8, length: float = 0.25) -> Score:
    """A scale on the piano, a bass and a drum under it."""
    rows = [(i * length, (i + 1) * length, 60 + i, 90, 0) for i in range(notes)]
    rows += [(0.0, notes * length, 36, 80, 1), (0.0, 0.1, 36, 100, 2)]
    instruments = (Instrument(), Instrument(32, pan=-0.3), Instrument(is_drums=True))
    return Score(tuple(sorted(rows)), instruments)
