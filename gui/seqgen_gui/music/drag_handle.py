"""A handle that the piece is dragged away by."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton

from seqgen_gui.music.takes_strip import drag_file
from seqgen_gui.shell.icons import Icons


class DragHandle(QToolButton):
    """To be pressed and dragged; ``file`` gives the file, None while there is none."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.file: Callable[[], Path | None] = lambda: None
        self._pressed: QPoint | None = None
        self.setText("Drag as MIDI")
        self.setToolTip("Drag the piece from here into another program")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        icons.put(self, "music")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag begins."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the file away."""
        if self._pressed is None:
            return
        way = event.position().toPoint() - self._pressed
        path = self.file()
        if path is not None and way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            drag_file(self, path)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It was no drag."""
        self._pressed = None
