"""The recipe of a training: a few plain questions, and the table of all answers behind them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from seqgen.reports import RecipeEntry
from seqgen_gui.shell.controls import inset, muted
from seqgen_gui.train.recipe_table import RecipeTable

SIZES = (("Small", 0.5), ("As the recipe says", 1.0), ("Large", 1.5))
HIDDEN, BATCH = "network.hidden", "trainer.batch"
MINUTES = 30
TIME = (
    "More time learns more, until the validation loss stops falling. The best model on the way "
    "is kept."
)
SIZE = (
    "A small model is quick to train and to sample, and does best with little data. A large one "
    "wants much data and time."
)
BATCHES = (
    "How many pieces or lines are learned from at once. More is steadier, and needs more memory."
)


class RecipeForm(QWidget):
    """Chooses a recipe and changes it. Plain fields and table show the same values."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._recipes: list[RecipeEntry] = []
        self.choice = QComboBox()
        self.about = muted("")
        self.scale = QComboBox(placeholderText="As set below")
        self.scale.addItems([name for name, _ in SIZES])
        self.minutes = QSpinBox(minimum=0, maximum=100_000, value=MINUTES, suffix=" minutes")
        self.minutes.setSpecialValueText("Until it has learned")
        self.batch = QSpinBox(minimum=1, maximum=4096)
        inset(self.minutes)
        inset(self.batch)
        self.expert = QCheckBox("Show all settings")
        self.table = RecipeTable()
        self.table.setMinimumHeight(320)
        self.table.hide()
        self._lay_out()
        self.choice.currentIndexChanged.connect(self._choose)
        self.scale.activated.connect(self._resize)
        self.batch.valueChanged.connect(lambda n: self.table.set_value(BATCH, str(n)))
        self.minutes.valueChanged.connect(lambda _: self.changed.emit())
        self.expert.toggled.connect(self.table.setVisible)
        self.table.edited.connect(self._edited)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(10)
        for name, field, hint in (
            ("&Recipe", self.choice, self.about),
            ("&Time", self.minutes, muted(TIME)),
            ("&Size", self.scale, muted(SIZE)),
            ("&Batch", self.batch, muted(BATCHES)),
        ):
            both = QVBoxLayout()
            both.setSpacing(2)
            both.addWidget(field)
            both.addWidget(hint)
            label = QLabel(name)
            label.setBuddy(field)
            form.addRow(label, both)
        form.addRow("", self.expert)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.table)

    def offer(self, recipes: Sequence[RecipeEntry]) -> None:
        """Offer recipes; the first is chosen."""
        self._recipes = list(recipes)
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItems([_title(recipe) for recipe in recipes])
        self.choice.blockSignals(False)
        self._choose(self.choice.currentIndex())

    @property
    def recipe(self) -> str:
        """The name of the recipe; empty before any was offered."""
        row = self.choice.currentIndex()
        return self._recipes[row].name if 0 <= row < len(self._recipes) else ""

    @property
    def overrides(self) -> tuple[str, ...]:
        """What was changed in it."""
        return self.table.overrides

    @property
    def limit(self) -> float | None:
        """The minutes; None for no limit."""
        return float(self.minutes.value()) or None

    def _choose(self, row: int) -> None:
        if not 0 <= row < len(self._recipes):
            return
        recipe = self._recipes[row]
        licence = f" Licence: {recipe.licence}." if recipe.licence else ""
        self.about.setText(f"{recipe.description}.{licence}")
        self.table.show_recipe(recipe)
        self._show_plainly()
        self.changed.emit()

    def _resize(self, choice: int) -> None:
        hidden = int(self.table.given(HIDDEN)) * SIZES[choice][1]
        self.table.set_value(HIDDEN, str(max(16, round(hidden / 16) * 16)))

    def _edited(self, key: str) -> None:
        self._show_plainly()
        self.changed.emit()

    def _show_plainly(self) -> None:
        """Let the plain fields show what the table holds."""
        batch, hidden = self.table.value(BATCH), self.table.value(HIDDEN)
        if batch.isdigit():
            self.batch.setValue(int(batch))
        given = int(self.table.given(HIDDEN))
        sizes = [str(max(16, round(given * factor / 16) * 16)) for _, factor in SIZES]
        sizes[1] = str(given)
        self.scale.setCurrentIndex(sizes.index(hidden) if hidden in sizes else -1)


def _title(recipe: RecipeEntry) -> str:
    return f"{recipe.name} (for files of your own)" if recipe.default else recipe.name
