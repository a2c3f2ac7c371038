"""The dialog before an export: which kind of file, what of the page goes with it, a preview."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.handwriting.flow import Written
from seqgen_gui.handwriting.outputs import INCH, image_of
from seqgen_gui.handwriting.paper import Look
from seqgen_gui.shell.controls import muted
from seqgen_gui.shell.settings import Settings

PREVIEW = 300  # pixels, the longer side
FOLDER = "handwriting"


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called, what for, the suffix and what a file dialog shows."""

    name: str
    title: str
    hint: str
    suffix: str

    @property
    def filter(self) -> str:
        """What a file dialog shows."""
        return f"{self.suffix[1:].upper()} files (*{self.suffix})"


KINDS = (
    Kind("svg", "SVG for screens", "Smooth curves, a file a page, with its recipe.", ".svg"),
    Kind(
        "plotter",
        "SVG for plotters",
        "Straight lines in the order of writing, in mm; guides lie in a layer that is not drawn.",
        ".svg",
    ),
    Kind("pdf", "PDF", "All pages in one file, to print.", ".pdf"),
    Kind("png", "PNG", "A picture a page, without recipe.", ".png"),
    Kind("inkml", "InkML", "Ink as data: lines, strokes and their text.", ".inkml"),
)


class ExportDialog(QDialog):
    """``chosen`` is the path, once accepted; ``kind``, ``dpi`` and ``clear`` how to write it."""

    def __init__(
        self, parent: QWidget, settings: Settings, written: Written, look: Look, title: str
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._settings, self._written, self._look, self._title = settings, written, look, title
        self.path: Path | None = None
        self.kinds = QListWidget()
        self.kinds.setAccessibleName("Kind of file")
        self.kinds.addItems([kind.title for kind in KINDS])
        self.hint = muted("")
        self.resolution = QComboBox()
        for dpi in (96, 150, 300, 600):
            self.resolution.addItem(f"{dpi} dots an inch", dpi)
        self.resolution.setCurrentIndex(2)
        self.clear_paper = QCheckBox("Without paper (transparent)")
        self.clear_paper.toggled.connect(lambda _: self._show())
        self.preview = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.preview.setAccessibleName("Preview of the first page")
        self.preview.setFixedSize(PREVIEW + 24, PREVIEW + 24)
        self._lay_out()
        names = [kind.name for kind in KINDS]
        last = settings.value("handwriting/export")
        self.kinds.setCurrentRow(names.index(last) if last in names else 0)
        self.kinds.currentRowChanged.connect(lambda _: self._show())
        self._show()

    @property
    def kind(self) -> Kind:
        """The kind of file."""
        return KINDS[self.kinds.currentRow()]

    @property
    def dpi(self) -> int:
        """Dots an inch of a picture."""
        return int(self.resolution.currentData())

    @property
    def clear(self) -> bool:
        """Whether a picture has no paper."""
        return self.clear_paper.isChecked()

    def _lay_out(self) -> None:
        form = QFormLayout()
        self._resolution_label = QLabel("&Resolution")
        self._resolution_label.setBuddy(self.resolution)
        form.addRow(self._resolution_label, self.resolution)
        form.addRow("", self.clear_paper)
        left = QVBoxLayout()
        left.addWidget(self.kinds)
        left.addWidget(self.hint)
        left.addLayout(form)
        pages = len(self._written.sheets)
        sheet = self._written.sheets[0]
        size = f"{sheet.width:g} x {sheet.height:g} mm"
        right = QVBoxLayout()
        right.addWidget(self.preview)
        right.addWidget(muted(f"{size}, 1 page" if pages == 1 else f"{size}, {pages} pages"))
        row = QHBoxLayout()
        row.addLayout(left, 1)
        row.addLayout(right)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(self.choose_file)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(buttons)

    def choose_file(self) -> None:
        """Ask for the file; the dialog stays where none is named."""
        kind = self.kind
        proposed = Path(self._settings.folder(FOLDER)) / f"{self._title}{kind.suffix}"
        text, _ = QFileDialog.getSaveFileName(self, "Export", str(proposed), kind.filter)
        if not text:
            return
        path = Path(text)
        if path.suffix.lower() != kind.suffix:
            path = path.with_name(path.name + kind.suffix)
        self._settings.keep_folder(FOLDER, path)
        self._settings.keep("handwriting/export", kind.name)
        self.path = path
        self.accept()

    def _show(self) -> None:
        is_png = self.kind.name == "png"
        for widget in (self._resolution_label, self.resolution, self.clear_paper):
            widget.setVisible(is_png)
        self.hint.setText(self.kind.hint)
        sheet = self._written.sheets[0]
        dpi = PREVIEW * INCH / max(sheet.width, sheet.height) * self.devicePixelRatioF()
        look = self._look
        if self.kind.name == "inkml":
            look = replace(look, guides=False)
        picture = QPixmap.fromImage(image_of(sheet, look, dpi, is_png and self.clear))
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.preview.setPixmap(picture)
