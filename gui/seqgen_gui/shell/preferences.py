"""The preferences: each is taken up at once, or says that it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Thread

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.shell.controls import muted
from seqgen_gui.shell.settings import SCALES, THEMES, Settings

_DEFAULT_DEVICE = "System default"


class Preferences(QDialog):
    """Shows the settings and changes them."""

    _devices_found = Signal(list)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preferences")
        self._settings = settings
        column = QVBoxLayout(self)
        column.addWidget(_group("Appearance", self._appearance()))
        column.addWidget(_group("Sound", self._sound()))
        column.addStretch()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.resize(520, 380)
        self._devices_found.connect(self.show_devices)

    def look_for_devices(self, find: Callable[[], Sequence[str]]) -> None:
        """Show the audio devices that ``find`` names, in a thread, for it may take long."""

        def look() -> None:
            with suppress(RuntimeError):  # the dialog has gone
                self._devices_found.emit(list(find()))

        Thread(target=look, daemon=True).start()

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

    def show_devices(self, names: Sequence[str]) -> None:
        """Show these audio devices to choose from; the chosen one is kept if it is not there."""
        wanted = self._settings.audio_device
        with QSignalBlocker(self.device):
            self.device.clear()
            self.device.addItem(_DEFAULT_DEVICE, "")
            for name in dict.fromkeys([*names, wanted]):
                if name:
                    self.device.addItem(name, name)
            self.device.setCurrentIndex(self.device.findData(wanted))

    def _sound(self) -> QFormLayout:
        self.device = QComboBox()
        self.show_devices(())
        self.device.currentIndexChanged.connect(self._take_device)
        self.sound_font = QLineEdit(self._settings.sound_font)
        self.sound_font.setPlaceholderText("Built-in sounds")
        self.sound_font.setClearButtonEnabled(True)
        self.sound_font.textChanged.connect(self._take_sound_font)
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
        form.addRow("", muted("A SoundFont (.sf2, .sf3) is played if FluidSynth is installed."))
        return form

    def _take_theme(self) -> None:
        self._settings.theme = self.theme.currentData()

    def _take_scale(self) -> None:
        self._settings.scale = self.scale.currentData()

    def _take_device(self) -> None:
        self._settings.audio_device = self.device.currentData()

    def _take_sound_font(self, path: str) -> None:
        self._settings.sound_font = path.strip()

    def _choose_sound_font(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            "Choose a SoundFont",
            self._settings.folder("sound font"),
            "SoundFonts (*.sf2 *.sf3);;All files (*)",
        )
        if path:
            self.sound_font.setText(path)


def _group(title: str, form: QFormLayout) -> QGroupBox:
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setVerticalSpacing(8)
    group = QGroupBox(title)
    group.setLayout(form)
    return group
