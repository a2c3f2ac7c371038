"""A handle that the page is dragged away by."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton

from seqgen_gui.handwriting.exports import Exports
from seqgen_gui.shell.icons import Icons


class DragHandle(QToolButton):
    """To be pressed and dragged; the file is made ready as the pointer comes near."""

    def __init__(self, icons: Icons, exports: Exports) -> None:
        super().__init__()
        self._exports = exports
        self._pressed: QPoint | None = None
        self.setAccessibleName("Drag the page as SVG")
        self.setToolTip("Drag the page from here into another program, as SVG")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        icons.put(self, "page")

    def enterEvent(self, event: QEnterEvent) -> None:
        """Make the file ready."""
        self._exports.prepare()
        super().enterEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag begins."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the page away."""
        if self._pressed is None:
            return
        way = event.position().toPoint() - self._pressed
        if way.manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        mime = self._exports.dragged()
        if mime is not None:
            drag = QDrag(self)
            drag.setMimeData(mime)
            drag.exec(Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It was no drag."""
        self._pressed = None
