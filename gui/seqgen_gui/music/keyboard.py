"""The piano keys at the left edge of a roll."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from seqgen_gui.music.colours import colours_of, mix
from seqgen_gui.music.paint import BLACK_KEYS
from seqgen_gui.music.view import View

WIDTH = 46
LEAST_LABEL = 8  # pixels of a row below which octaves have no name


class Keyboard(QWidget):
    """Draws the keys of a view; C is named, middle C is C4."""

    def __init__(self, view: View, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setAccessibleName("Piano keys")

    def sizeHint(self) -> QSize:
        """A fixed width."""
        return QSize(WIDTH, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw white keys as rows, black keys short, lines between white keys."""
        view, colours = self._view, colours_of(self.palette())
        width, height = self.width(), view.key_height
        painter = QPainter(self)
        painter.fillRect(event.rect(), colours.white_key)
        line = mix(colours.white_key, colours.black_key, 0.35)
        font = self.font()
        font.setPixelSize(max(min(height, 11), 8))
        painter.setFont(font)
        for pitch in range(view.pitch(self.height()), view.pitch(0) + 1):
            y, tone = view.y(pitch), pitch % 12
            if tone in BLACK_KEYS:
                painter.fillRect(0, y, width * 3 // 5, height, colours.black_key)
                painter.fillRect(0, y + height // 2, width, 1, line)
            elif tone in (0, 5):
                painter.fillRect(0, y + height - 1, width, 1, line)
        if height >= LEAST_LABEL or view.key_height * 12 >= 40:
            self._names(painter, max(height, 11))
        painter.fillRect(width - 1, 0, 1, self.height(), colours.bar_line)
        painter.end()

    def _names(self, painter: QPainter, height: int) -> None:
        view, colours = self._view, colours_of(self.palette())
        painter.setPen(mix(colours.white_key, colours.black_key, 0.75))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for pitch in range(0, 128, 12):
            middle = view.y(pitch) + view.key_height // 2
            box = QRect(0, middle - height // 2, self.width() - 5, height)
            painter.drawText(box, right, f"C{pitch // 12 - 1}")
