"""The sidebar: a button for each place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from seqgen_gui.shell.icons import Icons
from seqgen_gui.shell.places import Place

ICON = 24  # logical pixels
BOLD = 1.15  # the width of bold text, in that of plain text


class Sidebar(QFrame):
    """Shows the places in a column; arrow keys move between them."""

    chosen = Signal(str)
    """The name of a place."""

    def __init__(self, places: Sequence[Place], icons: Icons) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName("Places")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 8)
        column.setSpacing(4)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for place in places:
            self._buttons[place.name] = self._button(place, icons)
            column.addWidget(self._buttons[place.name])
        column.addStretch()
        width = max(self.fontMetrics().horizontalAdvance(place.title) for place in places)
        self._wide = round(width * BOLD) + 16
        self.show_names(True)

    def show_names(self, on: bool) -> None:
        """Show the names of the places below their icons, or as tool tips."""
        style = Qt.ToolButtonStyle
        for button in self._buttons.values():
            button.setToolButtonStyle(
                style.ToolButtonTextUnderIcon if on else style.ToolButtonIconOnly
            )
            button.setFixedWidth(self._wide if on else ICON + 20)

    def show_place(self, name: str) -> None:
        """Mark a place as the one that is shown."""
        self._buttons[name].setChecked(True)

    def _button(self, place: Place, icons: Icons) -> QToolButton:
        button = QToolButton()
        button.setText(place.title)
        button.setAccessibleName(place.title)
        button.setCheckable(True)
        button.setToolTip(place.title)
        button.setIconSize(QSize(ICON, ICON))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.put(button, place.icon)
        self._group.addButton(button)
        button.clicked.connect(lambda _: self.chosen.emit(place.name))
        return button
