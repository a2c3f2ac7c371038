"""Colours of runs in a plot, made for the window's theme."""

from __future__ import annotations

from PySide6.QtGui import QColor

from seqgen_gui.shell.colours import Colours

_HUES = (222, 24, 152, 322, 46, 268, 186, 90)
PALE = 90  # of 255: what single batches are drawn with


def run_colour(number: int, colours: Colours) -> QColor:
    """The colour of the run of this number; the first is the accent."""
    if number == 0:
        return QColor(colours.accent)
    on_dark = QColor(colours.base).lightness() < QColor(colours.text).lightness()
    return QColor.fromHsl(_HUES[number % len(_HUES)], 170, 165 if on_dark else 95)


def pale(colour: QColor) -> QColor:
    """A colour that what lies behind shines through."""
    faded = QColor(colour)
    faded.setAlpha(PALE)
    return faded
