"""The pen that writes a letter on the screen: where it is at which time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QPolygonF

from seqgen_gui.handwriting.sheet import Sheet, Word

FRAME = 16  # milliseconds
LIFT = 12.0  # mm: a lift takes as long as drawing so far


class PenWay:
    """All strokes of a letter on one way, in mm: ``stops`` are where each ends."""

    def __init__(self) -> None:
        self.strokes: list[tuple[int, Word, int]] = []  # sheet, word, number of the stroke in it
        self.stops: list[float] = []
        self.length = 0.0

    def add(self, sheet: int, words: Iterable[Word]) -> None:
        """Go on with words of a sheet."""
        for word in words:
            for number, way in enumerate(word.ways):
                self.length += way + LIFT
                self.strokes.append((sheet, word, number))
                self.stops.append(self.length)

    def stroke(self, number: int) -> QPolygonF:
        """A stroke, in mm."""
        _, word, place = self.strokes[number]
        return word.strokes[place]

    def at(self, way: float) -> tuple[int, QPolygonF]:
        """How many strokes are done after ``way`` mm, and the part of the next that is."""
        done = bisect_right(self.stops, way)
        if done == len(self.strokes):
            return done, QPolygonF()
        begun = way - (self.stops[done - 1] if done else 0.0)
        return done, _part(self.stroke(done), begun)


class Pen(QObject):
    """Goes the way of a letter, which may still grow behind it.

    Emits ``moved`` each frame, ``arrived`` at the end, and ``changed`` as ``writing`` does.
    """

    moved = Signal()
    arrived = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.way = PenWay()
        self.speed = 400.0  # mm a second
        self.gone = 0.0
        self._grows = self._hurries = False
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self._step)

    @property
    def writing(self) -> bool:
        """Whether it is on its way."""
        return self._timer.isActive()

    @property
    def sheet(self) -> int:
        """The sheet that it is on."""
        done = min(bisect_right(self.way.stops, self.gone), len(self.way.strokes) - 1)
        return self.way.strokes[done][0] if done >= 0 else 0

    def begin(self) -> None:
        """Begin a letter whose words are still to come, by ``feed``."""
        self.way, self.gone = PenWay(), 0.0
        self._grows, self._hurries = True, False
        self._clock.start()
        self._timer.start()
        self.changed.emit()

    def feed(self, sheet: int, words: Iterable[Word]) -> None:
        """Have words of a sheet written after all that are known."""
        self.way.add(sheet, words)

    def write(self, sheets: Sequence[Sheet]) -> None:
        """Write a letter that is whole, on from where the pen is if it has begun."""
        if not self.writing:
            self.begin()
        self.way, self._grows = PenWay(), False
        for number, sheet in enumerate(sheets):
            self.way.add(number, sheet.words)
        self.moved.emit()

    def skip(self) -> None:
        """Be at the end at once, also of what is still to come."""
        if self.writing:
            self._hurries = True
            self._step()

    def stop(self) -> None:
        """Leave the letter as it is."""
        if self.writing:
            self._timer.stop()
            self.changed.emit()

    def _step(self) -> None:
        before, length = self.gone, self.way.length
        way = before + self.speed * self._clock.restart() / 1000
        self.gone = length if self._hurries else min(way, length)
        if self.gone >= length and not self._grows:
            self.stop()
            self.arrived.emit()
        elif self.gone > before:
            self.moved.emit()


def _part(stroke: QPolygonF, way: float) -> QPolygonF:
    """The first ``way`` mm of a stroke."""
    places = stroke.toList()
    part = [places[0]]
    for a, b in pairwise(places):
        step = hypot(b.x() - a.x(), b.y() - a.y())
        if step > way:
            share = way / step
            part.append(QPointF(a.x() + (b.x() - a.x()) * share, a.y() + (b.y() - a.y()) * share))
            break
        way -= step
        part.append(b)
    return QPolygonF(part)
