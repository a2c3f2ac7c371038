"""The settings of a page of handwriting: size, margins, line pitch and the like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from seqgen.errors import UsageError, did_you_mean
from seqgen.frontends.handwriting.page.sizes import LARGEST_SIDE, page_size

ALIGNMENTS = ("left", "center", "right")
ASCENDER = 2.0  # x-heights above the baseline: the median of IAM-OnDB is 1.9
DESCENDER = 1.0  # x-heights below it, where most lines stay: the median is 0.8
PITCH = 3.0  # x-heights from baseline to baseline: ascenders just clear descenders
FIT_WIDTH = 120.0  # x-heights; a line of the training data has 64 characters at the most
LEAST_X_HEIGHT = 0.5  # mm; a fine pen draws 0.3 mm wide
LARGEST_X_HEIGHT = 200.0  # mm


class Margins(NamedTuple):
    """The space that is kept free on each side of a page, in mm."""

    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, kw_only=True)
class PageSettings:
    """How words are laid out; lengths in mm. UsageError for what makes no page.

    ``size`` is a name of ``page_size``. ``margins`` is one value, or four as in Margins; None
    is a tenth of the shorter side of a sheet, two x-heights around a page that fits.
    ``x_height`` is that of the words, whose ink is not scaled here. ``line_pitch`` None is
    three x-heights. ``wander`` is how far a baseline may stray from the straight, in x-heights;
    with zero every line is straight and starts where it should. ``paragraph_gap`` is added
    between paragraphs. ``fit_width`` is where lines wrap on a page that fits, None
    is 120 x-heights: a line of some 80 characters.
    """

    size: str = "fit"
    margins: float | tuple[float, float, float, float] | None = None
    x_height: float = 2.5
    line_pitch: float | None = None
    align: str = "left"
    wander: float = 0.12
    paragraph_gap: float = 0.0
    fit_width: float | None = None

    def __post_init__(self) -> None:
        if self.align not in ALIGNMENTS:
            near = did_you_mean(self.align, ALIGNMENTS)
            raise UsageError(f"no alignment is called {self.align!r}, {near}")
        _check("x-height", self.x_height, LEAST_X_HEIGHT, LARGEST_X_HEIGHT)
        _check("baseline wander", self.wander, 0.0, 1.0, unit="x-heights")
        _check("space between paragraphs", self.paragraph_gap, 0.0, LARGEST_SIDE)
        _check("text width", self.widest, self.x_height, LARGEST_SIDE)
        for margin in self.edges:
            _check("margin", margin, 0.0, LARGEST_SIDE)
        if not self.x_height <= self.pitch <= LARGEST_SIDE:
            raise UsageError(
                f"line pitch must be from {self.x_height:g} mm (the x-height) to "
                f"{LARGEST_SIDE:g} mm, not {self.pitch:g}"
            )
        top, right, bottom, left = self.edges
        self._check_room("wide", self.largest[0], (left, right), 1.0)
        self._check_room("high", self.largest[1], (top, bottom), ASCENDER + DESCENDER)

    @property
    def sheet(self) -> tuple[float, float] | None:
        """Width and height of the page in mm; None where the ink decides."""
        return page_size(self.size)

    @property
    def largest(self) -> tuple[float, float]:
        """Width and height in mm that a page cannot exceed: the sheet, or the limit of all."""
        return self.sheet or (LARGEST_SIDE, LARGEST_SIDE)

    @property
    def edges(self) -> Margins:
        """The margins in force, in mm."""
        if isinstance(self.margins, tuple):
            return Margins(*self.margins)
        if self.margins is not None:
            return Margins(*4 * (self.margins,))
        sheet = self.sheet
        return Margins(*4 * (min(sheet) / 10 if sheet else 2 * self.x_height,))

    @property
    def pitch(self) -> float:
        """From baseline to baseline, in mm."""
        return PITCH * self.x_height if self.line_pitch is None else self.line_pitch

    @property
    def room(self) -> tuple[float, float]:
        """Width and height in mm that ink may take between the margins, at the most."""
        width, height = self.largest
        top, right, bottom, left = self.edges
        return width - left - right, height - top - bottom

    @property
    def text_width(self) -> float:
        """Where lines wrap, in mm from the left margin."""
        return self.room[0] if self.sheet else min(self.widest, self.room[0])

    @property
    def widest(self) -> float:
        """Where lines wrap in mm on a page that fits."""
        if self.fit_width is not None:
            return self.fit_width
        return min(FIT_WIDTH * self.x_height, LARGEST_SIDE)

    def _check_room(
        self, along: str, side: float, margins: tuple[float, float], x_heights: float
    ) -> None:
        free, needed = side - sum(margins), x_heights * self.x_height
        if free < needed:
            first, second = margins
            raise UsageError(
                f"margins of {first:g} and {second:g} mm leave {max(free, 0):g} mm of a page "
                f"{side:g} mm {along}, and an x-height of {self.x_height:g} mm needs {needed:g}"
            )


def _check(name: str, value: float, least: float, most: float, unit: str = "mm") -> None:
    if not least <= value <= most:
        raise UsageError(f"{name} must be from {least:g} to {most:g} {unit}, not {value:g}")
