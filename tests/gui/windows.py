"""A window with pages of the test's own, and a worker that is never started."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from seqgen_gui.link.worker import Worker
from seqgen_gui.project.project import Part, Project
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.places import Place
from seqgen_gui.shell.settings import Settings
from seqgen_gui.shell.theme import Theme
from seqgen_gui.shell.window import MainWindow
from tests.gui.project.pages import TextPart


class TextPage(QWidget):
    """A page with one line; opens files and has an action with the key X."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.opened: list[Path] = []
        self.pressed = 0
        self.line = QLineEdit()
        self.line.textEdited.connect(context.project.touch)
        QVBoxLayout(self).addWidget(self.line)
        self.setFocusProxy(self.line)
        context.project.register(Part("text", TextPart, self.part, self.show_part))
        context.actions.add("Text", "&Press", self._press, keys="Ctrl+Shift+X", owner=self)

    def open_file(self, path: Path) -> None:
        self.opened.append(path)

    def part(self) -> TextPart:
        return TextPart(text=self.line.text())

    def show_part(self, part: TextPart) -> None:
        self.line.setText(part.text)

    def _press(self) -> None:
        self.pressed += 1


class PlainPage(QWidget):
    """A page that can do nothing."""

    def __init__(self, context: Context) -> None:
        super().__init__()


PLACES = (
    Place("text", "Text", "handwriting", (".txt", ".text"), TextPage),
    Place("plain", "Plain", "train", (".dat",), PlainPage),
)


def make_window(folder: Path, places: tuple[Place, ...] = PLACES) -> MainWindow:
    """A window whose settings are in ``folder``."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settings = Settings(folder / "gui.ini")
    window = MainWindow(
        settings=settings,
        theme=Theme(app, settings),
        worker=Worker(["no-worker"]),
        project=Project(),
        places=places,
    )
    settings.setParent(window)
    window.context.requests.setParent(window)  # type: ignore[attr-defined]
    window.project.setParent(window)
    return window


@contextmanager
def shown(window: MainWindow) -> Iterator[MainWindow]:
    """Show a window, and leave nothing of it behind."""
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    try:
        yield window
    finally:
        window.project.clear()
        window.close()
        for one in (window.context.theme, window):
            one.deleteLater()
            QApplication.sendPostedEvents(one, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
