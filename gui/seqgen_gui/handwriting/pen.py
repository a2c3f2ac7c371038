"""The pen that writes a letter on the screen: where it is at which time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QPainterPath, QPolygonF

from seqgen_gui.handwriting.sheet import Sheet

FRAME = 16  # milliseconds
LIFT = 12.0  # mm: a lift takes as long as drawing so far


class PenWay:
    """All strokes of a letter on one way, in mm: ``stops`` are where each ends."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.strokes: list[tuple[int, int, QPolygonF]] = []  # sheet, word, stroke
        self.stops: list[float] = []
        length = 0.0
        for number, sheet in enumerate(sheets):
            for place, word in enumerate(sheet.words):
                for stroke in word.strokes:
                    length += _length(stroke) + LIFT
                    self.strokes.append((number, place, stroke))
                    self.stops.append(length)
        self.length = length

    def at(self, way: float) -> tuple[int, QPolygonF]:
        """How many strokes are done after ``way`` mm, and the part of the next that is."""
        done = bisect_right(self.stops, way)
        if done == len(self.strokes):
            return done, QPolygonF()
        begun = way - (self.stops[done - 1] if done else 0.0)
        return done, _part(self.strokes[done][2], begun)


class Pen(QObject):
    """Goes the way of a letter; emits ``moved`` each frame and ``arrived`` at the end."""

    moved = Signal()
    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.way = PenWay(())
        self.speed = 400.0  # mm a second
        self.gone = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self._step)

    @property
    def writing(self) -> bool:
        """Whether it is on its way."""
        return self._timer.isActive()

    def write(self, sheets: Sequence[Sheet]) -> None:
        """Begin a letter."""
        self.way, self.gone = PenWay(sheets), 0.0
        self._clock.start()
        self._timer.start()
        self.moved.emit()

    def skip(self) -> None:
        """Be at the end at once."""
        if self.writing:
            self._timer.stop()
            self.gone = self.way.length
            self.arrived.emit()

    def _step(self) -> None:
        self.gone += self.speed * self._clock.restart() / 1000
        if self.gone >= self.way.length:
            self.skip()
        else:
            self.moved.emit()


def _length(stroke: QPolygonF) -> float:
    path = QPainterPath()
    path.addPolygon(stroke)
    return path.length()


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
