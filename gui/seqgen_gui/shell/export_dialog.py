"""The dialog before an export: which kind of file, what goes with it, a preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.shell.controls import muted
from seqgen_gui.shell.saving import ask_path
from seqgen_gui.shell.settings import Settings

PADDING = 14  # pixels above and below a kind together


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called, what for, and how its name ends."""

    name: str
    title: str
    hint: str
    suffixes: tuple[str, ...]


class ExportDialog(QDialog):
    """Asks for one of ``kinds`` and a file. ``path`` is that file, once accepted.

    ``place`` is what kind and folder are remembered under, ``proposed`` names a file of a kind.
    ``options`` and ``preview`` are the caller's; ``chosen`` tells the kind that they are to show.
    ``files`` are what is written for a path and a kind.
    """

    chosen = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        settings: Settings,
        place: str,
        kinds: Sequence[Kind],
        proposed: Callable[[Kind], str],
        options: QWidget,
        preview: QWidget,
        files: Callable[[Path, Kind], Sequence[Path]] = lambda path, kind: [path],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._settings, self._place = settings, place
        self._kinds, self._proposed, self._files = list(kinds), proposed, files
        self.path: Path | None = None
        self.kinds = QListWidget()
        self.kinds.setAccessibleName("Kind of file")
        metrics = self.kinds.fontMetrics()
        for kind in kinds:
            item = QListWidgetItem(kind.title, self.kinds)
            item.setSizeHint(QSize(0, metrics.height() + PADDING))
        widest = max(metrics.horizontalAdvance(kind.title) for kind in kinds)
        self.kinds.setMinimumWidth(widest + 3 * PADDING)
        self.hint = muted("")
        self._lay_out(options, preview)
        self.choose(settings.value(f"{place}/export"))
        self.kinds.currentRowChanged.connect(lambda _: self._show())

    @property
    def kind(self) -> Kind:
        """The kind of file."""
        return self._kinds[self.kinds.currentRow()]

    def choose(self, name: str) -> None:
        """Choose the kind of a name, the first where there is none."""
        names = [kind.name for kind in self._kinds]
        self.kinds.setCurrentRow(names.index(name) if name in names else 0)
        self._show()

    def choose_file(self) -> None:
        """Ask for the file; the dialog stays where none is named."""
        kind = self.kind
        name = self._proposed(kind) + kind.suffixes[0]
        path = ask_path(
            self,
            self._settings,
            self._place,
            "Export",
            name,
            kind.suffixes,
            lambda path: self._files(path, kind),
        )
        if path is not None:
            self._settings.keep(f"{self._place}/export", kind.name)
            self.path = path
            self.accept()

    def _show(self) -> None:
        self.hint.setText(self.kind.hint)
        self.chosen.emit(self.kind)

    def _lay_out(self, options: QWidget, preview: QWidget) -> None:
        left = QVBoxLayout()
        left.addWidget(self.kinds)
        left.addWidget(self.hint)
        left.addWidget(options)
        row = QHBoxLayout()
        row.addLayout(left, 1)
        row.addWidget(preview)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        self.go.setProperty("primary", True)
        buttons.accepted.connect(self.choose_file)
        buttons.rejected.connect(self.reject)
        self.kinds.itemActivated.connect(lambda _: self.choose_file())
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(buttons)
        self.kinds.setFocus()
