"""Where music is played: on this computer, or by a synth at a MIDI port."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from seqgen_gui.shell.controls import ICON
from seqgen_gui.shell.icons import Icons
from seqgen_gui.shell.settings import Settings
from seqgen_gui.sound.look import Look
from seqgen_gui.sound.player import COMMAND
from seqgen_gui.sound.score import Equipment

SETTING = "synth"
_HERE = "This computer"
_LOOKING = "Looking for MIDI ports…"


class OutputButton(QToolButton):
    """A menu of outputs; ``chosen`` tells the port that was chosen, empty for this computer."""

    chosen = Signal(str)

    def __init__(self, icons: Icons, settings: Settings, command: Sequence[str] = COMMAND) -> None:
        super().__init__()
        self._icons, self._settings = icons, settings
        self._told: Equipment | None = None
        self._look = Look(self, command)
        self._look.found.connect(self._found)
        menu = QMenu(self)
        menu.setAccessibleName("Where it is played")
        menu.aboutToShow.connect(self._open)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIconSize(QSize(ICON, ICON))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._choose)
        self._name()

    def close_look(self) -> None:
        """Give up a look for ports."""
        self._look.close()

    def _open(self) -> None:
        self._fill()
        self._look.start()

    def _found(self, told: Equipment) -> None:
        self._told = told
        self._fill()

    def _fill(self) -> None:
        menu, wanted = self.menu(), self._settings.value(SETTING)
        for action in self._group.actions():
            self._group.removeAction(action)
        menu.clear()
        ports = self._told.synths if self._told else ()
        self._add(_HERE, "")
        menu.addSeparator()
        for port in ports:
            self._add(port, port)
        if wanted and wanted not in ports:
            self._add(f"{wanted}, which is gone" if self._told else wanted, wanted)
        if self._told is None:
            menu.addAction(_LOOKING).setEnabled(False)
        elif not ports:
            why = self._told.no_ports or "no MIDI synth is connected"
            menu.addAction(why[:1].upper() + why[1:]).setEnabled(False)

    def _add(self, text: str, port: str) -> None:
        action = QAction(text.replace("&", "&&"), self.menu())
        action.setCheckable(True)
        action.setData(port)
        action.setChecked(port == self._settings.value(SETTING))
        self._group.addAction(action)
        self.menu().addAction(action)

    def _choose(self, action: QAction) -> None:
        port = action.data()
        self._settings.keep(SETTING, port)
        self._name()
        self.chosen.emit(port)

    def _name(self) -> None:
        port = self._settings.value(SETTING)
        self._icons.put(self, "midi" if port else "volume")
        where = f"by the synth at {port}" if port else "on this computer"
        self.setToolTip(f"Played {where}; choose where")
        self.setAccessibleName(f"Where it is played: {port or _HERE.lower()}")
