"""Sheets as they are drawn: words with their strokes, in mm, ready to be painted."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from PySide6.QtCore import QByteArray, QDataStream, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from seqgen.ink_sheets import InkSheet, SheetWord

DOT = 0.05  # mm: half of the line that stands for a dot
POINT, SIZE = 8, 4  # bytes
REACH = 1.5  # mm from a word at which it is still meant
LINE_REACH = 6.0  # mm from the rules of its line at which ink of a word may be
Guide = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, eq=False)
class Columns:
    """The ink of a sheet as it was told; ``ends`` are the points before the end of each stroke."""

    points: bytes
    lengths: bytes
    ways: Sequence[float]
    ends: Sequence[int]

    def strokes(self, first: int, count: int) -> Iterator[QPolygonF]:
        """Some strokes, in mm."""
        last = first + count
        begin, end = (self.ends[at - 1] if at else 0 for at in (first, last))
        points = self.points[POINT * begin : POINT * end]
        return polygons(points, self.lengths[SIZE * first : SIZE * last])


@dataclass(frozen=True, eq=False)
class Word:
    """A word: the box around its ink in mm, its place in the text, its strokes when asked for.

    ``line`` is the number of its line on the sheet, ``glyphs`` are the numbers of the strokes
    that glyphs drew. Its strokes are ``count`` of ``columns`` from ``first``.
    """

    text: str
    paragraph: int
    word: int
    line: int
    box: QRectF
    glyphs: frozenset[int]
    columns: Columns
    first: int
    count: int

    @cached_property
    def strokes(self) -> tuple[QPolygonF, ...]:
        """The strokes, in mm."""
        return tuple(self.columns.strokes(self.first, self.count))

    @property
    def ways(self) -> Sequence[float]:
        """How long each stroke is, in mm."""
        return self.columns.ways[self.first : self.first + self.count]

    @cached_property
    def ink(self) -> QPainterPath:
        """What the model drew."""
        return path_of([s for at, s in enumerate(self.strokes) if at not in self.glyphs])

    @cached_property
    def glyph(self) -> QPainterPath:
        """What glyphs drew."""
        return path_of([s for at, s in enumerate(self.strokes) if at in self.glyphs])


@dataclass(frozen=True)
class Sheet:
    """A page in mm."""

    width: float
    height: float
    words: tuple[Word, ...]
    guides: tuple[Guide, ...] = ()
    pen_mm: float = 0.0
    plot_seconds: float = 0.0
    lifts: int = 0
    by_line: dict[int, list[Word]] = field(default_factory=dict)

    def joined(self, more: Sheet) -> Sheet:
        """The sheet with what is new on it, whose lines come after those that are here."""
        return Sheet(
            self.width,
            self.height,
            self.words + more.words,
            self.guides + more.guides,
            self.pen_mm + more.pen_mm,
            self.plot_seconds + more.plot_seconds,
            self.lifts + more.lifts,
            self.by_line | more.by_line,
        )

    def word_at(self, point: QPointF) -> Word | None:
        """The word at a place in mm; near its ink or between its line's rules is enough."""
        found: list[tuple[float, float, Word]] = []
        for line, words in self.by_line.items():
            band = self._band(line)
            if band.top() - LINE_REACH <= point.y() <= band.bottom() + LINE_REACH:
                for word in words:
                    box = word.box
                    room = QRectF(box.left(), band.top(), box.width(), band.height()).united(box)
                    found.append((_away(room, point), _away(box, point), word))
        if not found:
            return None
        away, _, nearest = min(found, key=lambda one: one[:2])
        return nearest if away <= REACH else None

    def _band(self, line: int) -> QRectF:
        _, _, ascender, _, _, descender = self.guides[line]
        return QRectF(0, ascender, self.width, descender - ascender)


def _away(box: QRectF, point: QPointF) -> float:
    """How far in mm a place is from a box, the larger of across and down."""
    across = max(box.left() - point.x(), point.x() - box.right(), 0.0)
    return max(across, box.top() - point.y(), point.y() - box.bottom())


def polygons(points: bytes, lengths: bytes) -> Iterator[QPolygonF]:
    """Strokes from the columns of a sheet: float32 x and y of each point, int32 sizes.

    Qt reads them as its own format, as a letter has too many points to make each in Python.
    """
    told, at = bytearray(), 0
    sizes = struct.unpack(f"<{len(lengths) // SIZE}I", lengths)
    for size in sizes:
        told += struct.pack("<I", size) + points[at : at + POINT * size]
        at += POINT * size
    stream = QDataStream(QByteArray(bytes(told)))
    stream.setByteOrder(QDataStream.ByteOrder.LittleEndian)
    stream.setFloatingPointPrecision(QDataStream.FloatingPointPrecision.SinglePrecision)
    for _ in sizes:
        stroke = QPolygonF()
        stream >> stroke
        yield stroke


def path_of(strokes: Sequence[QPolygonF]) -> QPainterPath:
    """Strokes as one path; one of a single place is a short line, so that a pen shows it."""
    path = QPainterPath()
    for stroke in strokes:
        first = stroke.first()
        if stroke.size() == 1:
            path.moveTo(first.x() - DOT, first.y())
            path.lineTo(first.x() + DOT, first.y())
        else:
            path.addPolygon(stroke)
    return path


def sheet_of(told: InkSheet) -> Sheet:
    """A sheet from what the worker tells."""
    count = len(told.lengths) // SIZE
    ends = tuple(accumulate(struct.unpack(f"<{count}I", told.lengths)))
    ways = struct.unpack(f"<{count}f", told.ways)
    columns = Columns(told.points, told.lengths, ways, ends)
    firsts = accumulate((word.strokes for word in told.words), initial=0)
    words = tuple(_word(*pair, columns) for pair in zip(told.words, firsts, strict=False))
    by_line: dict[int, list[Word]] = {}
    for word in words:
        if word.count:
            by_line.setdefault(word.line, []).append(word)
    return Sheet(
        told.width,
        told.height,
        words,
        tuple(told.guides),
        told.pen_mm,
        told.plot_seconds,
        told.lifts,
        by_line,
    )


def _word(told: SheetWord, first: int, columns: Columns) -> Word:
    left, top, right, bottom = told.box
    # a dot has no size, and united() leaves out what has none
    box = QRectF(left, top, right - left, bottom - top).adjusted(-DOT, -DOT, DOT, DOT)
    return Word(
        told.text,
        told.paragraph,
        told.word,
        told.line,
        box,
        frozenset(told.glyphs),
        columns,
        first,
        told.strokes,
    )
