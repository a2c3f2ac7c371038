"""The gallery: styles with a few words in each, drawn by the model as they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from seqgen.config import Progress
from seqgen.ink_sheets import HandwritingStyles, StyleSample
from seqgen_gui.handwriting import colours
from seqgen_gui.handwriting.paper import Look, pen_of
from seqgen_gui.handwriting.sheet import path_of, polygons
from seqgen_gui.link.requests import Handle, Requests

AT_ONCE = 8  # samples that are asked for together
CARD = QSize(164, 52)
TEXT = "Hello there"


class Samples(QObject):
    """Asks the worker for styles and samples, and keeps them, model by model."""

    listed = Signal(str, list)  # the model, names
    drawn = Signal(str, object)  # the model, a StyleSample
    failed = Signal(str)

    def __init__(self, requests: Requests, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests = requests
        self._handle: Handle | None = None
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._known: dict[tuple[str, str], StyleSample] = {}
        self.paused = False

    def ask_names(self, model: str) -> None:
        """Have the styles of a model told."""

        def told(result: Any) -> None:
            self.listed.emit(model, msgspec.convert(result, HandwritingStyles).names)

        request = {"model": model or None}
        self._requests.send("handwriting_styles", request, lambda _: None, told, self.failed.emit)

    def want(self, model: str, names: list[str]) -> None:
        """Have samples of styles drawn; those wanted before and not drawn yet are forgotten."""
        self._wanted.clear()
        for name in names:
            known = self._known.get((model, name))
            if known is not None:
                self.drawn.emit(model, known)
            else:
                self._wanted[name] = None
        self._ask(model)

    def pause(self, on: bool) -> None:
        """Leave the worker to more urgent work while ``on``."""
        self.paused = on
        if on and self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _ask(self, model: str) -> None:
        names = list(self._wanted)[:AT_ONCE]
        if not names or self._handle is not None or self.paused:
            return

        def progress(told: Progress) -> None:
            if "sample" in told.data:
                sample = msgspec.convert(told.data["sample"], StyleSample)
                self._known[model, sample.name] = sample
                self._wanted.pop(sample.name, None)
                self.drawn.emit(model, sample)

        def done(_: Any) -> None:
            self._handle = None
            self._ask(model)

        def failed(why: str) -> None:
            self._handle = None
            self._wanted.clear()
            self.failed.emit(why)

        request = {"model": model or None, "names": names, "text": TEXT}
        self._handle = self._requests.send("handwriting_styles", request, progress, done, failed)


class Gallery(QListWidget):
    """Cards of styles; ``chosen`` tells the name of one, ``seen`` those in sight."""

    chosen = Signal(str)
    seen = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Styles")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setIconSize(CARD)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(4)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._items: dict[str, QListWidgetItem] = {}
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(150)
        self._look.timeout.connect(self._tell_seen)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._look.start())
        self.itemClicked.connect(lambda item: self.chosen.emit(item.text()))
        self.itemActivated.connect(lambda item: self.chosen.emit(item.text()))

    def show_names(self, names: list[str]) -> None:
        """Show cards without ink."""
        self.clear()
        self._items = {}
        blank = QIcon(card_of(None))
        for name in names:
            item = QListWidgetItem(blank, name)
            item.setToolTip(f"Write in the style {name}")
            item.setSizeHint(CARD + QSize(8, 30))
            self.addItem(item)
            self._items[name] = item
        self._look.start()

    def show_sample(self, sample: StyleSample) -> None:
        """Put ink on a card."""
        if sample.name in self._items:
            self._items[sample.name].setIcon(
                QIcon(card_of(sample, ratio=self.devicePixelRatioF()))
            )

    def show_chosen(self, name: str | None) -> None:
        """Mark a card."""
        self.setCurrentItem(self._items.get(name or ""))  # type: ignore[arg-type]

    def look(self) -> None:
        """Tell once more what is in sight."""
        self._look.start()

    def resizeEvent(self, event: Any) -> None:
        """Other cards may be in sight."""
        super().resizeEvent(event)
        self._look.start()

    def _tell_seen(self) -> None:
        if not self.isVisible():
            return
        window = self.viewport().rect()
        seen = [
            name
            for name, item in self._items.items()
            if window.intersects(self.visualItemRect(item))
        ]
        if seen:
            self.seen.emit(seen)


def card_of(sample: StyleSample | None, size: QSize = CARD, ratio: float = 1.0) -> QPixmap:
    """Paper of a size in logical pixels with the ink of a sample, as large as it fits."""
    card = QPixmap(size * ratio)
    card.setDevicePixelRatio(ratio)
    card.fill(colours.PAPER)
    if sample is None:
        return card
    painter = QPainter(card)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = min(size.width() / sample.width, size.height() / sample.height)
    across = (size.width() - sample.width * scale) / 2
    painter.translate(QPointF(across, (size.height() - sample.height * scale) / 2))
    painter.scale(scale, scale)
    painter.setPen(pen_of(Look(width=0.4)))
    painter.drawPath(path_of(list(polygons(sample.points, sample.lengths))))
    painter.end()
    return card
