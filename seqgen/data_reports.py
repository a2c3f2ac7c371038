"""What is reported of training data: plain structs, as in ``seqgen.reports``."""

from __future__ import annotations

import msgspec


class Lengths(msgspec.Struct, frozen=True, kw_only=True):
    """How long pieces or lines are, in notes or points (``unit``).

    ``counts[i]`` of them are at least ``edges[i]`` long and shorter than ``edges[i + 1]``; the
    last bin holds its upper edge.
    """

    unit: str
    edges: list[float]
    counts: list[int]


class PieceExample(msgspec.Struct, frozen=True, kw_only=True):
    """The beginning of a piece: notes as (start, end, pitch), in ticks."""

    name: str
    notes: list[tuple[int, int, int]]


class LineExample(msgspec.Struct, frozen=True, kw_only=True):
    """A line of ink: strokes as points (x, y), y down, in the unit of the source."""

    text: str
    hand: str
    strokes: list[list[tuple[float, float]]]


class DataReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a source of training data holds.

    ``dataset`` is the data set it was recognised as, ``skipped`` what training would leave
    out, by name, with the reason.
    """

    kind: str = "music"
    path: str
    dataset: str
    pieces: int
    notes: int
    skipped: dict[str, str]
    lengths: Lengths | None = None
    examples: list[PieceExample] = []


class SplitCount(msgspec.Struct, frozen=True, kw_only=True):
    """How much a split holds."""

    lines: int
    hands: int
    points: int


class SplitListReport(msgspec.Struct, frozen=True, kw_only=True):
    """What is at hand of a published list of forms, found at ``path``.

    ``lines`` tells for each form how many of its lines are used, of how many.
    """

    name: str
    path: str
    split: str
    used: int
    expected: int
    lines: dict[str, tuple[int, int]]


class InkReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a source of handwriting holds, of all the lines that are in a split.

    ``characters`` maps each to how often it is written, the most frequent first. ``spikes`` are
    steps inside strokes of over ``spike_units``, errors of the tracker, ``spike_lines`` the lines
    with one; all three are None where the unit of the ink is not known. ``repeats`` are points
    equal to the one before. ``skipped`` is what training leaves out, with the reason.
    """

    kind: str = "handwriting"
    path: str
    dataset: str
    lines: int
    hands: int
    strokes: int
    points: int
    splits: dict[str, SplitCount]
    lists: list[SplitListReport]
    characters: dict[str, int]
    longest_points: int
    longest_text: int
    spikes: int | None
    spike_lines: int | None
    spike_units: float | None
    repeats: int
    skipped: dict[str, str]
    warnings: list[str]
    lengths: Lengths | None = None
    examples: list[LineExample] = []
