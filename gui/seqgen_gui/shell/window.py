"""The main window: the sidebar, the pages, the notices above them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from seqgen_gui.link.worker import Worker
from seqgen_gui.project.project import Project
from seqgen_gui.shell.actions import Actions
from seqgen_gui.shell.command_palette import CommandPalette
from seqgen_gui.shell.context import Context, OpensFiles
from seqgen_gui.shell.controls import scrolling
from seqgen_gui.shell.dialogs import about_dialog, shortcuts_dialog
from seqgen_gui.shell.files import Files
from seqgen_gui.shell.icons import Icons
from seqgen_gui.shell.menus import Menus, RecentMenu, add_window_actions
from seqgen_gui.shell.notices import Notices
from seqgen_gui.shell.places import Place
from seqgen_gui.shell.preferences import Preferences
from seqgen_gui.shell.recent import Recent
from seqgen_gui.shell.settings import Settings
from seqgen_gui.shell.sidebar import Sidebar
from seqgen_gui.shell.status import WorkerStatus
from seqgen_gui.shell.theme import Theme
from seqgen_gui.sound.look import Look

SIZE = (1280, 800)
FRAME = 40  # that the window's title may need
LEAST = (640, 400)  # fits a screen of 1280x800 at 200 %
ROOMY = 1100  # logical pixels from which on the sidebar names its places
_GEOMETRY, _PLACE, _SIDEBAR = "window", "place", "sidebar"


class MainWindow(QMainWindow):
    """Shows the pages of places, each made when it is first gone to."""

    painted = Signal()
    """The window is on the screen for the first time."""
    leaving = Signal()
    """The window closes, for good."""

    def __init__(
        self,
        *,
        settings: Settings,
        theme: Theme,
        worker: Worker,
        project: Project,
        places: Sequence[Place],
    ) -> None:
        super().__init__()
        self.project, self.places = project, tuple(places)
        self._settings, self._pages = settings, dict[str, QWidget]()
        self._place, self._was_painted = "", False
        icons = Icons(theme)
        self.notices = Notices(icons)
        self.commands = Actions(self, icons)
        self.context = Context(
            requests=worker,
            project=project,
            actions=self.commands,
            notices=self.notices,
            settings=settings,
            theme=theme,
            icons=icons,
        )
        self.recent = Recent(settings, self)
        self.files = Files(
            self,
            project=project,
            settings=settings,
            notices=self.notices,
            recent=self.recent,
            places=places,
            open_in=self._open_in,
        )
        self.sidebar = Sidebar(places, icons)
        self.sidebar.chosen.connect(self.go)
        self._stack = QStackedWidget()
        self._palette = CommandPalette(self, theme)
        self._lay_out(worker)
        titles = [place.menu or f"&{place.title}" for place in places]
        menus = ["&File", "&Edit", "&View", *titles, "&Help"]
        self.menus = Menus(self.menuBar(), self.commands, menus)
        self.recent_menu = RecentMenu(self.recent, self.files.open)
        self.sidebar_action = add_window_actions(self)
        project.changed.connect(self._entitle)
        self._entitle()
        self._restore_state()

    def _lay_out(self, worker: Worker) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(column, 1)
        middle = QWidget()
        middle.setLayout(row)
        self.setCentralWidget(middle)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(WorkerStatus(worker))
        self.setMinimumSize(*LEAST)
        self.setAcceptDrops(True)

    @property
    def place(self) -> str:
        """The name of the place that is shown."""
        return self._place

    def page(self, name: str) -> QWidget:
        """The page of a place, made now if it was not shown yet."""
        if name not in self._pages:
            place = next(place for place in self.places if place.name == name)
            self._pages[name] = place.make(self.context)
            self._stack.addWidget(scrolling(self._pages[name]))
        return self._pages[name]

    def go(self, name: str) -> None:
        """Show the page of a place."""
        page = self.page(name)
        self._place = name
        self._settings.keep(_PLACE, name)
        self._stack.setCurrentIndex(list(self._pages).index(name))
        self.sidebar.show_place(name)
        titles = {place.name: place.title for place in self.places}
        self.menus.show_only(titles[name], list(titles.values()))
        page.setFocus()

    def show_commands(self) -> None:
        """Open the command palette."""
        pages = [page for name, page in self._pages.items() if name != self._place]
        self._palette.open(
            entry
            for entry in self.commands.entries
            if entry.owner is None
            or not any(page is entry.owner or page.isAncestorOf(entry.owner) for page in pages)
        )

    def show_shortcuts(self) -> None:
        """Show which keys do what."""
        shortcuts_dialog(self, self.commands.entries).open()

    def show_about(self) -> None:
        """Show the version and the licences."""
        about_dialog(self).open()

    def show_preferences(self) -> None:
        """Show the preferences."""
        preferences = Preferences(self._settings, self)
        preferences.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = Look(preferences)
        look.found.connect(preferences.show_equipment)
        preferences.finished.connect(look.close)
        look.start()
        preferences.open()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or be a window again."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _open_in(self, place: Place, path: Path) -> None:
        self.go(place.name)
        cast("OpensFiles", self._pages[place.name]).open_file(path)

    def _entitle(self) -> None:
        self.setWindowTitle(f"{self.project.title}[*] - seqgen")
        self.setWindowModified(self.project.modified)

    def _restore_state(self) -> None:
        room = self.screen().availableSize()
        self.resize(QSize(*SIZE).boundedTo(room))
        if room.height() - FRAME < SIZE[1]:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self.restoreGeometry(self._settings.state(_GEOMETRY))
        if self._settings.value(_SIDEBAR) == "hidden":
            self.sidebar_action.setChecked(False)
        last = self._settings.value(_PLACE)
        names = [place.name for place in self.places]
        self.go(last if last in names else names[0])

    def _keep_state(self) -> None:
        self._settings.keep_state(_GEOMETRY, self.saveGeometry())
        self._settings.keep(_SIDEBAR, "" if self.sidebar_action.isChecked() else "hidden")
        self._settings.sync()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the pages more room where there is little."""
        super().resizeEvent(event)
        self.sidebar.show_names(self.width() >= ROOMY)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask for what is not saved, and remember how the window was."""
        if not self.files.may_leave():
            event.ignore()
            return
        self._keep_state()
        self.leaving.emit()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that can be opened, never away from where they lie."""
        if self._dropped(event):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open them."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        for path in self._dropped(event):
            self.files.open(path)

    def _dropped(self, event: QDropEvent) -> list[Path]:
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        return [path for path in paths if self.files.opens(path)]
