"""What can be done with a hand of one's own: rename it, delete it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QMessageBox, QPushButton, QWidget

from seqgen_gui.handwriting.gallery import title_of
from seqgen_gui.link.requests import Requests

_Button = QMessageBox.StandardButton


class HandBar(QWidget):
    """A row for the hand that is chosen; ``renaming`` and ``deleting`` tell its name."""

    renaming = Signal(str)
    deleting = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._label = QLabel()
        self.rename, self.delete = QPushButton("Rename…"), QPushButton("Delete…")
        self.rename.clicked.connect(lambda: self.renaming.emit(self._name))
        self.delete.clicked.connect(lambda: self.deleting.emit(self._name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label, 1)
        row.addWidget(self.rename)
        row.addWidget(self.delete)

    def show_hand(self, name: str | None) -> None:
        """Show a hand of one's own; None for a style that is none."""
        self._name = name or ""
        self._label.setText(f"{title_of(self._name)}, a hand of your own")
        self.setVisible(name is not None)


class OwnHands(QObject):
    """Renames and deletes hands by the worker.

    ``renamed`` tells the old and the new name, ``deleted`` a name, ``failed`` why not.
    """

    renamed = Signal(str, str)
    deleted = Signal(str)
    failed = Signal(str)

    def __init__(self, requests: Requests, window: QWidget) -> None:
        super().__init__(window)
        self._requests, self._window = requests, window

    def ask_name(self, name: str) -> None:
        """Ask for another name."""
        old = title_of(name)
        new, ok = QInputDialog.getText(self._window, "Rename", f"A new name for {old}", text=old)
        if ok and new.strip() and new.strip() != old:
            self.rename(name, new.strip())

    def rename(self, name: str, new: str) -> None:
        """Give a hand another name."""

        def done(result: Any) -> None:
            self.renamed.emit(name, str(result))

        request = {"name": name, "new": new}
        self._requests.send("rename_hand", request, lambda _: None, done, self.failed.emit)

    def ask_delete(self, name: str) -> None:
        """Delete a hand if that is meant."""
        box = QMessageBox(self._window)
        box.setWindowTitle("Delete a hand")
        box.setText(f"Delete {title_of(name)}?")
        box.setInformativeText(
            "Letters that were written in it stay on their pages, but cannot be made again. "
            "The lines you wrote for it are kept."
        )
        box.setStandardButtons(_Button.Cancel)
        delete = box.addButton("Delete", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(_Button.Cancel)
        box.exec()
        if box.clickedButton() is delete:
            self.delete(name)

    def delete(self, name: str) -> None:
        """Delete a hand."""

        def done(_: Any) -> None:
            self.deleted.emit(name)

        self._requests.send("delete_hand", {"name": name}, lambda _: None, done, self.failed.emit)
