"""The expert's table: every entry of a recipe, its value, what it does."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from seqgen.reports import RecipeEntry
from seqgen_gui.train.keys import HELP

TITLES = ("Setting", "Value", "What it does")
_KEY, _VALUE, _HELP = range(3)


class RecipeTable(QTableWidget):
    """Shows a recipe; values are edited in their place, changed ones are bold.

    A value that is emptied becomes that of the recipe again.
    """

    edited = Signal(str)
    """The entry of this key has another value."""

    def __init__(self) -> None:
        super().__init__(0, len(TITLES))
        self.setAccessibleName("All settings of the recipe")
        self.setHorizontalHeaderLabels(TITLES)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(_KEY, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_VALUE, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(_VALUE, 110)
        header.setSectionResizeMode(_HELP, QHeaderView.ResizeMode.Stretch)
        self._given: dict[str, str] = {}
        self._rows: dict[str, int] = {}
        self.itemChanged.connect(self._item_changed)

    def show_recipe(self, recipe: RecipeEntry) -> None:
        """Show another recipe, unchanged."""
        keys = sorted(recipe.entries, key=_place)
        self._given = {key: as_text(recipe.entries[key]) for key in keys}
        self._rows = {key: row for row, key in enumerate(self._given)}
        self.blockSignals(True)
        self.setRowCount(len(self._given))
        for key, row in self._rows.items():
            for column, text in enumerate((key, self._given[key], HELP.get(key, ""))):
                item = QTableWidgetItem(text)
                if column != _VALUE:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                item.setToolTip(HELP.get(key, key))
                self.setItem(row, column, item)
        self.blockSignals(False)

    def value(self, key: str) -> str:
        """The value of an entry as text; empty for one that the recipe has not."""
        row = self._rows.get(key)
        return "" if row is None else self._item(row).text().strip()

    def set_value(self, key: str, value: str) -> None:
        """Change an entry; one that the recipe has not is passed over."""
        row = self._rows.get(key)
        if row is not None and self.value(key) != value:
            self._item(row).setText(value)

    def given(self, key: str) -> str:
        """The value that the recipe itself has."""
        return self._given.get(key, "")

    @property
    def overrides(self) -> tuple[str, ...]:
        """What was changed, as ``key=value``."""
        values = ((key, self.value(key)) for key in self._rows)
        return tuple(f"{key}={text}" for key, text in values if text != self._given[key])

    def _item(self, row: int) -> QTableWidgetItem:
        item = self.item(row, _VALUE)
        assert item is not None
        return item

    def _item_changed(self, item: QTableWidgetItem) -> None:
        key = next(key for key, row in self._rows.items() if row == item.row())
        self.blockSignals(True)
        if not self.value(key):
            item.setText(self._given[key])
        font = item.font()
        font.setBold(self.value(key) != self._given[key])
        item.setFont(font)
        self.blockSignals(False)
        self.edited.emit(key)


def _place(key: str) -> tuple[int, str]:
    """Where a key stands: in the order of their explanations, the unexplained last."""
    return (list(HELP).index(key) if key in HELP else len(HELP), key)


def as_text(value: Any) -> str:
    """A value as an override writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)
