"""Page sizes in mm, by name or as width x height."""

from __future__ import annotations

import re

from seqgen.errors import UsageError, did_you_mean

FIT = "fit"
"""The name of the page that is as large as its ink and margins."""
LEAST_SIDE = 5.0  # mm
LARGEST_SIDE = 10_000.0  # mm

_PAPER = {
    "a3": (297.0, 420.0),
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "a6": (105.0, 148.0),
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
}
PAPER = _PAPER | {f"{name}-landscape": (high, wide) for name, (wide, high) in _PAPER.items()}
"""Width and height in mm of the sheets that have a name (ISO 216, ANSI/ASME Y14.1)."""

_MEASURES = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(?:mm)?")


def page_size(name: str) -> tuple[float, float] | None:
    """Width and height in mm of the page ``name``; None for ``fit``, which the ink decides.

    ``name`` is in any case: ``fit``, a key of PAPER, or measures in mm such as ``148.5x210``.
    UsageError for an unknown name and for a side that no pen or plotter can fill.
    """
    plain = name.strip().lower()
    if plain == FIT:
        return None
    if plain in PAPER:
        return PAPER[plain]
    measures = _MEASURES.fullmatch(plain)
    if measures is None:
        near = did_you_mean(plain, [FIT, *PAPER])
        raise UsageError(f"no page is called {name!r} (a size in mm is written 148.5x210), {near}")
    width, height = map(float, measures.groups())
    for side in (width, height):
        if not LEAST_SIDE <= side <= LARGEST_SIDE:
            raise UsageError(
                f"page {name!r}: a side must be from {LEAST_SIDE:g} to {LARGEST_SIDE:g} mm, "
                f"not {side:g}"
            )
    return width, height
