"""How long the pieces or lines of a source are, in bins."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from seqgen.data_reports import Lengths

BINS = 24


def lengths_of(values: Sequence[int], unit: str) -> Lengths | None:
    """Count lengths in bins of equal width from 0 to the longest; None where there are none."""
    if not values:
        return None
    longest = max(*values, 1)
    counts, edges = np.histogram(values, bins=min(BINS, longest), range=(0, longest))
    return Lengths(unit=unit, edges=edges.tolist(), counts=counts.tolist())
