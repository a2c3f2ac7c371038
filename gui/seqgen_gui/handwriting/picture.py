"""Pictures of sheets: kept ones, and those of a letter that is only partly written."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

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
        self._old: dict[int, QPixmap] = {}
        self.unfinished = False

    def clear(self) -> None:
        """Begin anew, as with another letter."""
        self._pictures.clear()
        self._old.clear()

    def renew(self) -> None:
        """Begin anew, as after a change of the pen; what was is seen until that is done."""
        self._old = {number: picture for number, (picture, _) in self._pictures.items()}
        self._pictures.clear()

    def adopt(self, number: int, picture: QPixmap, done: int) -> None:
        """Go on with a picture that holds the first ``done`` words already."""
        self._pictures[number] = picture, done

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
            if word.count:
                paint_word(painter, word, look)
            done += 1
            if turn.hasExpired(TURN):
                break
        painter.end()
        self._pictures[number] = picture, done
        if done == len(sheet.words):
            self._old.pop(number, None)
        else:
            self.unfinished = True
        old = self._old.get(number)
        return old if old is not None and old.size() == picture.size() else picture


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
    """Pictures of sheets that grow stroke by stroke as the pen goes on.

    Words that it has not come to are pale. ``unfinished`` is as in ``DryPictures``.
    """

    def __init__(self) -> None:
        self._pictures: dict[int, tuple[QPixmap, int, int]] = {}  # with pale words, strokes
        self._known = 0  # strokes
        self.unfinished = False

    def clear(self) -> None:
        """Begin anew, as after a change of the zoom."""
        self._pictures.clear()

    def hand_over(self) -> dict[int, tuple[QPixmap, bool]]:
        """Give the pictures away, and whether each is inked to the end, once the pen is there."""
        pictures, self._pictures = self._pictures, {}
        return {
            number: (picture, begun == self._known)
            for number, (picture, _, begun) in pictures.items()
        }

    def picture(
        self, number: int, sheet: Sheet, pen: Pen, look: Look, scale: float, ratio: float
    ) -> QPixmap | None:
        """What the pen has written of a sheet; None where it is too large to be kept."""
        picture, pale, begun = self._pictures.get(number, (None, 0, 0))
        if picture is None:
            picture = _blank(sheet, scale, ratio)
        if picture is None:
            return None
        turn = QElapsedTimer()
        turn.start()
        painter = _painter(picture, scale)
        pale = _paint_pale(painter, sheet, pale, look, scale, turn)
        done, part = pen.way.at(pen.gone)
        self._known = len(pen.way.strokes)
        if pale == len(sheet.words):
            painter.setPen(pen_of(look))
            while begun < done and not turn.hasExpired(TURN):
                if pen.way.strokes[begun][0] == number:
                    paint_stroke(painter, pen.way.stroke(begun))
                begun += 1
            if begun == done < len(pen.way.strokes) and pen.way.strokes[done][0] == number:
                painter.drawPolyline(part)
        painter.end()
        self._pictures[number] = picture, pale, begun
        self.unfinished |= pale < len(sheet.words) or begun < done
        return picture


def _paint_pale(
    painter: QPainter, sheet: Sheet, done: int, look: Look, scale: float, turn: QElapsedTimer
) -> int:
    """Paint words from number ``done`` on in a pale ink, and guides; how many are painted."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if look.guides and done < len(sheet.words):
        paint_guides(painter, sheet)
    painter.setPen(_pale(look, scale))
    while done < len(sheet.words) and not turn.hasExpired(TURN):
        for stroke in sheet.words[done].strokes:
            paint_stroke(painter, stroke)
        done += 1
    return done


class GhostPictures:
    """Pictures of ink that has no place yet, a page each; only what is new is painted."""

    def __init__(self) -> None:
        self._pictures: dict[int, tuple[QPixmap, object, int]] = {}  # with key, and ghosts so far

    def clear(self) -> None:
        """Begin anew."""
        self._pictures.clear()

    def picture(
        self, number: int, sheet: Sheet, stream: Stream, look: Look, scale: float, ratio: float
    ) -> QPixmap | None:
        """The ghosts on a page; None where it is too large to be kept."""
        key = stream.epoch, look, scale, ratio
        picture, known, done = self._pictures.get(number, (None, None, 0))
        if picture is None or key != known:
            picture, done = _blank(sheet, scale, ratio), 0
        if picture is None:
            return None
        painter = _painter(picture, scale)
        painter.setPen(_pale(look, scale))
        for ghost in stream.ghosts[done:]:
            if ghost.page == number:
                paint_stroke(painter, ghost.ink)
        painter.end()
        self._pictures[number] = picture, key, len(stream.ghosts)
        return picture


def _pale(look: Look, scale: float) -> QPen:
    """The pen of ink that is not written yet; wide lines take ten times as long to paint."""
    return pen_of(replace(look, width=min(look.width, HAIR / scale)), colours.WET)
