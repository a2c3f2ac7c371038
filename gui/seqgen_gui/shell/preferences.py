"""The preferences: each is taken up at once, or says that it is not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.shell.controls import muted
from seqgen_gui.shell.settings import SCALES, THEMES, Settings
from seqgen_gui.sound.score import Equipment

_DEFAULT_DEVICE = "System default"
_BUILT_IN = "Built-in sounds"
_ABOUT_FONTS = "A SoundFont (.sf2, .sf3) holds recorded instruments; FluidSynth plays it."


class Preferences(QDialog):
    """Shows the settings and changes them."""

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preferences")
        self._settings = settings
        column = QVBoxLayout(self)
        forms = {"Appearance": self._appearance(), "Sound": self._sound()}
        for title, form in forms.items():
            column.addWidget(_group(title, form))
        _align(list(forms.values()))
        column.addStretch()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.resize(520, 380)

    def _appearance(self) -> QFormLayout:
        self.theme = QComboBox()
        for name in THEMES:
            text = "As the system has it" if name == "system" else name.capitalize()
            self.theme.addItem(text, name)
        self.theme.setCurrentIndex(THEMES.index(self._settings.theme))
        self.theme.currentIndexChanged.connect(self._take_theme)
        self.scale = QComboBox()
        for per_cent in SCALES:
            self.scale.addItem(f"{per_cent} %" if per_cent else "As the system has it", per_cent)
        self.scale.setCurrentIndex(SCALES.index(self._settings.scale))
        self.scale.currentIndexChanged.connect(self._take_scale)
        form = QFormLayout()
        form.addRow("&Theme", self.theme)
        form.addRow("&Size", self.scale)
        form.addRow("", muted("A new size is taken up when seqgen starts again."))
        return form

    def show_equipment(self, told: Equipment) -> None:
        """Show the devices and SoundFonts to choose from; what is chosen stays so."""
        wanted = self._settings.audio_device
        with QSignalBlocker(self.device):
            self.device.clear()
            self.device.addItem(_DEFAULT_DEVICE, "")
            for name in dict.fromkeys([*told.devices, wanted]):
                if name:
                    self.device.addItem(name, name)
            self.device.setCurrentIndex(self.device.findData(wanted))
        self._show_fonts(told.fonts)
        if told.font_synth:
            self.about_fonts.setText(f"{_ABOUT_FONTS} Here it is {told.font_synth}.")
        elif told.no_font_synth:
            self.about_fonts.setText(
                f"{_ABOUT_FONTS} {told.no_font_synth}: the built-in sounds play instead."
            )

    def _show_fonts(self, paths: tuple[str, ...]) -> None:
        wanted = self._settings.sound_font
        with QSignalBlocker(self.sound_font):
            self.sound_font.clear()
            self.sound_font.addItem(_BUILT_IN, "")
            for path in dict.fromkeys([*paths, wanted]):
                if path:
                    self._add_font(path)
            self.sound_font.setCurrentIndex(self.sound_font.findData(wanted))

    def _add_font(self, path: str) -> None:
        there = Path(path).is_file()
        name = Path(path).stem if there else f"{Path(path).name}, which is gone"
        self.sound_font.addItem(name, path)
        last = self.sound_font.count() - 1
        self.sound_font.setItemData(last, path, Qt.ItemDataRole.ToolTipRole)

    def _sound(self) -> QFormLayout:
        self.device = QComboBox()
        self.device.currentIndexChanged.connect(self._take_device)
        self.sound_font = QComboBox()
        self.sound_font.currentIndexChanged.connect(self._take_sound_font)
        choose = QPushButton("Choose…")
        choose.setAutoDefault(False)
        choose.setAccessibleName("Choose a SoundFont")
        choose.clicked.connect(self._choose_sound_font)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.sound_font, 1)
        row.addWidget(choose)
        form = QFormLayout()
        form.addRow("&Audio device", self.device)
        form.addRow("Sound&Font", row)
        form.labelForField(row).setBuddy(self.sound_font)  # type: ignore[attr-defined]
        self.about_fonts = muted(_ABOUT_FONTS)
        form.addRow("", self.about_fonts)
        self.show_equipment(Equipment())
        return form

    def _take_theme(self) -> None:
        self._settings.theme = self.theme.currentData()

    def _take_scale(self) -> None:
        self._settings.scale = self.scale.currentData()

    def _take_device(self) -> None:
        self._settings.audio_device = self.device.currentData()

    def _take_sound_font(self) -> None:
        self._settings.sound_font = self.sound_font.currentData()

    def _choose_sound_font(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            "Choose a SoundFont",
            self._settings.folder("sound font"),
            "SoundFonts (*.sf2 *.sf3);;All files (*)",
        )
        if path:
            self._settings.keep_folder("sound font", Path(path))
            if self.sound_font.findData(path) < 0:
                self._add_font(path)
            self.sound_font.setCurrentIndex(self.sound_font.findData(path))


def _group(title: str, form: QFormLayout) -> QGroupBox:
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setVerticalSpacing(8)
    group = QGroupBox(title)
    group.setLayout(form)
    return group


def _align(forms: list[QFormLayout]) -> None:
    """Have the fields of all forms begin at the same place."""
    labels = [
        label
        for form in forms
        for row in range(form.rowCount())
        if (item := form.itemAt(row, QFormLayout.ItemRole.LabelRole)) is not None
        and (label := item.widget()) is not None
    ]
    width = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(width)
