"""The desk that sheets lie on: one below the other, in the middle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize

from seqgen_gui.handwriting.sheet import Sheet

GAP = 22  # pixels around sheets


def height_of(sheets: Sequence[Sheet], scale: float) -> float:
    """How high the desk is in pixels, at ``scale`` pixels a mm."""
    return sum(sheet.height * scale + GAP for sheet in sheets) + GAP


def place_of(sheets: Sequence[Sheet], number: int, scale: float, room: QSize) -> QRectF:
    """Where a sheet lies on the desk, in pixels; ``room`` is what is seen of the desk."""
    if not sheets:
        return QRectF()
    top = GAP + sum(sheet.height * scale + GAP for sheet in sheets[:number])
    top += max((room.height() - height_of(sheets, scale)) / 2, 0.0)
    width, height = sheets[number].width * scale, sheets[number].height * scale
    left = max((room.width() - width) / 2, GAP)
    return QRectF(round(left), round(top), width, height)
