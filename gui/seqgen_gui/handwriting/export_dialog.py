"""What a letter is exported as, with a preview of its first page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.handwriting.flow import Written
from seqgen_gui.handwriting.outputs import INCH, image_of, numbered
from seqgen_gui.handwriting.paper import Look
from seqgen_gui.shell.controls import muted
from seqgen_gui.shell.export_dialog import ExportDialog, Kind
from seqgen_gui.shell.settings import Settings

PREVIEW = 300  # pixels, the longer side
PLACE = "handwriting"
KINDS = (
    Kind("svg", "SVG for screens", "Smooth curves, a file a page, with its recipe.", (".svg",)),
    Kind(
        "plotter",
        "SVG for plotters",
        "Straight lines in the order of writing, in mm; guides lie in a layer that is not drawn.",
        (".svg",),
    ),
    Kind("pdf", "PDF", "All pages in one file, to print.", (".pdf",)),
    Kind("png", "PNG", "A picture a page, without recipe.", (".png",)),
    Kind("inkml", "InkML", "Ink as data: lines, strokes and their text.", (".inkml",)),
)


class LetterExport:
    """The dialog with what it shows; ``dpi`` and ``clear`` say how a picture is written."""

    def __init__(
        self, parent: QWidget, settings: Settings, written: Written, look: Look, title: str
    ) -> None:
        self._written, self._look = written, look
        self._resolution_label = QLabel("&Resolution")
        self.resolution = QComboBox()
        for dpi in (96, 150, 300, 600):
            self.resolution.addItem(f"{dpi} dots an inch", dpi)
        self.resolution.setCurrentIndex(2)
        self.clear_paper = QCheckBox("Without paper (transparent)")
        self.preview = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.preview.setAccessibleName("Preview of the first page")
        self.preview.setFixedSize(PREVIEW + 24, PREVIEW + 24)
        self.dialog = ExportDialog(
            parent,
            settings,
            PLACE,
            KINDS,
            lambda _: title,
            self._options(),
            self._right(),
            lambda path, kind: paths_of(path, kind, len(written.sheets)),
        )
        self.clear_paper.toggled.connect(lambda _: self._show(self.dialog.kind))
        self.dialog.chosen.connect(self._show)
        self._show(self.dialog.kind)

    @property
    def dpi(self) -> int:
        """Dots an inch of a picture."""
        return int(self.resolution.currentData())

    @property
    def clear(self) -> bool:
        """Whether a picture has no paper."""
        return self.clear_paper.isChecked()

    def _options(self) -> QWidget:
        options = QWidget()
        form = QFormLayout(options)
        form.setContentsMargins(0, 0, 0, 0)
        self._resolution_label.setBuddy(self.resolution)
        form.addRow(self._resolution_label, self.resolution)
        form.addRow("", self.clear_paper)
        return options

    def _right(self) -> QWidget:
        pages, sheet = len(self._written.sheets), self._written.sheets[0]
        size = f"{sheet.width:g} x {sheet.height:g} mm"
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview)
        column.addWidget(muted(f"{size}, 1 page" if pages == 1 else f"{size}, {pages} pages"))
        return right

    def _show(self, kind: Kind) -> None:
        is_png = kind.name == "png"
        for widget in (self._resolution_label, self.resolution, self.clear_paper):
            widget.setVisible(is_png)
        sheet, ratio = self._written.sheets[0], self.dialog.devicePixelRatioF()
        dpi = PREVIEW * INCH / max(sheet.width, sheet.height) * ratio
        look = replace(self._look, guides=False) if kind.name == "inkml" else self._look
        picture = QPixmap.fromImage(image_of(sheet, look, dpi, is_png and self.clear))
        picture.setDevicePixelRatio(ratio)
        self.preview.setPixmap(picture)


def paths_of(path: Path, kind: Kind, pages: int) -> list[Path]:
    """The files that an export writes: a page each, numbered, but for a PDF."""
    return [path] if kind.name == "pdf" or pages == 1 else numbered(path, pages)
