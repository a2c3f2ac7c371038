"""Pictures of sheets: kept ones, and those of a letter that is only partly written."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap

from seqgen_gui.handwriting import colours
from seqgen_gui.handwriting.paper import (
    Look,
    paint_guides,
    paint_stroke,
    paint_word,
    pen_of,
)
from seqgen_gui.handwriting.pen import Pen
from seqgen_gui.handwriting.sheet import Sheet
from seqgen_gui.handwriting.stream import Stream

TURN = 8  # milliseconds of words that are painted at a time
HAIR = 0.98  # pixels: a line that the painter draws fast
LARGEST = 12_000_000  # pixels of a picture that is kept


class DryPictures:
    """Pictures of sheets that are written, painted a few words at a time: the window stays awake.

    ``unfinished`` says whether one that was asked for lacks words.
    """

    def __init__(self) -> None:
        self._pictures: dict[int, tuple[QPixmap, int]] = {}  # with the words that are in it
        self.unfinished = False

    def clear(self) -> None:
        """Begin anew, as after a change of the pen."""
        self._pictures.clear()

    def picture(
        self, number: int, sheet: Sheet, look: Look, scale: float, ratio: float
    ) -> QPixmap | None:
        """The ink of a sheet, as far as it is painted; None where it is too large to be kept."""
        picture, done = self._pictures.get(number, (None, 0))
        if picture is None:
            picture = _blank(sheet, scale, ratio)
        if picture is None or (done and done == len(sheet.words)):
            return picture
        turn = QElapsedTimer()
        turn.start()
        painter = _painter(picture, scale)
        if not done and look.guides:
            paint_guides(painter, sheet)
        for word in sheet.words[done:]:
            if word.strokes:
                paint_word(painter, word, look)
            done += 1
            if turn.hasExpired(TURN):
                break
        painter.end()
        self._pictures[number] = picture, done
        self.unfinished |= done < len(sheet.words)
        return picture


def _blank(sheet: Sheet, scale: float, ratio: float) -> QPixmap | None:
    width, height = (round(side * scale * ratio) + 1 for side in (sheet.width, sheet.height))
    if width * height > LARGEST:
        return None
    picture = QPixmap(width, height)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _painter(picture: QPixmap, scale: float) -> QPainter:
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    return painter


class WetPictures:
    """Pictures of sheets that grow stroke by stroke as the pen goes on."""

    def __init__(self) -> None:
        self._pictures: dict[int, tuple[QPixmap, int]] = {}  # with the strokes that are in it

    def clear(self) -> None:
        """Begin anew, as after a change of the zoom."""
        self._pictures.clear()

    def picture(
        self, number: int, sheet: Sheet, pen: Pen, look: Look, scale: float, ratio: float
    ) -> QPixmap | None:
        """What the pen has written of a sheet; None where it is too large to be kept."""
        done, part = pen.way.at(pen.gone)
        picture, begun = self._pictures.get(number, (None, 0))
        if picture is None:
            picture = _blank(sheet, scale, ratio)
        if picture is None:
            return None
        painter = _painter(picture, scale)
        if not begun and look.guides:
            paint_guides(painter, sheet)
        painter.setPen(pen_of(look))
        for owner, _, stroke in pen.way.strokes[begun:done]:
            if owner == number:
                paint_stroke(painter, stroke)
        if done < len(pen.way.strokes) and pen.way.strokes[done][0] == number:
            painter.drawPolyline(part)
        painter.end()
        self._pictures[number] = picture, done
        return picture


class StreamPicture:
    """The picture of ink that has no place yet; only what is new is painted."""

    def __init__(self) -> None:
        self._picture: QPixmap | None = None
        self._key: tuple[object, ...] = ()

    def picture(
        self, stream: Stream, sheet: Sheet, look: Look, scale: float, ratio: float
    ) -> QPixmap | None:
        """All ink so far; None where the sheet is too large for a picture."""
        key = (stream.age, sheet.width, sheet.height, look, scale, ratio)
        if key != self._key or self._picture is None:
            self._key, self._picture = key, _blank(sheet, scale, ratio)
            if self._picture is None:
                return None
            stream.take_fresh()
            painter = _painter(self._picture, scale)
            paint_stream(painter, stream.whole, sheet, look, scale)
        else:
            painter = _painter(self._picture, scale)
            _paint_wet(painter, stream.take_fresh(), look, scale)
        painter.end()
        return self._picture


def paint_stream(
    painter: QPainter, ink: QPainterPath, sheet: Sheet, look: Look, scale: float
) -> None:
    """Ink that has no place yet, in mm."""
    if look.guides:
        paint_guides(painter, sheet)
    _paint_wet(painter, ink, look, scale)


def _paint_wet(painter: QPainter, ink: QPainterPath, look: Look, scale: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    thin = replace(look, width=min(look.width, HAIR / scale))  # wide lines take ten times as long
    painter.setPen(pen_of(thin, colours.WET))
    painter.drawPath(ink)
