"""Pieces made in code, for what the roll shows."""

from __future__ import annotations

import random
from dataclasses import replace

from seqgen_gui.music.notes import notes_of
from seqgen_gui.music.paint import Picture
from seqgen_gui.music.sheet import Sheet, empty_sheet

BAR = 4 * 480


def piece(bars: int = 16, notes: int = 400, seed: int = 0) -> Sheet:
    """Random notes on three tracks, in 4/4 at 480 ticks a beat."""
    rng = random.Random(seed)
    rows = []
    for _ in range(notes):
        start = rng.randrange(bars * 16) * 120
        end = min(start + rng.choice((120, 480, 960)), bars * BAR)
        rows.append((start, end, rng.randint(40, 90), rng.randint(1, 127), rng.randrange(3)))
    return replace(empty_sheet(), notes=notes_of(rows), end=bars * BAR, next_bar=bars + 1)


def picture(bars: int = 16, ghost: int = 30) -> Picture:
    """A piece with a take of two bars behind it."""
    end = bars * BAR
    rows = [(end + 120 * i, end + 120 * i + 240, 60 + i % 7, 90, i % 3) for i in range(ghost)]
    return Picture(sheet=piece(bars), ghost=notes_of(rows), new=(end, end + 2 * BAR))
