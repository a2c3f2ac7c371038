"""The settings of the next take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QGuiApplication, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from seqgen.reports import ModelEntry
from seqgen_gui.music.length_row import LengthRow
from seqgen_gui.music.more_settings import MoreSettings
from seqgen_gui.music.setting_rows import NumberRow, Range, Row
from seqgen_gui.music.state import Settings
from seqgen_gui.shell.controls import tool_button
from seqgen_gui.shell.icons import Icons

DEFAULT_MODEL = "pop"
ABOUT_MODELS = "What the music is continued with."
MAX_SEED = 2**53
_TONICS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_KEYS = [f"{tonic} {mode}" for mode in ("major", "minor") for tonic in _TONICS]


class SettingsPanel(QScrollArea):
    """Shows ``Settings``; ``edited`` tells the name of the one that changed, and all of them."""

    edited = Signal(str, object)
    model_chosen = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.settings = Settings()
        self.model = QComboBox()
        self.model.activated.connect(lambda _: self._model_chosen())
        self.key = QComboBox()
        self.key.activated.connect(lambda _: self._tell("key", key=self.key.currentData()))
        self.key.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._fill_keys(None)
        self.bars = LengthRow()
        self.temperature = NumberRow(
            "&Temperature",
            "Low keeps to what is likely, high dares more.",
            Range(0, 10, 2, 0.05, 2),
            icons,
            resets=True,
        )
        self.top_p = NumberRow(
            "Top-&p",
            "Leaves out the unlikeliest notes: below 100 % they are never drawn.",
            Range(1, 100, 100, 1, suffix=" %"),
            icons,
            resets=True,
        )
        self.density = NumberRow(
            "&Density",
            "How many notes there are: 1 as the model likes it, 0.5 half as many, 2 twice.",
            Range(0.25, 4, 2, 0.05, 2),
            icons,
            resets=True,
        )
        self.density.proposed = 1.0
        self.more = MoreSettings(icons)
        self.count = NumberRow(
            "T&akes", "How many variations are drawn at once.", Range(1, 8, 8, 1), icons
        )
        self.model_row = Row("&Model", self.model, ABOUT_MODELS)
        self.seed, self.lock, self.copy = self._seed(icons)
        self._connect()
        self._lay_out()
        self.show_settings(self.settings)

    def _connect(self) -> None:
        self.bars.edited.connect(lambda fields: self._tell("length", **fields))
        self.count.edited.connect(lambda value: self._tell("count", count=round(value)))
        self.temperature.edited.connect(
            lambda value: self._tell(
                "temperature", temperature=None if value is None else round(value, 3)
            )
        )
        self.top_p.edited.connect(
            lambda value: self._tell(
                "top_p", top_p=None if value is None else round(value / 100, 4)
            )
        )
        self.density.edited.connect(
            lambda value: self._tell("density", density=1.0 if value is None else round(value, 3))
        )
        self.more.edited.connect(lambda name, value: self._tell(name, **{name: value}))
        self.seed.editingFinished.connect(self._seed_typed)
        self.lock.toggled.connect(lambda on: self._tell("locked", locked=on))

    def _seed(self, icons: Icons) -> tuple[QLineEdit, Any, Any]:
        line = QLineEdit(placeholderText="drawn anew")
        digits = QRegularExpression(r"\d{0,16}")
        line.setValidator(QRegularExpressionValidator(digits, line))
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        lock = tool_button(icons, "lock", "Lock the seed: every take is drawn with it")
        lock.setCheckable(True)
        copy = tool_button(icons, "copy", "Copy the seed")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(line.text()))
        return line, lock, copy

    def _lay_out(self) -> None:
        editor = QWidget()
        row = QHBoxLayout(editor)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for widget in (self.seed, self.copy, self.lock):
            row.addWidget(widget)
        editor.setFocusProxy(self.seed)
        seed_row = Row("&Seed", editor, "The same seed and settings draw the same notes again.")
        self.seed.setAccessibleName("Seed")
        self.seed.setFixedWidth(self.fontMetrics().horizontalAdvance("0") * 13)
        key_row = Row("&Key", self.key, "Keeps new notes in a key, or leaves them free.")
        self.model.setMinimumContentsLength(10)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 10, 12, 6)
        column.setSpacing(4)
        rows = (self.model_row, self.bars, self.temperature, self.top_p, self.density)
        for widget in (*rows, key_row, self.count, seed_row, self.more):
            column.addWidget(widget)
        column.addStretch()
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Settings of the next take")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_settings(self, settings: Settings) -> None:
        """Show settings; nothing is told."""
        self.settings = settings
        self.bars.show_settings(settings)
        self.more.show_settings(settings)
        self.density.show_value(settings.density)
        self.count.show_value(settings.count)
        self.temperature.show_value(settings.temperature)
        self.top_p.show_value(None if settings.top_p is None else settings.top_p * 100)
        self.model.setCurrentIndex(self._place_of(self.model, settings.model or DEFAULT_MODEL))
        self.key.setCurrentIndex(self._place_of(self.key, settings.key))
        self.seed.setText("" if settings.seed is None else str(settings.seed))
        self.copy.setEnabled(settings.seed is not None)
        self.lock.blockSignals(True)
        self.lock.setChecked(settings.locked)
        self.lock.blockSignals(False)
        self.lock.setEnabled(settings.seed is not None or settings.locked)
        self._describe()

    def show_models(self, models: Sequence[ModelEntry]) -> None:
        """Offer these models."""
        self.model.clear()
        for entry in models:
            self.model.addItem(entry.name, entry.name)
            self.model.setItemData(
                self.model.count() - 1, entry.description, Qt.ItemDataRole.ToolTipRole
            )
        self.show_settings(self.settings)

    def propose(self, temperature: float, top_p: float, top_k: int) -> None:
        """Take note of what the model proposes, which counts where nothing else is set."""
        self.temperature.proposed, self.top_p.proposed = temperature, top_p * 100
        self.more.top_k.proposed = top_k
        self.show_settings(self.settings)

    def show_found_key(self, key: str | None) -> None:
        """Name the key that the music suggests, which ``auto`` stands for."""
        self._fill_keys(key)
        self.key.setCurrentIndex(self._place_of(self.key, self.settings.key))

    def _fill_keys(self, found: str | None) -> None:
        self.key.clear()
        self.key.addItem("Free", "off")
        self.key.addItem(f"As the music: {found}" if found else "As the music", "auto")
        for name in _KEYS:
            self.key.addItem(name, name)

    @staticmethod
    def _place_of(box: QComboBox, value: str) -> int:
        place = box.findData(value)
        if place < 0 and box.count():
            box.addItem(value, value)
            place = box.count() - 1
        return place

    def _describe(self) -> None:
        text = self.model.currentData(Qt.ItemDataRole.ToolTipRole)
        self.model_row.sentence.setText(f"{text}." if text else ABOUT_MODELS)

    def _model_chosen(self) -> None:
        name = self.model.currentData()
        self._tell("model", model=name)
        self.model_chosen.emit(name)

    def _seed_typed(self) -> None:
        text = self.seed.text()
        seed = min(int(text), MAX_SEED) if text else None
        if seed != self.settings.seed:
            locked = seed is not None
            self.settings = msgspec.structs.replace(self.settings, locked=locked)
            self._tell("seed", seed=seed)

    def _tell(self, name: str, **fields: object) -> None:
        settings = msgspec.structs.replace(self.settings, **fields)
        if settings != self.settings:
            self.edited.emit(name, settings)
