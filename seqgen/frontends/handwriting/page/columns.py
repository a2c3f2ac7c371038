"""Columns of lines: what stands on one page, and how deep each baseline lies there."""

from __future__ import annotations

from dataclasses import dataclass, field

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.page.lines import Line
from seqgen.frontends.handwriting.page.page import PageSettings
from seqgen.frontends.handwriting.page.sizes import FIT, LARGEST_SIDE

_ROUNDING = 1e-9  # mm


@dataclass
class Column:
    """The lines of a page: each lies ``offsets`` mm below the first baseline.

    The first baseline lies ``head`` mm below the top of all that the lines claim, and the
    bottom ``foot`` mm below that baseline.
    """

    head: float = 0.0
    foot: float = 0.0
    lines: list[Line] = field(default_factory=list)
    offsets: list[float] = field(default_factory=list)

    def takes(self, line: Line, offset: float, room: float) -> bool:
        """Add ``line`` if all still fits in ``room`` mm; says whether it did."""
        above, below = line.claim
        head, foot = max(self.head, above - offset), max(self.foot, offset + below)
        if head + foot > room + _ROUNDING:
            return False
        self.head, self.foot = head, foot
        self.lines.append(line)
        self.offsets.append(offset)
        return True


class Columns:
    """Lines a pitch apart, in columns that are as high as a page at the most.

    Blank lines that find no room at the end of a page are dropped. UsageError for a line that
    is higher than a page, and for a text that is too long for a page that fits.
    """

    def __init__(self, settings: PageSettings) -> None:
        self._settings = settings
        self.columns: list[Column] = []

    def add(self, line: Line) -> bool:
        """Take the next line; False if it was dropped."""
        settings = self._settings
        if self.columns:
            column = self.columns[-1]
            same = column.lines[-1].row.paragraph == line.row.paragraph
            step = settings.pitch + (0.0 if same else settings.paragraph_gap)
            taken = column.takes(line, column.offsets[-1] + step, settings.room[1])
            if taken or not line.row.words:
                return taken
            if settings.sheet is None:
                raise UsageError(
                    f"the text needs a page of more than {LARGEST_SIDE:g} mm, choose a sheet "
                    f"such as a4 in place of {FIT!r}"
                )
        self.columns.append(_opened(line, settings.room[1]))
        return True


def _opened(line: Line, room: float) -> Column:
    """A column that begins with ``line``, which may claim less than it wants."""
    for above, below in (line.claim, line.ink):
        if above + below <= room + _ROUNDING:
            return Column(above, below, [line], [0.0])
    tallest = max(line.row.words, key=lambda word: word.ink.box().height if word.ink else 0.0)
    raise UsageError(
        f"the line with {tallest.text!r} is {sum(line.ink):.1f} mm high and the page has "
        f"{room:.1f} mm, choose a smaller x-height or a larger page"
    )
