"""Letters as files that the window itself writes: PNG and PDF; and as a picture to copy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from seqgen.errors import OutputError
from seqgen.files import write_file
from seqgen_gui.handwriting.paper import Look, paint_sheet
from seqgen_gui.handwriting.sheet import Sheet

INCH = 25.4  # mm
MOST_PIXELS = 120_000_000
PDF_DPI = 1200


def image_of(sheet: Sheet, look: Look, dpi: float, clear: bool = False) -> QImage:
    """A sheet on white paper, or on none; OutputError for more than MOST_PIXELS."""
    scale = dpi / INCH
    width, height = max(round(sheet.width * scale), 1), max(round(sheet.height * scale), 1)
    if width * height > MOST_PIXELS:
        raise OutputError(f"a picture of {width} by {height} pixels is too large")
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDotsPerMeterX(round(scale * 1000))
    image.setDotsPerMeterY(round(scale * 1000))
    image.fill(Qt.GlobalColor.transparent if clear else QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    paint_sheet(painter, sheet, look)
    painter.end()
    return image


def png_bytes(image: QImage) -> bytes:
    """A picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise OutputError("the picture cannot be made")
    return bytes(buffer.data().data())


def numbered(path: Path, pages: int) -> list[Path]:
    """The files of several pages."""
    return [path.with_name(f"{path.stem}-{page}{path.suffix}") for page in range(1, pages + 1)]


def write_pngs(
    path: Path, sheets: Sequence[Sheet], look: Look, dpi: float, clear: bool = False
) -> list[Path]:
    """A PNG a sheet, numbered where there are several; OutputError."""
    paths = [path] if len(sheets) == 1 else numbered(path, len(sheets))
    for one, sheet in zip(paths, sheets, strict=True):
        write_file(one, png_bytes(image_of(sheet, look, dpi, clear)))
    return paths


def pdf_bytes(sheets: Sequence[Sheet], look: Look, title: str) -> bytes:
    """A PDF with a page a sheet, of its size, its ink as lines."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("seqgen")
    writer.setTitle(title)
    writer.setResolution(PDF_DPI)
    painter = QPainter()
    for number, sheet in enumerate(sheets):
        size = QPageSize(
            QSizeF(sheet.width, sheet.height),
            QPageSize.Unit.Millimeter,
            "",
            QPageSize.SizeMatchPolicy.ExactMatch,
        )
        writer.setPageLayout(
            QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
        )
        if number:
            writer.newPage()
        else:
            painter.begin(writer)
        painter.save()
        painter.scale(PDF_DPI / INCH, PDF_DPI / INCH)
        paint_sheet(painter, sheet, look)
        painter.restore()
    painter.end()
    return bytes(buffer.data().data())
