"""The settings of the hand: model, style, mix of two styles, temperature, seed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from seqgen.ink_sheets import StyleSample
from seqgen.reports import ModelEntry
from seqgen_gui.handwriting.gallery import Gallery, title_of
from seqgen_gui.handwriting.hand_bar import HandBar
from seqgen_gui.handwriting.mix_bar import MixBar
from seqgen_gui.handwriting.rows import NumberRow
from seqgen_gui.handwriting.state import DEFAULT_MODEL, Settings
from seqgen_gui.shell.controls import muted, tool_button
from seqgen_gui.shell.icons import Icons


class StylePanel(QWidget):
    """Emits ``edited`` with settings by name; ``hand_wished`` and ``file_wished`` are buttons."""

    edited = Signal(dict)
    hand_wished = Signal()
    file_wished = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._shown = Settings()
        self._names: list[str] = []
        self._hands: list[str] = []
        self.gallery = Gallery()
        self.gallery.chosen.connect(self._choose)
        self.trouble = muted("")
        self.trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 6)
        column.setSpacing(6)
        column.addLayout(self._head(icons))
        column.addWidget(self.trouble)
        column.addWidget(self.gallery, 1)
        self.hand = HandBar()
        column.addWidget(self.hand)
        self.mix = MixBar(icons)
        self.mix.edited.connect(self.edited.emit)
        self.mix.second.clicked.connect(self._mark)
        self.mix.first.clicked.connect(self._mark)
        column.addWidget(self.mix)
        self.temperature = NumberRow(
            "&Temperature",
            "Below 1 the hand is neater, above 1 wilder",
            low=0.0,
            high=1.5,
            step=0.05,
            suffix="",
            auto="Natural",
        )
        self.temperature.edited.connect(lambda value: self.edited.emit({"temperature": value}))
        column.addWidget(self.temperature)
        column.addLayout(self._seed_row(icons))

    def _head(self, icons: Icons) -> QHBoxLayout:
        self.model = QComboBox()
        self.model.setAccessibleName("Model")
        self.model.setToolTip("Which model writes")
        self.model.setMinimumContentsLength(6)
        self.model.addItem(DEFAULT_MODEL, None)
        self.model.activated.connect(
            lambda _: self.edited.emit(
                {"model": self.model.currentData(), "style": None, "other": None}
            )
        )
        self.search = QLineEdit(placeholderText="Find a style")
        self.search.setAccessibleName("Find a style")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._fill())
        self.mine = QPushButton("My hand…")
        self.mine.setToolTip("Write a few lines, and let the model learn your hand")
        self.mine.clicked.connect(self.hand_wished.emit)
        self.file = tool_button(icons, "open", "Use a style of your own, a .hand file")
        self.file.clicked.connect(self.file_wished.emit)
        row = QHBoxLayout()
        row.addWidget(self.model)
        row.addWidget(self.search, 1)
        row.addWidget(self.file)
        row.addWidget(self.mine)
        return row

    def _seed_row(self, icons: Icons) -> QHBoxLayout:
        self.seed = QLineEdit(placeholderText="a new one each time")
        self.seed.setAccessibleName("Seed")
        self.seed.setToolTip("The same seed gives the same ink")
        self.seed.editingFinished.connect(self._seed_typed)
        self.lock = tool_button(icons, "lock", "Keep the seed for the next letter")
        self.lock.setCheckable(True)
        self.lock.toggled.connect(lambda on: self.edited.emit({"locked": on}))
        label = QLabel("See&d")
        label.setBuddy(self.seed)
        label.setMinimumWidth(label.fontMetrics().averageCharWidth() * 15)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.seed, 1)
        row.addWidget(self.lock)
        return row

    def show_models(self, models: Sequence[ModelEntry]) -> None:
        """Offer models."""
        chosen = self._shown.model
        self.model.clear()
        names = [DEFAULT_MODEL, *(one.name for one in models if one.name != DEFAULT_MODEL)]
        for name in names:
            self.model.addItem(name, None if name == DEFAULT_MODEL else name)
        self._show_model(chosen)

    def show_styles(self, names: list[str], hands: list[str]) -> None:
        """Fill the gallery, with the user's own hands first."""
        self._names, self._hands = [*hands, *names], hands
        self.trouble.hide()
        self._fill()

    def show_trouble(self, why: str) -> None:
        """Say why there are no styles, or why those that are there cannot be drawn."""
        what = "Some styles cannot be drawn" if self._names else "No styles to show"
        self.trouble.setText(f"{what}: {why}.")
        self.trouble.show()

    def show_sample(self, sample: StyleSample) -> None:
        """Show ink in the gallery, or that of the mix."""
        self.gallery.show_sample(sample)
        self.mix.show_sample(sample)

    def show_settings(self, settings: Settings) -> None:
        """Show all of them; nothing is told."""
        self._shown = settings
        self._show_model(settings.model)
        self.temperature.show_value(settings.temperature)
        for widget in (self.lock, self.seed):
            widget.blockSignals(True)
        self.lock.setChecked(settings.locked)
        self.seed.setText("" if settings.seed is None else str(settings.seed))
        for widget in (self.lock, self.seed):
            widget.blockSignals(False)
        self.mix.show_settings(settings)
        self._mark()

    def _mark(self) -> None:
        """Mark the card of the style that a click in the gallery changes."""
        settings = self._shown
        marked = settings.other if self.mix.takes_second else settings.style
        self.gallery.show_chosen(marked)
        self.hand.show_hand(marked if marked in self._hands else None)

    def _show_model(self, name: str | None) -> None:
        place = self.model.findData(name)
        if place < 0:
            self.model.addItem(PurePath(name or DEFAULT_MODEL).stem, name)
            place = self.model.count() - 1
        self.model.setCurrentIndex(place)

    def _fill(self) -> None:
        wanted = self.search.text().strip().casefold()
        self.gallery.show_names(
            name for name in self._names if wanted in title_of(name).casefold()
        )
        self._mark()

    def _choose(self, name: str) -> None:
        if self.mix.takes_second:
            first = self._shown.style or (self._names[0] if self._names else None)
            self.edited.emit({"style": first, "other": name})
        else:
            self.edited.emit({"style": name})

    def _seed_typed(self) -> None:
        text = self.seed.text().strip()
        if not text:
            self.edited.emit({"seed": None, "locked": False})
        elif text.isdecimal() and int(text) < 2**63:
            if int(text) != self._shown.seed:
                self.edited.emit({"seed": int(text), "locked": True})
        else:
            self.show_settings(self._shown)
