"""Ink while it is drawn: where its points will lie on the page, roughly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from seqgen.frontends.handwriting.page.page import ASCENDER, PageSettings
from seqgen.frontends.handwriting.writing.compose import GLYPH_PITCH, SPACE
from seqgen.frontends.handwriting.writing.lines import ModelLine
from seqgen.frontends.handwriting.writing.size import TYPICAL_X_HEIGHT

START = 0.5  # x-heights above the baseline, where a pen is set down


class PenStream:
    """Places points of model lines in mm on one long page, before the words can be laid out.

    The size of a hand is not known before all lines are drawn: it is taken to be typical.
    """

    def __init__(self, lines: Sequence[ModelLine], page: PageSettings) -> None:
        self._scale = page.x_height / TYPICAL_X_HEIGHT
        self._starts, height = _flow(lines, page)
        top, right, bottom, left = page.edges
        width = max((x + w for x, _, w in self._starts), default=0.0)
        self.sheet = page.sheet or (left + width + right, top + height + bottom)

    def place(self, line: int, x: float, y: float) -> tuple[float, float]:
        """A point of a line in the model's unit from its first point, in mm on the page."""
        left, baseline, _ = self._starts[line]
        return round(left + x * self._scale, 2), round(baseline + y * self._scale, 2)

    def told(self, data: dict[str, Any]) -> dict[str, Any]:
        """The ``data`` of a scribe with its points in mm."""
        ink = [
            {
                **some,
                "points": [[*self.place(some["line"], x, y), up] for x, y, up in some["points"]],
            }
            for some in data.get("ink", ())
        ]
        return {"ink": ink, "sheet": list(self.sheet)} if ink else {}


def _flow(
    lines: Sequence[ModelLine], page: PageSettings
) -> tuple[list[tuple[float, float, float]], float]:
    """Where lines begin and how wide they are, flowed like words; and the height of all."""
    top, _, _, left = page.edges
    starts = []
    across, row, paragraph = 0.0, 0, 0
    for line in lines:
        width = len(line.text) * GLYPH_PITCH * page.x_height
        own = line.places[0].paragraph
        if own != paragraph:
            across, row = 0.0, row + own - paragraph
        elif across and across + width > page.text_width:
            across, row = 0.0, row + 1
        paragraph = own
        baseline = top + ASCENDER * page.x_height + row * page.pitch
        starts.append((left + across, baseline - START * page.x_height, width))
        across += width + SPACE * page.x_height
    return starts, ASCENDER * page.x_height + row * page.pitch + page.x_height
