"""Handwriting as data for a window: pages of ink to draw and pick, samples of styles."""

from __future__ import annotations

import msgspec


class SheetWord(msgspec.Struct, frozen=True, kw_only=True):
    """A word on a sheet: its place in the text, its line on the sheet, all from 0.

    It has the next ``strokes`` strokes of the sheet; those that glyphs drew are numbered in it
    by ``glyphs``. ``box`` is left, top, right and bottom of its ink in mm, all 0 for none.
    """

    text: str
    paragraph: int
    word: int
    line: int
    strokes: int
    glyphs: list[int]
    box: tuple[float, float, float, float]


class InkSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A page of ``width`` by ``height`` mm to be drawn on a screen.

    ``points`` are x and y in mm from the top left corner, stroke by stroke, as little-endian
    f4; JSON carries them as base64. ``lengths`` (i4) are the points of every stroke, ``ways``
    (f4) how far the pen goes in it in mm. ``guides`` are left, right and the y of ascender,
    x-height, baseline and descender, line by line.
    """

    width: float
    height: float
    words: list[SheetWord]
    points: bytes
    lengths: bytes
    ways: bytes
    guides: list[tuple[float, float, float, float, float, float]]
    pen_mm: float
    travel_mm: float
    plot_seconds: float
    lifts: int


class HandwritingSheets(msgspec.Struct, frozen=True, kw_only=True):
    """A letter to be drawn on a screen; see ``HandwritingResult`` and ``Letter``."""

    sheets: list[InkSheet]
    seed: int
    model: str
    engine: str
    style: str
    temperature: float
    redrawn: dict[str, int]
    faults: dict[str, int]
    glyphs: dict[str, int]
    missing: dict[str, int]
    licence: str
    warnings: list[str]


class StyleSample(msgspec.Struct, frozen=True, kw_only=True):
    """A style by its name, with ink of a few words in it: see ``InkSheet`` for the columns."""

    name: str
    width: float
    height: float
    points: bytes
    lengths: bytes


class OwnLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of somebody's ink and the text it shows: see ``InkSheet`` for the columns.

    Points are in mm, or in the unit of a device where the file names no length.
    """

    text: str
    points: bytes
    lengths: bytes


class OwnLines(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of a file of ink; ``unit`` is mm or dev."""

    lines: list[OwnLine]
    unit: str


class HandwritingStyles(msgspec.Struct, frozen=True, kw_only=True):
    """The styles of a model: all their names, and samples of those that were asked for.

    ``hands`` are the user's own that were fitted for it.
    """

    model: str
    names: list[str]
    hands: list[str] = []
    samples: list[StyleSample]
