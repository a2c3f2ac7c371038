"""What the curves of several runs say at the place that is read off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from seqgen_gui.shell.colours import Colours

EDGE, SWATCH = 8, 10  # logical pixels
Row = tuple[QColor, str]


def paint_legend(
    painter: QPainter, area: QRectF, x: float, rows: Sequence[Row], colours: Colours
) -> None:
    """Draw rows in a box beside ``x``, on the side where there is more room."""
    metrics = painter.fontMetrics()
    line = metrics.height()
    wide = max(metrics.horizontalAdvance(text) for _, text in rows) + SWATCH + 3 * EDGE
    box = QRectF(x + EDGE, area.top() + EDGE, wide, len(rows) * line + 2 * EDGE)
    if x > area.center().x():
        box.moveRight(x - EDGE)
    paper = QColor(colours.window)
    paper.setAlpha(235)
    painter.setPen(QColor(colours.border))
    painter.setBrush(paper)
    painter.drawRoundedRect(box, 4, 4)
    for number, (colour, text) in enumerate(rows):
        top = box.top() + EDGE + number * line
        swatch = QRectF(box.left() + EDGE, top + (line - SWATCH) / 2, SWATCH, SWATCH)
        painter.fillRect(swatch, colour)
        painter.setPen(QColor(colours.text))
        base = QPointF(swatch.right() + EDGE, top + metrics.ascent())
        painter.drawText(base, text)
    painter.setBrush(Qt.BrushStyle.NoBrush)
