"""The menus, filled as actions are added, and the actions of the window itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from seqgen_gui.shell.actions import Actions, Entry
from seqgen_gui.shell.recent import Recent
from seqgen_gui.shell.settings import THEMES, Settings

if TYPE_CHECKING:
    from seqgen_gui.shell.window import MainWindow

_Key = QKeySequence.StandardKey


class Menu(QMenu):
    """A menu whose letters choose in it while it is open, though pages have keys of one letter."""

    def event(self, event: QEvent) -> bool:
        """Take a key before a shortcut does; it then comes as a plain key press."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


class Menus:
    """Puts every action into its menu; the menu of a place shows while its page does."""

    def __init__(self, bar: QMenuBar, actions: Actions, titles: Sequence[str]) -> None:
        self._titles = {title.replace("&", ""): title for title in titles}
        self._menus = {name: Menu(title, bar) for name, title in self._titles.items()}
        for menu in self._menus.values():
            bar.addMenu(menu)
        for entry in actions.entries:
            self._add(entry)
        actions.added.connect(self._add)

    def menu(self, title: str) -> QMenu:
        """A menu by its title."""
        return self._menus[title]

    def show_only(self, title: str, among: Sequence[str]) -> None:
        """Show of some menus one, if there is anything in it."""
        for name in among:
            menu = self._menus[name]
            shown = name == title and not menu.isEmpty()
            menu.setTitle(self._titles[name] if shown else name)  # hidden letters count too
            menu.menuAction().setVisible(shown)

    def _add(self, added: Entry | str) -> None:
        if isinstance(added, Entry):
            self._menus[added.menu].addAction(added.action)
        else:
            self._menus[added].addSeparator()


class RecentMenu(Menu):
    """The files that were opened last."""

    def __init__(self, recent: Recent, open_file: Callable[[Path], None]) -> None:
        super().__init__("Open &recent")
        self._recent, self._open = recent, open_file
        recent.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        paths = self._recent.paths
        self.setEnabled(bool(paths))
        for number, path in enumerate(paths, start=1):
            letter = f"&{number} " if number < 10 else ""
            name = f"{path.name}   in {path.parent}".replace("&", "&&")
            action = self.addAction(f"{letter}{name}")
            action.triggered.connect(lambda _, path=path: self._open(path))
        self.addSeparator()
        self.addAction("&Forget these files").triggered.connect(lambda _: self._recent.clear())


def add_window_actions(window: MainWindow) -> QAction:
    """Add what the window itself can do; returns the action that shows the sidebar."""
    actions, files = window.commands, window.files
    actions.add("File", "&New project", files.new, keys=_Key.New, icon="new")
    actions.add("File", "&Open…", files.choose, keys=_Key.Open, icon="open")
    window.menus.menu("File").addMenu(window.recent_menu)
    actions.separate("File")
    actions.add("File", "&Save project", files.save, keys=_Key.Save, icon="save")
    actions.add("File", "Save project &as…", files.save_as, keys="Ctrl+Shift+S")
    actions.separate("File")
    actions.add("File", "&Quit", window.close, keys="Ctrl+Q")
    undo = window.project.undo
    actions.adopt("Edit", undo.createUndoAction(window, "&Undo"), keys=_Key.Undo, icon="undo")
    again: list[QKeySequence | _Key | str] = ["Ctrl+Shift+Z", "Ctrl+Y"]
    actions.adopt("Edit", undo.createRedoAction(window, "&Redo"), keys=again, icon="redo")
    actions.separate("Edit")
    actions.add("Edit", "&Preferences…", window.show_preferences, keys="Ctrl+,", icon="settings")
    sidebar = _add_view_actions(window)
    actions.add("Help", "&Command palette…", window.show_commands, keys="Ctrl+K", icon="commands")
    actions.add("Help", "&Keyboard shortcuts", window.show_shortcuts, keys=["F1"], icon="keyboard")
    actions.separate("Help")
    actions.add("Help", "&About seqgen", window.show_about, icon="info")
    return sidebar


def _add_view_actions(window: MainWindow) -> QAction:
    actions = window.commands
    for number, place in enumerate(window.places, start=1):

        def go(name: str = place.name) -> None:
            window.go(name)

        actions.add("View", place.title, go, keys=f"Ctrl+{number}", icon=place.icon)
    actions.separate("View")
    add_theme_actions(window.commands, window.context.settings)
    actions.separate("View")
    sidebar = actions.add(
        "View", "&Sidebar", window.sidebar.setVisible, keys="Ctrl+B", checkable=True
    )
    sidebar.setChecked(True)
    actions.add("View", "Newest &notice", window.notices.take_focus, keys="F6", icon="info")
    actions.add("View", "&Full screen", window.toggle_full_screen, keys="F11", icon="fit")
    return sidebar


def add_theme_actions(actions: Actions, settings: Settings) -> None:
    """Add a choice of the theme, which is that of the preferences."""
    group = QActionGroup(actions)
    choices: dict[str, QAction] = {}
    for name, text in zip(
        THEMES, ("Theme of the s&ystem", "&Light theme", "&Dark theme"), strict=True
    ):

        def choose(on: bool, name: str = name) -> None:
            if on and settings.theme != name:
                settings.theme = name

        choices[name] = actions.add("View", text, choose, checkable=True)
        group.addAction(choices[name])

    def show(changed: str) -> None:
        if changed == "theme":
            choices[settings.theme].setChecked(True)

    settings.changed.connect(show)
    show("theme")
