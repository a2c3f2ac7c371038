"""Finding things in a picture of the screen."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.journeys.screen import Picture


def number(colour: str) -> int:
    """The pixel of a colour that is written #rrggbb."""
    return int(colour[1:], 16)


def first_row(picture: Picture, colour: str, least: int) -> tuple[int, int]:
    """Where the uppermost row with so many pixels of a colour has the first of them, as x, y."""
    hits = picture == number(colour)
    y = int(np.argmax(hits.sum(axis=1) >= least))
    if hits[y].sum() < least:
        raise AssertionError(f"there is no row with {least} pixels of {colour}")
    return int(np.argmax(hits[y])), y


def groove(picture: Picture, colour: str, height: int = 4) -> tuple[int, int]:
    """Where the uppermost slider begins, by its groove of a height, as x, y."""
    hits = np.pad(picture == number(colour), ((1, 1), (0, 0)))
    rows = len(picture) - height + 1
    inside = np.all([hits[1 + dy : 1 + dy + rows] for dy in range(height)], axis=0)
    bars = inside & ~hits[:rows] & ~hits[height + 1 : height + 1 + rows]
    y = int(np.argmax(bars.sum(axis=1) >= 20))
    return int(np.argmax(bars[y])), y


def ink(picture: Picture) -> Any:
    """Which pixels are so dark that they must be ink on paper, (height, width)."""
    return channels(picture).max(axis=0) < 110


def near(pixels: Picture, colour: str) -> Any:
    """Which pixels nearly have a colour, as the rounded frames of the focus do."""
    wanted = channels(np.array([number(colour)]))
    return np.abs(channels(pixels) - wanted).max(axis=0) < 40


def channels(picture: Any) -> Any:
    """Red, green and blue, from 0 to 255, each of the shape of the picture."""
    return np.stack([(picture >> shift & 255).astype(int) for shift in (16, 8, 0)])


def sheet(picture: Picture, colour: str, least: int) -> tuple[int, int, int]:
    """The left, upper and lower edge of what has a colour and is at least so wide."""
    hits = picture == number(colour)
    (rows,) = np.nonzero(hits.sum(axis=1) >= least)
    return int(np.argmax(hits[rows[0]])), int(rows[0]), int(rows[-1])
