"""A setting with its editor and a sentence that explains it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.shell.controls import muted, tool_button
from seqgen_gui.shell.icons import Icons

WIDTH = 14  # digits that an editor has room for


class Row(QWidget):
    """A title, an editor beside it, what else there is below, and a sentence."""

    def __init__(
        self, title: str, editor: QWidget, sentence: str, below: QWidget | None = None
    ) -> None:
        super().__init__()
        label = QLabel(title)
        label.setBuddy(editor)
        editor.setAccessibleName(title.replace("&", ""))
        editor.setAccessibleDescription(sentence)
        self.sentence = muted(sentence)
        font = self.sentence.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        self.sentence.setFont(font)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        head = QHBoxLayout()
        head.addWidget(label, 1)
        head.addWidget(editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(3)
        column.addLayout(head)
        if below is not None:
            column.addWidget(below)
        column.addWidget(self.sentence)


@dataclass(frozen=True)
class Range:
    """What a number may be; the slider reaches from ``low`` to ``sliding``."""

    low: float
    high: float
    sliding: float
    step: float
    decimals: int = 0
    suffix: str = ""


class NumberRow(Row):
    """A number with a slider. ``edited`` tells a new one, None for what is proposed."""

    edited = Signal(object)

    def __init__(
        self, title: str, sentence: str, kind: Range, icons: Icons, resets: bool = False
    ) -> None:
        name = title.replace("&", "")
        self._step = kind.step
        self.proposed: float | None = None
        self.spin = spin_box(kind)
        self.slider = slider_of(kind, f"{name}, slider")
        self.reset = tool_button(icons, "undo", f"{name}: as the model proposes")
        editor = QWidget()
        row = QHBoxLayout(editor)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.reset)
        row.addWidget(self.spin)
        editor.setFocusProxy(self.spin)
        super().__init__(title, editor, sentence, self.slider)
        self.reset.setVisible(resets)
        self.spin.setAccessibleName(name)
        self.spin.setAccessibleDescription(sentence)
        self.reset.clicked.connect(lambda: self.edited.emit(None))
        self.spin.valueChanged.connect(self.edited.emit)
        self.slider.valueChanged.connect(lambda place: self.edited.emit(place * self._step))

    def show_value(self, value: float | None) -> None:
        """Show a number, or what is proposed; nothing is told."""
        shown = value if value is not None else self.proposed
        self.reset.setEnabled(value is not None and value != self.proposed)
        for widget in (self.spin, self.slider):
            widget.blockSignals(True)
        if shown is not None:
            self.spin.setValue(shown)
            self.slider.setValue(round(shown / self._step))
        for widget in (self.spin, self.slider):
            widget.blockSignals(False)


def slider_of(kind: Range, name: str) -> QSlider:
    """A slider of steps of a range; ``name`` is what a screen reader says."""
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(round(kind.low / kind.step), round(kind.sliding / kind.step))
    slider.setAccessibleName(name)
    return slider


def spin_box(kind: Range) -> QDoubleSpinBox:
    """An editor of a number in a range."""
    spin = QDoubleSpinBox(minimum=kind.low, maximum=kind.high, singleStep=kind.step)
    spin.setDecimals(kind.decimals)
    spin.setSuffix(kind.suffix)
    spin.setKeyboardTracking(False)
    spin.setAlignment(Qt.AlignmentFlag.AlignRight)
    spin.setFixedWidth(spin.fontMetrics().horizontalAdvance("0") * WIDTH)
    return spin
