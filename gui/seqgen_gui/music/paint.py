"""Painting a part of a piano roll: rows, bar lines, notes and ghosts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from seqgen_gui.music.colours import LEVELS, RollColours, level_of, mix
from seqgen_gui.music.notes import Notes
from seqgen_gui.music.sheet import Sheet, empty_sheet
from seqgen_gui.music.view import PITCHES, View

BLACK_KEYS = frozenset((1, 3, 6, 8, 10))
LEAST_BEAT = 9  # pixels below which beats are not drawn
LEAST_BAR = 7
_LEVEL_OF = tuple(level_of(velocity) for velocity in range(256))


def _no_notes() -> Notes:
    return Notes().index()


@dataclass(frozen=True)
class Picture:
    """What a roll shows: the piece, a take as a ghost, another take that it is compared with.

    ``new`` are the first and last tick of the ghost's time. Notes of ``faded`` tracks are pale.
    """

    sheet: Sheet = field(default_factory=empty_sheet)
    ghost: Notes = field(default_factory=_no_notes)
    other: Notes = field(default_factory=_no_notes)
    new: tuple[int, int] | None = None
    faded: frozenset[int] = frozenset()


def paint(
    painter: QPainter, rect: QRect, view: View, picture: Picture, colours: RollColours
) -> None:
    """Paint what lies in ``rect`` (logical pixels of the view), and nothing outside it."""
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(Qt.PenStyle.NoPen)
    _rows(painter, rect, view, colours, new=False)
    if picture.new is not None:
        left, right = (view.x(tick) for tick in picture.new)
        wash = rect.intersected(QRect(left, rect.top(), right - left, rect.height()))
        if not wash.isEmpty():
            _rows(painter, wash, view, colours, new=True)
    _lines(painter, rect, view, picture.sheet, colours)
    _notes(painter, rect, view, picture, colours)
    _outlines(painter, rect, view, picture.other, colours)
    _ghosts(painter, rect, view, picture.ghost, colours)
    painter.restore()


def _rows(painter: QPainter, rect: QRect, view: View, colours: RollColours, new: bool) -> None:
    painter.fillRect(rect, colours.new_row if new else colours.row)
    shade = colours.new_black_row if new else colours.black_row
    for pitch in range(view.pitch(rect.bottom()), view.pitch(rect.top()) + 1):
        y = view.y(pitch)
        if pitch % 12 in BLACK_KEYS:
            painter.fillRect(rect.left(), y, rect.width(), view.key_height, shade)
        elif pitch % 12 == 0:
            painter.fillRect(
                rect.left(), y + view.key_height - 1, rect.width(), 1, colours.octave_line
            )
    below = PITCHES * view.key_height - view.top
    if below <= rect.bottom():
        height = rect.bottom() + 1 - below
        painter.fillRect(rect.left(), below, rect.width(), height, colours.panel)


def _lines(painter: QPainter, rect: QRect, view: View, sheet: Sheet, colours: RollColours) -> None:
    first, last = view.tick(rect.left() - 1), view.tick(rect.right() + 2)
    top, height = rect.top(), rect.height()
    if view.beat_width >= LEAST_BEAT:
        painter.setBrush(colours.beat_line)
        beats = sheet.meters.beats(first, last)
        painter.drawRects([QRect(view.x(tick), top, 1, height) for tick in beats])
    painter.setBrush(colours.bar_line)
    bars = sheet.meters.lines(first, last, bar_step(view, sheet, first))
    painter.drawRects([QRect(view.x(tick), top, 1, height) for _, tick in bars])


def bar_step(view: View, sheet: Sheet, tick: int, least: int = LEAST_BAR) -> int:
    """Each how many bars a line is drawn, so that lines are ``least`` pixels apart."""
    width = sheet.meters.bar_ticks(tick) * view.scale
    step = 1
    while width * step < least:
        step *= 2
    return step


def _rects(rect: QRect, view: View, notes: Notes, indices: Sequence[int]) -> list[QRect]:
    scale, left, height = view.scale, view.left, view.key_height
    low = (PITCHES - 1) * height - view.top
    starts, ends, pitches = notes.starts, notes.ends, notes.pitches
    tall = max(height - 1, 2)
    found = []
    for i in indices:
        x = round(starts[i] * scale)
        width = round(ends[i] * scale) - x - 1
        y = low - pitches[i] * height
        found.append(QRect(x - left, y, width if width > 2 else 2, tall))
    return found


def _visible(rect: QRect, view: View, notes: Notes) -> list[int]:
    if not len(notes):
        return []
    margin = 3  # the least width of a note
    return notes.visible(view.tick(rect.left() - margin), view.tick(rect.right() + 1))


def _notes(
    painter: QPainter, rect: QRect, view: View, picture: Picture, colours: RollColours
) -> None:
    notes = picture.sheet.notes
    indices = _visible(rect, view, notes)
    tracks, velocities = notes.tracks, notes.velocities
    kinds: dict[int, list[QRect]] = {}
    for i, box in zip(indices, _rects(rect, view, notes, indices), strict=True):
        kinds.setdefault(tracks[i] * LEVELS + _LEVEL_OF[velocities[i]], []).append(box)
    for kind, boxes in sorted(kinds.items()):
        track, level = divmod(kind, LEVELS)
        colour = colours.note(track, level)
        if track in picture.faded:
            colour = mix(colours.row, colour, 0.25)
        painter.setBrush(colour)
        painter.drawRects(boxes)


def _ghosts(
    painter: QPainter, rect: QRect, view: View, notes: Notes, colours: RollColours
) -> None:
    indices = _visible(rect, view, notes)
    for i, box in zip(indices, _rects(rect, view, notes, indices), strict=True):
        edge = colours.edge(notes.tracks[i])
        painter.fillRect(box, edge)
        if box.height() > 3 and box.width() > 3:
            inside = colours.note(notes.tracks[i], _LEVEL_OF[notes.velocities[i]])
            painter.fillRect(box.adjusted(1, 1, -1, -1), mix(colours.new_row, inside, 0.4))


def _outlines(
    painter: QPainter, rect: QRect, view: View, notes: Notes, colours: RollColours
) -> None:
    indices = _visible(rect, view, notes)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(colours.faint_text)
    painter.drawRects([box.adjusted(0, 0, -1, -1) for box in _rects(rect, view, notes, indices)])
    painter.setPen(Qt.PenStyle.NoPen)
