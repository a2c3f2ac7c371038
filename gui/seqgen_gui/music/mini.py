"""A roll in the size of a stamp."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from seqgen_gui.music.colours import LEVELS, colours_of
from seqgen_gui.music.notes import Notes

SIZE = QSize(150, 46)
LEAST_ROWS = 18  # pitches that are shown at least


class MiniRoll(QWidget):
    """Shows some notes, all of them, without lines."""

    def __init__(self) -> None:
        super().__init__()
        self._notes = Notes()
        self.setMinimumSize(SIZE)

    def show_notes(self, notes: Notes) -> None:
        """Show other notes."""
        self._notes = notes
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the notes over the whole width."""
        colours, notes = colours_of(self.palette()), self._notes
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.row)
        if len(notes):
            first, last = notes.starts[0], max(notes.ends)
            low, high = min(notes.pitches), max(notes.pitches)
            spare = max(LEAST_ROWS - (high - low + 1), 0) / 2 + 1
            wide = self.width() / max(last - first, 1)
            tall = self.height() / (high - low + 1 + 2 * spare)
            painter.setPen(Qt.PenStyle.NoPen)
            for start, end, pitch, _, track in notes.rows():
                top = (high - pitch + spare) * tall
                width = max((end - start) * wide - 0.5, 1.0)
                box = QRectF((start - first) * wide, top, width, max(tall, 1.5))
                painter.fillRect(box, colours.note(track, LEVELS - 1))
        painter.end()
