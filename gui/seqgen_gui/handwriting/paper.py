"""Painting a sheet of paper: shadow, guides, ink in mm."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from seqgen_gui.handwriting import colours
from seqgen_gui.handwriting.sheet import Sheet, Word

FINE = 0.12  # mm: a ruled line


@dataclass(frozen=True)
class Look:
    """How ink is painted: the pen in mm, and what is shown beside it."""

    colour: str = "#14213d"
    width: float = 0.35
    guides: bool = False
    glyphs: bool = False  # in a colour of their own


def pen_of(look: Look, colour: QColor | None = None) -> QPen:
    """The pen of a look, in mm."""
    pen = QPen(colour or QColor(look.colour), look.width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def paint_hint(painter: QPainter, room: QRect, colour: QColor) -> None:
    """What is to be seen where there is no paper yet."""
    painter.setPen(colour)
    words = "The letter will be here.\nType a text on the left, then write it."
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)


def paint_paper(painter: QPainter, box: QRectF) -> None:
    """A sheet of paper with its shadow; ``box`` is where it lies, in pixels."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    for reach, shadow in enumerate(colours.SHADOWS, start=1):
        edge = QPainterPath()  # without the paper: what nobody sees takes long to paint
        edge.addRoundedRect(box.adjusted(-reach, 1 - reach, reach, 1 + reach), reach, reach)
        edge.addRect(box)
        painter.fillPath(edge, shadow)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(box, colours.PAPER)
    painter.restore()


def paint_guides(painter: QPainter, sheet: Sheet) -> None:
    """The ruled lines of a sheet, in mm."""
    fine, base = QPen(colours.RULE, FINE), QPen(colours.BASELINE, FINE)
    for left, right, *heights in sheet.guides:
        for number, y in enumerate(heights):
            if 0 <= y <= sheet.height:
                painter.setPen(base if number == 2 else fine)
                painter.drawLine(QPointF(left, y), QPointF(right, y))


def paint_word(painter: QPainter, word: Word, look: Look) -> None:
    """A word, in mm."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen_of(look))
    painter.drawPath(word.ink)
    if not word.glyph.isEmpty():
        painter.setPen(pen_of(look, colours.GLYPH if look.glyphs else None))
        painter.drawPath(word.glyph)


def paint_stroke(painter: QPainter, stroke: QPolygonF) -> None:
    """A stroke with the pen of the painter, in mm."""
    if stroke.size() > 1:
        painter.drawPolyline(stroke)
    else:
        painter.drawPoint(stroke.first())


def paint_sheet(painter: QPainter, sheet: Sheet, look: Look, within: QRectF | None = None) -> None:
    """A sheet, in mm; only words that reach into ``within`` where that is given."""
    if look.guides:
        paint_guides(painter, sheet)
    for word in sheet.words:
        if word.count and (within is None or within.intersects(word.box)):
            paint_word(painter, word, look)


def paint_near(painter: QPainter, sheet: Sheet, look: Look, seen: QRectF, scale: float) -> None:
    """A sheet too large for a picture, in mm: only what is ``seen``, in pixels of the sheet."""
    paint_sheet(painter, sheet, look, QRectF(seen.topLeft() / scale, seen.size() / scale))


def paint_picked(painter: QPainter, words: list[Word], line: bool) -> None:
    """A mark around the words that a click would draw anew, in mm."""
    box = QRectF()
    for word in words:
        box = box.united(word.box)
    box = box.adjusted(-0.9, -0.9, 0.9, 0.9)
    pen = QPen(colours.PICKED_EDGE, 0.0)
    pen.setStyle(Qt.PenStyle.DashLine if line else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.setBrush(colours.PICKED)
    painter.drawRoundedRect(box, 1.0, 1.0)
