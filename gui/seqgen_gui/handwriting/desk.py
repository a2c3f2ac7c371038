"""The desk that sheets lie on: one below the other, in the middle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QScrollBar

from seqgen_gui.handwriting.sheet import Sheet

GAP = 22  # pixels around sheets
SCALES = (0.3, 60.0)  # pixels a mm


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


def sizes_of(sheets: Sequence[Sheet]) -> list[tuple[float, float]]:
    """Width and height of each sheet, in mm."""
    return [(sheet.width, sheet.height) for sheet in sheets]


def counts_of(sheets: Sequence[Sheet]) -> list[int]:
    """How many words each sheet has."""
    return [len(sheet.words) for sheet in sheets]


def fitting(sheet: Sheet, room: QSize) -> float:
    """The scale at which a sheet is seen whole."""
    across = (room.width() - 2 * GAP) / sheet.width
    down = (room.height() - 2 * GAP) / sheet.height
    return min(max(min(across, down), SCALES[0]), SCALES[1])


def set_bar(bar: QScrollBar, whole: float, page: int) -> None:
    """Have a scroll bar go over the whole, of which a page is seen; all in pixels."""
    bar.setRange(0, max(round(whole - page), 0))
    bar.setPageStep(page)
    bar.setSingleStep(40)
