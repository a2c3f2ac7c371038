"""Play, loop, tempo, and where the music is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QToolButton, QWidget

from seqgen_gui.live.output_button import OutputButton
from seqgen_gui.music.elided import ElidedLabel
from seqgen_gui.shell.controls import tool_button
from seqgen_gui.shell.icons import Icons


class Transport(QWidget):
    """A row of buttons above the roll; ``tempo_changed`` tells a factor."""

    tempo_changed = Signal(float)
    loop_toggled = Signal(bool)
    follow_toggled = Signal(bool)
    zoomed = Signal(int)  # 1 in, -1 out, 0 to fit

    def __init__(
        self, icons: Icons, play: QAction, play_from: QAction, output: OutputButton
    ) -> None:
        super().__init__()
        self._icons, self.output = icons, output
        self.play = _button_of(play)
        self.play_from = _button_of(play_from)
        self.loop = tool_button(
            icons, "loop", "Loop (L): drag over bars in the ruler to choose them"
        )
        self.loop.setCheckable(True)
        self.loop.toggled.connect(self.loop_toggled)
        self.tempo = QSpinBox(minimum=25, maximum=400, value=100, singleStep=5, suffix=" %")
        self.tempo.setAccessibleName("Tempo")
        self.tempo.setToolTip("How fast it is played; the file keeps its tempo")
        self.tempo.setKeyboardTracking(False)
        self.tempo.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.tempo.setFixedWidth(self.fontMetrics().horizontalAdvance("0") * 11)
        self.tempo.valueChanged.connect(lambda per_cent: self.tempo_changed.emit(per_cent / 100))
        self.place = ElidedLabel()
        self.place.setAccessibleName("Position")
        self.place.setMinimumWidth(self.fontMetrics().horizontalAdvance("Bar 1000"))
        self.follow = tool_button(icons, "skip", "Follow the music: turn pages while it plays")
        self.follow.setCheckable(True)
        self.follow.setChecked(True)
        self.follow.toggled.connect(self.follow_toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 8, 5)
        row.setSpacing(4)
        for widget in (self.play, self.play_from, self.loop):
            row.addWidget(widget)
        row.addSpacing(6)
        row.addWidget(icons.picture("tempo", 18))
        row.addWidget(self.tempo)
        row.addSpacing(6)
        row.addWidget(self.output)
        row.addSpacing(10)
        row.addWidget(self.place, 1)
        row.addWidget(self.follow)
        for icon, name, way in (
            ("zoom-out", "Zoom out", -1),
            ("zoom-in", "Zoom in", 1),
            ("fit", "Show all pitches", 0),
        ):
            button = tool_button(icons, icon, name)
            button.clicked.connect(lambda _=False, way=way: self.zoomed.emit(way))
            row.addWidget(button)

    def show_place(self, bar: int, second: float, end: float) -> None:
        """Show where the music is."""
        self.place.setText(f"Bar {bar}   {_clock(second)} of {_clock(end)}")


def _button_of(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
