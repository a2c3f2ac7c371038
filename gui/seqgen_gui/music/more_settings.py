"""Settings that are seldom touched, folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QToolButton, QVBoxLayout, QWidget

from seqgen_gui.music.setting_rows import NumberRow, Range, Row
from seqgen_gui.music.state import Settings
from seqgen_gui.shell.icons import Icons

_TIMES = {"auto": "As the music", "metric": "On a grid", "free": "Free"}
_ENGINES = {"auto": "Automatic", "numpy": "numpy", "torch": "torch"}


class MoreSettings(QWidget):
    """Top-k, time and engine. ``edited`` tells a field of ``Settings`` and its new value."""

    edited = Signal(str, object)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.fold = QToolButton()
        self.fold.setText("More settings")
        self.fold.setCheckable(True)
        self.fold.setAutoRaise(True)
        self.fold.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setArrowType(Qt.ArrowType.RightArrow)
        self.fold.toggled.connect(self._unfold)
        self.top_k = NumberRow(
            "Top-k",
            "Draws from so many of the likeliest values; 0 is from all.",
            Range(0, 1000, 100, 1),
            icons,
            resets=True,
        )
        self.top_k.edited.connect(
            lambda value: self.edited.emit("top_k", None if value is None else round(value))
        )
        self.time = self._choice("time", _TIMES)
        self.engine = self._choice("engine", _ENGINES)
        self._inner = QWidget()
        rows = QVBoxLayout(self._inner)
        rows.setContentsMargins(0, 4, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.top_k)
        rows.addWidget(
            Row("Time", self.time, "Whether notes keep to beats, or to plain time as a recording.")
        )
        rows.addWidget(
            Row("Engine", self.engine, "What computes; notes may differ between engines.")
        )
        self._inner.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        column.addWidget(self.fold)
        column.addWidget(self._inner)

    def _choice(self, name: str, choices: dict[str, str]) -> QComboBox:
        box = QComboBox()
        for value, text in choices.items():
            box.addItem(text, value)
        box.activated.connect(lambda _: self.edited.emit(name, box.currentData()))
        return box

    def _unfold(self, on: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self._inner.setVisible(on)

    def show_settings(self, settings: Settings) -> None:
        """Show settings; those that are not as usual unfold."""
        self.top_k.show_value(settings.top_k)
        self.time.setCurrentIndex(max(self.time.findData(settings.time), 0))
        self.engine.setCurrentIndex(max(self.engine.findData(settings.engine), 0))
        if (settings.time, settings.engine) != ("auto", "auto"):
            self.fold.setChecked(True)
