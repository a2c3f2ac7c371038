"""What a set of lines holds, counted: ink, text, and what a tracker got wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.ink.ink import Ink

SPIKE_UNITS = 300.0
"""Whiteboard units; a step of the pen that long inside a stroke is an error of the tracker."""


@dataclass(frozen=True)
class Census:
    """Counts over lines. ``characters`` maps each character to how often it is written.

    ``spikes`` are steps inside strokes of over 300 units and ``spike_lines`` the lines with
    one; ``repeats`` are points equal to the one before in their stroke.
    """

    lines: int
    hands: int
    strokes: int
    points: int
    characters: dict[str, int]
    longest_points: int
    longest_text: int
    spikes: int
    spike_lines: int
    repeats: int


def census(lines: Sequence[Line]) -> Census:
    """Count what lines in whiteboard units hold."""
    steps = [_steps(line.ink) for line in lines]
    spikes = [int((length > SPIKE_UNITS).sum()) for length in steps]
    texts = Counter[str]()
    for line in lines:
        texts.update(line.text)
    return Census(
        lines=len(lines),
        hands=len({line.hand for line in lines}),
        strokes=sum(len(line.ink.strokes) for line in lines),
        points=sum(line.ink.points for line in lines),
        characters=dict(sorted(texts.items(), key=lambda item: (-item[1], item[0]))),
        longest_points=max((line.ink.points for line in lines), default=0),
        longest_text=max((len(line.text) for line in lines), default=0),
        spikes=sum(spikes),
        spike_lines=sum(map(bool, spikes)),
        repeats=sum(int((length == 0).sum()) for length in steps),
    )


def _steps(ink: Ink) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return the lengths of the steps inside strokes, (points - strokes,)."""
    points = np.concatenate(ink.strokes)
    inside = np.ones(len(points) - 1, bool)
    inside[np.cumsum([len(stroke) for stroke in ink.strokes])[:-1] - 1] = False
    lengths: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    lengths = np.hypot(*np.diff(points, axis=0).T)[inside]
    return lengths
