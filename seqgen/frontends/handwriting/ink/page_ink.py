"""Ink on a page: its size in mm, and what each pen draws."""

from __future__ import annotations

from dataclasses import dataclass, field

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.ink.ink import Ink

WIDEST_PEN = 20.0  # mm


@dataclass(frozen=True)
class PenInk:
    """What one pen draws; ``width`` is its line in mm. UsageError for a width no pen has."""

    ink: Ink
    name: str = "ink"
    colour: str = "black"
    width: float = 0.4

    def __post_init__(self) -> None:
        if not 0 < self.width <= WIDEST_PEN:
            raise UsageError(
                f"pen width must be above 0 and at most {WIDEST_PEN:g} mm, not {self.width:g}"
            )


@dataclass(frozen=True)
class PageInk:
    """A page of ``width`` by ``height`` mm; ink in mm from its top left corner.

    ``pens`` in the order they are used. ``guides`` are ruled lines, which are not to be plotted.
    """

    width: float
    height: float
    pens: tuple[PenInk, ...]
    guides: Ink = field(default_factory=Ink)

    def __post_init__(self) -> None:
        if not (0 < self.width < float("inf") and 0 < self.height < float("inf")):
            raise ValueError(f"a page cannot be {self.width:g} by {self.height:g} mm")
