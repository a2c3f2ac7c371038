"""The pad that one writes on: with the mouse, a finger, or a pen with pressure."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from seqgen_gui.handwriting import colours
from seqgen_gui.handwriting.own_ink import Point

INCH = 25.4  # mm
HEIGHT = 150  # pixels
NEAR = 0.12  # mm: points nearer to the last are not kept
WIDTHS = (0.25, 1.1)  # mm: the line for no pressure and for full
BASELINE, X_LINE = 0.64, 0.47  # of the height: a sentence of 44 characters fits the width
INK = Qt.GlobalColor.black


class CapturePad(QWidget):
    """Emits ``changed`` as a stroke ends. ``strokes`` are in mm from the top left corner."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Pad to write on")
        self.setAccessibleDescription("Write the sentence above with a pen, a finger or the mouse")
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.strokes: list[list[Point]] = []
        self.pressed = False
        self._pressures: list[list[float]] = []
        self._by_touch = False

    @property
    def scale(self) -> float:
        """Pixels a mm."""
        return self.logicalDpiX() / INCH

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height."""
        return self.width() / self.scale, self.height() / self.scale

    def sizeHint(self) -> QSize:
        """Wide enough for a sentence."""
        return QSize(900, HEIGHT)

    def show_strokes(self, strokes: list[list[Point]]) -> None:
        """Show the strokes of a line, which are then written on."""
        self.strokes = strokes
        self._pressures = [[0.5] * len(stroke) for stroke in strokes]
        self.pressed = False
        self.update()

    def undo(self) -> None:
        """Take the last stroke away."""
        if self.strokes:
            self.strokes.pop()
            self._pressures.pop()
            self._end()

    def clear(self) -> None:
        """Take all strokes away."""
        if self.strokes:
            self.strokes.clear()
            self._pressures.clear()
            self._end()

    def begin(self, at: QPointF, pressure: float = 0.5) -> None:
        """Set the pen down at ``at``, in pixels."""
        self.pressed = True
        self.strokes.append([self._mm(at)])
        self._pressures.append([pressure])
        self.update()

    def go(self, at: QPointF, pressure: float = 0.5) -> None:
        """Draw on to ``at``, in pixels."""
        x, y = self._mm(at)
        if not self.pressed:
            return
        last = self.strokes[-1][-1]
        if abs(x - last[0]) + abs(y - last[1]) >= NEAR:
            self.strokes[-1].append((x, y))
            self._pressures[-1].append(pressure)
            self.update()

    def lift(self) -> None:
        """Lift the pen."""
        if self.pressed:
            self._end()

    def _end(self) -> None:
        self.pressed = False
        self.update()
        self.changed.emit()

    def _mm(self, at: QPointF) -> Point:
        scale = self.scale
        return round(at.x() / scale, 3), round(at.y() / scale, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() == Qt.MouseButton.LeftButton and not self._by_touch:
            self.begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        if not self._by_touch:
            self.go(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a stroke."""
        if not self._by_touch:
            self.lift()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen, whose pressure widens the line."""
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self.begin(event.position(), event.pressure())
        elif kind == QEvent.Type.TabletMove:
            self.go(event.position(), event.pressure())
        elif kind == QEvent.Type.TabletRelease:
            self.lift()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """A finger; the mouse events that would follow are left out."""
        if not isinstance(event, QTouchEvent):
            return super().event(event)
        kind, points = event.type(), event.points()
        if kind == QEvent.Type.TouchBegin:
            self._by_touch = True
            self.begin(points[0].position())
        elif kind == QEvent.Type.TouchUpdate:
            self.go(points[0].position())
        else:
            self.lift()
            self._by_touch = False
        event.accept()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper, two lines, and the ink."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(self.rect()), colours.PAPER)
        for share, colour in ((X_LINE, colours.RULE), (BASELINE, colours.BASELINE)):
            y = self.height() * share
            painter.setPen(QPen(colour, 1))
            painter.drawLine(QPointF(12, y), QPointF(self.width() - 12, y))
        painter.scale(self.scale, self.scale)
        pen = QPen(INK, WIDTHS[0])
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        low, high = WIDTHS
        for stroke, pressures in zip(self.strokes, self._pressures, strict=True):
            places = [QPointF(x, y) for x, y in stroke]
            for k, place in enumerate(places):
                pen.setWidthF(low + (high - low) * pressures[k])
                painter.setPen(pen)
                painter.drawLine(places[max(k - 1, 0)], place)
                if len(places) == 1:
                    painter.drawPoint(place)
