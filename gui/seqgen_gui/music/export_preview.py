"""A picture of what is exported: its notes, bars, what is new, and its length in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from seqgen_gui.music.colours import LEVELS, colours_of, level_of
from seqgen_gui.music.notes import Notes
from seqgen_gui.music.sheet import Sheet

SIZE = QSize(420, 220)
LEAST_ROWS = 24  # pitches that are shown at least
LEAST_BAR = 26  # pixels between two numbers of bars
TOP = 18  # pixels for the numbers
MOST = 4_000  # notes that are painted, spread over all


@dataclass(frozen=True, eq=False)
class Exported:
    """What a file will hold: ``parts`` from tick ``first`` to ``last``, bars from ``sheet``.

    A part is some notes and the colour that they have, None for that of their tracks. What lies
    at or behind ``new`` is new music; ``tracks`` is how many have notes.
    """

    sheet: Sheet
    parts: tuple[tuple[Notes, int | None], ...]
    first: int
    last: int
    new: int
    tracks: int

    @property
    def count(self) -> int:
        """How many notes there are."""
        return sum(len(notes) for notes, _ in self.parts)

    @property
    def caption(self) -> str:
        """Its length in words."""
        meters, tempos = self.sheet.meters, self.sheet.tempos
        bars = max(
            meters.bar_at(max(self.last - 1, self.first)) - meters.bar_at(self.first) + 1, 1
        )
        seconds = round(tempos.seconds(self.last) - tempos.seconds(self.first))
        return ", ".join(
            (
                f"{bars} {'bar' if bars == 1 else 'bars'}",
                f"{self.tracks} {'track' if self.tracks == 1 else 'tracks'}",
                f"{self.count} notes",
                f"{seconds // 60}:{seconds % 60:02} min",
            )
        )


class ExportPreview(QWidget):
    """Paints an ``Exported``."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Exported | None = None
        self.setFixedSize(SIZE)
        self.setAccessibleName("Preview of the file")

    def show_exported(self, exported: Exported | None) -> None:
        """Show what a file will hold; None while it is not known."""
        self._shown = exported
        self.setAccessibleDescription(exported.caption if exported else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bars, then notes."""
        colours, shown = colours_of(self.palette()), self._shown
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.row)
        if shown is not None and shown.last > shown.first:
            wide = self.width() / (shown.last - shown.first)
            left = max(shown.new - shown.first, 0) * wide
            painter.fillRect(
                QRectF(left, TOP, self.width() - left, self.height()), colours.new_row
            )
            self._bars(painter, shown, wide, colours.bar_line, colours.faint_text)
            self._notes(painter, shown, wide)
        painter.setPen(colours.bar_line)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _bars(
        self, painter: QPainter, shown: Exported, wide: float, line: QColor, text: QColor
    ) -> None:
        meters, step = shown.sheet.meters, 1
        while meters.bar_ticks(shown.first) * wide * step < LEAST_BAR:
            step *= 2
        begin = meters.bar_at(shown.first)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.8)
        painter.setFont(font)
        for bar in range(begin, meters.bar_at(shown.last - 1) + 1, step):
            x = (meters.line(bar) - shown.first) * wide
            painter.fillRect(QRectF(x, TOP, 1, self.height() - TOP), line)
            painter.setPen(text)
            room = QRectF(x + 3, 0, 60, TOP)
            number = str(bar - begin + 1)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, number
            )

    def _notes(self, painter: QPainter, shown: Exported, wide: float) -> None:
        colours, some = colours_of(self.palette()), [n for n, _ in shown.parts if len(n)]
        if not some:
            return
        low, high = min(min(n.pitches) for n in some), max(max(n.pitches) for n in some)
        step = shown.count // MOST + 1
        spare = max(LEAST_ROWS - (high - low + 1), 0) / 2 + 1
        tall = (self.height() - TOP) / (high - low + 1 + 2 * spare)
        for notes, colour in shown.parts:
            for start, end, pitch, loud, track in notes.rows(range(0, len(notes), step)):
                left = (start - shown.first) * wide
                top = TOP + (high - pitch + spare) * tall
                box = QRectF(left, top, max((end - start) * wide - 0.5, 1.0), max(tall - 0.5, 1.5))
                level = min(level_of(loud) + 1, LEVELS - 1)
                painter.fillRect(box, colours.note(track if colour is None else colour, level))
