"""The theme: light, dark, or as the system has it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from seqgen_gui.shell.colours import DARK, LIGHT, Colours, palette_of
from seqgen_gui.shell.settings import Settings
from seqgen_gui.shell.style import style_sheet

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


class Theme(QObject):
    """Dresses the application as the settings say, and again when they or the system change."""

    changed = Signal()

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self.colours: Colours = LIGHT
        self._app, self._settings = app, settings
        app.setStyle("fusion")
        self._follow()
        settings.changed.connect(self._preference_changed)
        app.styleHints().colorSchemeChanged.connect(self._dress)

    @property
    def dark(self) -> bool:
        """Whether light stands on dark."""
        return self.colours is DARK

    def _preference_changed(self, name: str) -> None:
        if name == "theme":
            self._follow()

    def _follow(self) -> None:
        scheme = _SCHEMES.get(self._settings.theme, Qt.ColorScheme.Unknown)
        self._app.styleHints().setColorScheme(scheme)  # title bars and native dialogs
        self._dress()

    def _dress(self) -> None:
        wanted = _SCHEMES.get(self._settings.theme, self._app.styleHints().colorScheme())
        self.colours = DARK if wanted is Qt.ColorScheme.Dark else LIGHT
        self._app.setPalette(palette_of(self.colours))
        self._app.setStyleSheet(style_sheet(self.colours))
        self.changed.emit()
