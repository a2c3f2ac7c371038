"""Colours of paper: the same in both themes, for paper stays paper."""

from __future__ import annotations

from PySide6.QtGui import QColor

PAPER = QColor("#fffefb")
RULE = QColor("#b9c8dc")
BASELINE = QColor("#93abc9")
MARGIN = QColor("#ecd3d3")
GLYPH = QColor("#c2570c")  # ink of characters that glyphs drew, where they are shown
PICKED = QColor(52, 80, 180, 28)  # the word under the pointer
PICKED_EDGE = QColor(52, 80, 180, 130)
WET = QColor("#8a93a6")  # ink that has no place yet
SHADOWS = tuple(QColor(0, 0, 0, alpha) for alpha in (26, 18, 11, 6, 3))
