"""The actions: everything the program can do, by name, for menus, shortcuts and the palette."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from seqgen_gui.shell.icons import Icons

Shortcut = QKeySequence | QKeySequence.StandardKey | str


@dataclass(frozen=True, eq=False)
class Entry:
    """An action and the menu it is in; ``owner`` is the page it belongs to, None for all."""

    action: QAction
    menu: str
    owner: QWidget | None

    @property
    def label(self) -> str:
        """Its text without the mark of its letter and without dots."""
        text = self.action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
        return text.removesuffix("…")

    @property
    def keys(self) -> str:
        """Its shortcuts, as the keyboard names them."""
        shown = (
            key.toString(QKeySequence.SequenceFormat.NativeText) for key in self.action.shortcuts()
        )
        return ", ".join(shown)


class Actions(QObject):
    """Makes actions and remembers them."""

    added = Signal(object)
    """An Entry, or the name of a menu that gets a separator."""

    def __init__(self, window: QWidget, icons: Icons) -> None:
        super().__init__(window)
        self._window, self._icons = window, icons
        self.entries: list[Entry] = []

    def add(
        self,
        menu: str,
        text: str,
        slot: Callable[..., object] | None = None,
        *,
        keys: Shortcut | list[Shortcut] | None = None,
        icon: str = "",
        tip: str = "",
        owner: QWidget | None = None,
        checkable: bool = False,
    ) -> QAction:
        """Add an action to the end of a menu.

        ``text`` has an ``&`` before its letter and ends in "…" if it asks first; ``slot`` is
        called without arguments, or with the check of a checkable one. The keys of an action
        with an ``owner`` count while the focus is in that widget, so that they may be single
        letters; those of the others count everywhere.
        """
        action = QAction(text, owner or self._window)
        action.setCheckable(checkable)
        if slot is not None and checkable:
            action.toggled.connect(slot)
        elif slot is not None:
            action.triggered.connect(lambda _: slot())
        return self.adopt(menu, action, keys=keys, icon=icon, tip=tip, owner=owner)

    def adopt(
        self,
        menu: str,
        action: QAction,
        *,
        keys: Shortcut | list[Shortcut] | None = None,
        icon: str = "",
        tip: str = "",
        owner: QWidget | None = None,
    ) -> QAction:
        """Add an action that is there already, as those of an undo stack; see ``add``."""
        if keys is not None:
            action.setShortcuts(_sequences(keys))
        if icon:
            self._icons.put(action, icon)
        if tip:
            action.setStatusTip(tip)
        if owner is not None:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        (owner or self._window).addAction(action)
        entry = Entry(action, menu, owner)
        self.entries.append(entry)
        self.added.emit(entry)
        return action

    def separate(self, menu: str) -> None:
        """Put a line at the end of a menu."""
        self.added.emit(menu)


def _sequences(keys: Shortcut | list[Shortcut]) -> list[QKeySequence]:
    found: list[QKeySequence] = []
    for key in keys if isinstance(keys, list) else [keys]:
        if isinstance(key, QKeySequence.StandardKey):
            found += QKeySequence.keyBindings(key)[:1]
        else:
            found.append(QKeySequence(key))
    return found
