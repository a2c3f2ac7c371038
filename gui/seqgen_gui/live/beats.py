"""The beats of a bar as lamps."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from seqgen_gui.live.recording import BEATS

_LAMP, _GAP = 18, 12  # pixels


class Beats(QWidget):
    """Lights the lamp of a beat; none before the first."""

    def __init__(self) -> None:
        super().__init__()
        self._beat: int | None = None
        self.setFixedSize(QSize(BEATS * (_LAMP + _GAP) - _GAP + 4, _LAMP + 4))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Beats of the bar")

    def show_beat(self, beat: int | None) -> None:
        """Light the lamp of a beat, 0 being the first of a bar; None puts all out."""
        self._beat = None if beat is None else beat % BEATS
        self.setAccessibleDescription("" if beat is None else f"beat {beat % BEATS + 1}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lamps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        for lamp in range(BEATS):
            lit = lamp == self._beat
            role = QPalette.ColorRole.Highlight if lit else QPalette.ColorRole.Base
            painter.setBrush(palette.color(role))
            size = _LAMP if lamp == 0 else _LAMP - 4
            box = QRectF(2 + lamp * (_LAMP + _GAP), 2, _LAMP, _LAMP)
            painter.drawEllipse(box.center(), size / 2, size / 2)
        painter.end()
