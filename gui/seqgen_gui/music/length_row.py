"""How long the next take is: in bars, seconds or notes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from seqgen_gui.music.setting_rows import Range, Row, slider_of, spin_box
from seqgen_gui.music.state import Settings

UNITS = {
    "bars": Range(1, 1000, 32, 1),
    "seconds": Range(0.1, 3600, 60, 1, decimals=1),
    "notes": Range(1, 100_000, 200, 1),
}
FIRST = {"bars": 8, "seconds": 15.0, "notes": 50}
"""What a unit begins with."""

WIDTH = 10  # digits that the number has room for


class LengthRow(Row):
    """A number and its unit. ``edited`` tells the fields of ``Settings`` that say the length."""

    edited = Signal(object)

    def __init__(self) -> None:
        self.spin = spin_box(UNITS["bars"])
        self.slider = slider_of(UNITS["bars"], "Length, slider")
        self.spin.setFixedWidth(self.spin.fontMetrics().horizontalAdvance("0") * WIDTH)
        self.unit = QComboBox()
        self.unit.addItems(list(UNITS))
        self.unit.setAccessibleName("Unit of the length")
        editor = QWidget()
        row = QHBoxLayout(editor)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.spin)
        row.addWidget(self.unit)
        editor.setFocusProxy(self.spin)
        sentence = "How much is added."
        super().__init__("&Length", editor, sentence, self.slider)
        self.spin.setAccessibleName("Length")
        self.spin.setAccessibleDescription(sentence)
        self.spin.valueChanged.connect(self._tell)
        self.slider.valueChanged.connect(lambda place: self._tell(float(place)))
        self.unit.activated.connect(lambda _: self._tell(FIRST[self.unit.currentText()]))

    def _tell(self, value: float) -> None:
        unit = self.unit.currentText()
        fields: dict[str, float | int | None] = {"seconds": None, "notes": None}
        fields[unit] = round(value, 1) if unit == "seconds" else round(value)
        self.edited.emit(fields)

    def show_settings(self, settings: Settings) -> None:
        """Show the length; nothing is told."""
        unit, value = "bars", float(settings.bars)
        if settings.seconds is not None:
            unit, value = "seconds", settings.seconds
        elif settings.notes is not None:
            unit, value = "notes", float(settings.notes)
        kind = UNITS[unit]
        for widget in (self.spin, self.slider):
            widget.blockSignals(True)
        self.unit.setCurrentText(unit)
        self.spin.setDecimals(kind.decimals)
        self.spin.setRange(kind.low, kind.high)
        self.spin.setValue(value)
        self.slider.setRange(max(round(kind.low), 1), round(kind.sliding))
        self.slider.setValue(round(value))
        for widget in (self.spin, self.slider):
            widget.blockSignals(False)
