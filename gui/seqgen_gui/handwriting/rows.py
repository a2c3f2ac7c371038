"""Rows of the settings: a title, an editor, and a hint that explains it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QWidget

from seqgen_gui.shell.controls import inset


class NumberRow(QWidget):
    """A number with a slider; ``edited`` tells a new one. At its least it may mean ``auto``."""

    edited = Signal(object)

    def __init__(
        self,
        title: str,
        hint: str,
        *,
        low: float,
        high: float,
        step: float,
        suffix: str = " mm",
        auto: str = "",
    ) -> None:
        super().__init__()
        self._step, self._low, self._auto = step, low, bool(auto)
        least = low - step if auto else low
        self.spin = QDoubleSpinBox(minimum=least, maximum=high, singleStep=step)
        self.spin.setDecimals(2 if step < 0.1 else 1 if step < 1 else 0)
        self.spin.setSuffix(suffix)
        self.spin.setKeyboardTracking(False)
        inset(self.spin)
        self.spin.setSpecialValueText(auto)
        self.spin.setFixedWidth(self.spin.fontMetrics().averageCharWidth() * 16)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(least / step), round(high / step))
        label = QLabel(title)
        label.setBuddy(self.spin)
        name = title.replace("&", "")
        self.spin.setAccessibleName(name)
        self.slider.setAccessibleName(f"{name}, slider")
        for widget in (self, self.spin, self.slider):
            widget.setToolTip(hint)
            widget.setAccessibleDescription(hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        label.setMinimumWidth(label.fontMetrics().averageCharWidth() * 15)
        row.addWidget(label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.spin)
        self.spin.valueChanged.connect(self._edited)
        self.slider.valueChanged.connect(lambda place: self._edited(place * self._step))

    def show_value(self, value: float | None) -> None:
        """Show a number, None as what it is by itself; nothing is told."""
        shown = self.spin.minimum() if value is None else value
        for widget in (self.spin, self.slider):
            widget.blockSignals(True)
        self.spin.setValue(shown)
        self.slider.setValue(round(shown / self._step))
        for widget in (self.spin, self.slider):
            widget.blockSignals(False)

    def _edited(self, value: float) -> None:
        auto = self._auto and value < self._low - self._step / 2
        self.edited.emit(None if auto else round(value, 4))


class ChoiceRow(QWidget):
    """One of several; ``edited`` tells the value of another."""

    edited = Signal(object)

    def __init__(
        self, title: str, hint: str, choices: Sequence[tuple[str, str]], own: str = ""
    ) -> None:
        super().__init__()
        self.box = QComboBox()
        for text, value in choices:
            self.box.addItem(text, value)
        if own:
            self.box.setEditable(True)
            self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setToolTip(hint)
        self.box.setAccessibleName(title.replace("&", ""))
        self.box.setAccessibleDescription(hint)
        label = QLabel(title)
        label.setBuddy(self.box)
        label.setMinimumWidth(label.fontMetrics().averageCharWidth() * 15)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.box, 1)
        self.box.activated.connect(lambda _: self.edited.emit(self._value()))
        line = self.box.lineEdit()
        if line is not None:
            line.editingFinished.connect(lambda: self.edited.emit(self._value()))

    def show_value(self, value: str) -> None:
        """Show a value; nothing is told."""
        place = self.box.findData(value)
        if place >= 0:
            self.box.setCurrentIndex(place)
        elif self.box.isEditable():
            self.box.setEditText(value)

    def _value(self) -> str:
        place = self.box.findText(self.box.currentText())
        return str(self.box.itemData(place)) if place >= 0 else self.box.currentText().strip()
