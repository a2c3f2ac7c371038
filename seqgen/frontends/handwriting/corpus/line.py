"""A line of handwriting and the text that it shows."""

from __future__ import annotations

from dataclasses import dataclass

from seqgen.frontends.handwriting.ink.ink import Ink


@dataclass(frozen=True)
class Line:
    """One written line of a source.

    ``name`` is its label in the source; ``hand`` names the writer or the form it was written
    on (lines of one hand share a style). ``ink`` is in the source's own units.
    """

    name: str
    hand: str
    text: str
    ink: Ink
