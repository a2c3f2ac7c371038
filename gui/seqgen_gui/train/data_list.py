"""The data of a training: folders, archives and data sets, dropped or chosen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.shell.settings import Settings

_SOURCE = Qt.ItemDataRole.UserRole
FOLDER = "training data"


class DataList(QWidget):
    """Sources by path or by the name of a data set."""

    changed = Signal()
    asked = Signal(str)
    """What a source holds is to be shown."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.list = QListWidget()
        self.list.setAccessibleName("Data to learn from")
        self.list.setAccessibleDescription("Drop folders, archives and files on this page")
        self.list.setMaximumHeight(self.list.fontMetrics().height() * 6)
        self.list.currentRowChanged.connect(self._enable)
        self.folder_button = QPushButton("Add folder…")
        self.file_button = QPushButton("Add files…")
        self.remove_button = QPushButton("Remove")
        self.look_button = QPushButton("What it holds")
        self.look_button.setToolTip("Read the data without training: counts, lengths, examples")
        self.folder_button.clicked.connect(self._choose_folder)
        self.file_button.clicked.connect(self._choose_files)
        self.remove_button.clicked.connect(self._remove)
        self.look_button.clicked.connect(lambda: self.asked.emit(self.current))
        row = QHBoxLayout()
        for button in (self.folder_button, self.file_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.look_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        column.addLayout(row)

    @property
    def sources(self) -> tuple[str, ...]:
        """Paths and names, in their order."""
        return tuple(self.list.item(row).data(_SOURCE) for row in range(self.list.count()))

    @property
    def current(self) -> str:
        """The chosen source; empty for none."""
        item = self.list.currentItem()
        return str(item.data(_SOURCE)) if item else ""

    def set_known(self, name: str, title: str) -> None:
        """Hold one data set, by its name."""
        self.list.clear()
        self._add(name, title, name)
        self._enable()
        self.changed.emit()

    def add_paths(self, paths: Iterable[Path]) -> None:
        """Add folders and files, and look at the last of them."""
        last = ""
        for path in paths:
            last = str(path.absolute())
            if last not in self.sources:
                self._add(last, path.name or last, last)
        if last:
            self._settings.keep_folder(FOLDER, Path(last))
            self.changed.emit()
            self.asked.emit(last)

    def _add(self, source: str, title: str, tip: str) -> None:
        item = QListWidgetItem(title)
        item.setData(_SOURCE, source)
        item.setToolTip(tip)
        self.list.addItem(item)
        self.list.setCurrentItem(item)

    def _remove(self) -> None:
        self.list.takeItem(self.list.currentRow())
        self.changed.emit()

    def _enable(self) -> None:
        for button in (self.remove_button, self.look_button):
            button.setEnabled(bool(self.current))

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(
            self, "Folder to learn from", self._settings.folder(FOLDER)
        )
        if path:
            self.add_paths([Path(path)])

    def _choose_files(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(
            self, "Files and archives to learn from", self._settings.folder(FOLDER)
        )
        self.add_paths(map(Path, paths))
