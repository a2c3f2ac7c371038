"""The painted roll, kept as a picture: scrolling moves it and paints only what comes in sight."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

from seqgen_gui.music.colours import RollColours
from seqgen_gui.music.paint import Picture, paint
from seqgen_gui.music.view import View


class Layer:
    """Holds one pixmap of the size of the view."""

    def __init__(self) -> None:
        self._pixmap = QPixmap()
        self._made: tuple[object, ...] = ()
        self._left = self._top = 0
        self._stale: list[tuple[int, int]] = []

    def forget(self, ticks: tuple[int, int] | None = None) -> None:
        """Have everything painted anew at the next look, or what lies between two ticks."""
        if ticks is None:
            self._made = ()
        else:
            self._stale.append(ticks)

    def pixmap(self, view: View, picture: Picture, colours: RollColours, ratio: float) -> QPixmap:
        """The view painted; ``ratio`` is the screen's device pixels a logical pixel."""
        made = (view.beat_width, view.key_height, view.width, view.height, ratio, colours)
        size = view.width, view.height
        if made != self._made:
            self._made = made
            self._pixmap = QPixmap(round(size[0] * ratio), round(size[1] * ratio))
            self._pixmap.setDevicePixelRatio(ratio)
            parts = [QRect(0, 0, *size)]
        else:
            parts = self._moved(view, ratio) + self._stale_parts(view)
        self._left, self._top = view.left, view.top
        self._stale.clear()
        if parts:
            painter = QPainter(self._pixmap)
            for part in parts:
                paint(painter, part, view, picture, colours)
            painter.end()
        return self._pixmap

    def _moved(self, view: View, ratio: float) -> list[QRect]:
        """Move the picture to where the view is; returns the parts that came in sight."""
        dx, dy = self._left - view.left, self._top - view.top
        width, height = view.width, view.height
        whole = (dx * ratio).is_integer() and (dy * ratio).is_integer()
        if not whole or abs(dx) >= width or abs(dy) >= height:
            return [QRect(0, 0, width, height)]
        if not dx and not dy:
            return []
        self._pixmap.scroll(round(dx * ratio), round(dy * ratio), self._pixmap.rect())
        parts = [
            QRect(width - max(-dx, 0) if dx < 0 else 0, 0, abs(dx), height),
            QRect(0, height - max(-dy, 0) if dy < 0 else 0, width, abs(dy)),
        ]
        return [part for part in parts if not part.isEmpty()]

    def _stale_parts(self, view: View) -> list[QRect]:
        parts = []
        for first, last in self._stale:
            left, right = view.x(first) - 2, view.x(last) + 4
            part = QRect(left, 0, right - left, view.height)
            parts.append(part.intersected(QRect(0, 0, view.width, view.height)))
        return [part for part in parts if not part.isEmpty()]
