"""The bar above the page: zoom, what is shown, the pen, and the ways out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider, QToolButton

from seqgen_gui.handwriting.canvas import STEP, Canvas
from seqgen_gui.shell.controls import tool_button
from seqgen_gui.shell.icons import Icons

SPEEDS = (40.0, 20_000.0)  # mm a second, slowest and fastest
STOPS = 100
SCREEN = 96 / 25.4  # pixels a mm at 100 %


class CanvasBar(QFrame):
    """Works on a canvas; ``buttons`` are what exports by an action of the page."""

    def __init__(self, icons: Icons, canvas: Canvas, glyphs: QAction, watch: QAction) -> None:
        super().__init__()
        self._canvas = canvas
        out, closer, whole = (
            tool_button(icons, name, text)
            for name, text in (
                ("zoom-out", "Zoom out"),
                ("zoom-in", "Zoom in"),
                ("fit", "Show the whole page"),
            )
        )
        out.clicked.connect(lambda: canvas.zoom(1 / STEP))
        closer.clicked.connect(lambda: canvas.zoom(STEP))
        whole.clicked.connect(canvas.fit)
        self.percent = QLabel("-")  # there is no page yet
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.percent.setMinimumWidth(self.percent.fontMetrics().horizontalAdvance("1000 %"))
        self.percent.setAccessibleName("Zoom")
        canvas.zoomed.connect(lambda scale: self.percent.setText(f"{scale / SCREEN:.0%}"))
        self.skip = tool_button(icons, "skip", "Skip to the end of the writing")
        self.skip.clicked.connect(canvas.pen.skip)
        self.speed = QSlider(Qt.Orientation.Horizontal)
        self.speed.setRange(0, STOPS)
        self.speed.setFixedWidth(110)
        self.speed.setAccessibleName("Speed of the pen")
        self.speed.setToolTip("How fast the pen writes on the screen")
        self.speed.valueChanged.connect(self._set_speed)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(8, 4, 8, 4)
        self.row.setSpacing(4)
        for widget in (out, self.percent, closer, whole):
            self.row.addWidget(widget)
        self.row.addSpacing(10)
        self.row.addWidget(_toggle(glyphs, "Glyphs"))
        self.row.addStretch()
        self.row.addWidget(_toggle(watch, "Watch"))
        self.row.addWidget(self.speed)
        self.row.addWidget(self.skip)
        self.row.addSpacing(10)
        canvas.pen.changed.connect(self._follow)
        self._follow()

    def show_speed(self, stop: int) -> None:
        """Set the speed, 0 to STOPS."""
        self.speed.setValue(stop)
        self._set_speed(stop)

    def _set_speed(self, stop: int) -> None:
        low, high = SPEEDS
        self._canvas.pen.speed = low * (high / low) ** (stop / STOPS)

    def _follow(self) -> None:
        self.skip.setEnabled(self._canvas.pen.writing)


def _toggle(action: QAction, text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setCheckable(True)
    button.setChecked(action.isChecked())
    button.toggled.connect(action.setChecked)
    action.toggled.connect(button.setChecked)
    button.setToolTip(action.statusTip())
    button.setAccessibleName(action.text().replace("&", ""))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
