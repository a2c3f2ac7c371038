"""The settings of page and pen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.handwriting.rows import ChoiceRow, NumberRow
from seqgen_gui.handwriting.state import Settings

PAGES = [
    ("As large as the text", "fit"),
    ("A6, 105 x 148 mm", "a6"),
    ("A5, 148 x 210 mm", "a5"),
    ("A5 landscape", "a5-landscape"),
    ("A4, 210 x 297 mm", "a4"),
    ("A4 landscape", "a4-landscape"),
    ("A3, 297 x 420 mm", "a3"),
    ("Letter, 215.9 x 279.4 mm", "letter"),
    ("Legal, 215.9 x 355.6 mm", "legal"),
]
ALIGNMENTS = [("Left", "left"), ("Centre", "center"), ("Right", "right")]


class PagePanel(QWidget):
    """Emits ``edited`` with the name of a setting and its value."""

    edited = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, NumberRow | ChoiceRow] = {
            "page": ChoiceRow(
                "&Paper", "A size of paper, or your own in mm such as 148.5x210", PAGES, own="own"
            ),
            "margin": NumberRow(
                "&Margins", "Free on all sides", low=0, high=60, step=1, auto="Natural"
            ),
            "x_height": NumberRow(
                "&x-height", "How high an x is: the size of the hand", low=0.5, high=12, step=0.1
            ),
            "line_pitch": NumberRow(
                "&Line pitch",
                "From one baseline to the next; three x-heights by itself",
                low=2,
                high=40,
                step=0.5,
                auto="Natural",
            ),
            "align": ChoiceRow("&Alignment", "Where lines begin", ALIGNMENTS),
            "wander": NumberRow(
                "Wa&nder",
                "How far baselines stray from the straight, in x-heights",
                low=0,
                high=1,
                step=0.02,
                suffix=" x",
                auto="Natural",
            ),
            "pen_width": NumberRow(
                "Pen w&idth", "The line that the pen draws", low=0.05, high=3, step=0.05
            ),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 6)
        column.setSpacing(6)
        for name, row in self.rows.items():
            column.addWidget(row)
            row.edited.connect(lambda value, name=name: self.edited.emit(name, value))
        column.addLayout(self._colour_row())
        column.addStretch()

    def _colour_row(self) -> QHBoxLayout:
        self.colour = QPushButton()
        self.colour.clicked.connect(self._choose_colour)
        self.guides = QCheckBox("G&uides")
        self.guides.setToolTip("Ruled lines, kept in a layer that plotters leave out")
        self.guides.toggled.connect(lambda on: self.edited.emit("guides", on))
        label = QLabel("Pen &colour")
        label.setBuddy(self.colour)
        label.setMinimumWidth(label.fontMetrics().averageCharWidth() * 15)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.colour)
        row.addStretch()
        row.addWidget(self.guides)
        return row

    def show_settings(self, settings: Settings) -> None:
        """Show all of them; nothing is told."""
        for name, row in self.rows.items():
            row.show_value(getattr(settings, name))
        self.guides.blockSignals(True)
        self.guides.setChecked(settings.guides)
        self.guides.blockSignals(False)
        colour = QColor(settings.colour)
        text = "white" if colour.lightness() < 140 else "black"
        self.colour.setText(colour.name())
        self.colour.setAccessibleName(f"Pen colour {colour.name()}")
        self.colour.setStyleSheet(f"background: {colour.name()}; color: {text};")

    def _choose_colour(self) -> None:
        dialog = QColorDialog(QColor(self.colour.text()), self)
        dialog.setWindowTitle("Pen colour")
        dialog.colorSelected.connect(lambda colour: self.edited.emit("colour", colour.name()))
        dialog.open()
