"""The grid: the places in a beat where new notes may start, told from those of a primer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.music.codecs.clock import UNITS_PER_BEAT

ON_GRID = 0.75
"""The share of onsets that makes a grid."""
USED = 0.02
"""The share of onsets from which on a place off the grid counts too."""
_GRIDS = np.arange(UNITS_PER_BEAT) % np.array([[UNITS_PER_BEAT // 4], [UNITS_PER_BEAT // 3]]) == 0


def places_in_beat(onsets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where in a beat (12,) notes may start after ``onsets``, in metric units.

    16ths or eighth triplets, whichever hold more onsets, if they hold three in four, with every
    other place that one in fifty takes; else all places. A new piece may use both.
    """
    if len(onsets) == 0:
        return np.asarray(_GRIDS.any(axis=0))
    found = np.unique(onsets)
    share = np.bincount(found % UNITS_PER_BEAT, minlength=UNITS_PER_BEAT) / len(found)
    grid = _GRIDS[(_GRIDS @ share).argmax()]
    if share[grid].sum() < ON_GRID:
        return np.ones(UNITS_PER_BEAT, np.bool_)
    return np.asarray(grid | (share >= USED))
