"""Files that are dragged out of the window into another program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from seqgen_gui.shell.icons import Icons


def file_data(path: Path) -> QMimeData:
    """A file, as a drag carries it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def drag_away(source: QWidget, data: QMimeData, picture: QWidget | None = None) -> None:
    """Drag data from ``source`` to another program, with a picture at the pointer."""
    drag = QDrag(source)
    drag.setMimeData(data)
    if picture is not None:
        drag.setPixmap(picture.grab())
    drag.exec(Qt.DropAction.CopyAction)


class DragHandle(QToolButton):
    """To be pressed and dragged; ``data`` gives what, None while there is nothing."""

    neared = Signal()
    """The pointer comes near: what takes time can be made ready."""

    def __init__(self, icons: Icons, icon: str, hint: str) -> None:
        super().__init__()
        self.data: Callable[[], QMimeData | None] = lambda: None
        self._pressed: QPoint | None = None
        self.setAccessibleName(hint)
        self.setToolTip(hint)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        icons.put(self, icon)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell that the pointer is near."""
        self.neared.emit()
        super().enterEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag begins."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it away."""
        if self._pressed is None:
            return
        way = event.position().toPoint() - self._pressed
        if way.manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        data = self.data()
        if data is not None:
            drag_away(self, data)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It was no drag."""
        self._pressed = None
