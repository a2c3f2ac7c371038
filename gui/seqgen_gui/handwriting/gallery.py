"""The gallery: styles with a few words in each, drawn by the model as they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPixmap, QPolygonF, QShowEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from seqgen.config import Progress
from seqgen.ink_sheets import HandwritingStyles, StyleSample
from seqgen_gui.handwriting import colours
from seqgen_gui.handwriting.paper import Look, pen_of
from seqgen_gui.handwriting.sheet import path_of, polygons
from seqgen_gui.link.requests import Handle, Requests

AT_ONCE = 64  # samples that are asked for together
CARD = QSize(108, 40)
TEXT = "Hello you"
PAUSE = 150  # milliseconds without scrolling
NAME = Qt.ItemDataRole.UserRole


class Samples(QObject):
    """Asks the worker for styles and samples, and keeps them, model by model."""

    listed = Signal(str, list, list)  # the model, names, those of the user's own hands
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
            found = msgspec.convert(result, HandwritingStyles)
            self.listed.emit(model, found.names, found.hands)

        def none(why: str) -> None:
            self.listed.emit(model, [], [])
            self.failed.emit(why)

        request = {"model": model or None}
        self._requests.send("handwriting_styles", request, lambda _: None, told, none)

    def forget(self, name: str) -> None:
        """Have a style drawn anew that may be another by now."""
        self._known = {key: sample for key, sample in self._known.items() if key[1] != name}

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
            for name in names:
                self._wanted.pop(name, None)
            self._ask(model)

        def failed(why: str) -> None:
            self._handle = None
            self._wanted.clear()
            self.failed.emit(why)

        request = {"model": model or None, "names": names, "text": TEXT}
        self._handle = self._requests.send("handwriting_styles", request, progress, done, failed)


class Gallery(QListWidget):
    """Cards of styles; ``chosen`` tells the name of one, ``wanted`` those without ink.

    Those in sight come first in ``wanted``.
    """

    chosen = Signal(str)
    wanted = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Styles")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setIconSize(CARD)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(3)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._items: dict[str, QListWidgetItem] = {}
        self._drawn: set[str] = set()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._tell_wanted)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._look.start(PAUSE))
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(NAME)))
        self.itemActivated.connect(lambda item: self.chosen.emit(item.data(NAME)))

    def show_names(self, names: Iterable[str]) -> None:
        """Show cards without ink."""
        self.clear()
        self._items, self._drawn = {}, set()
        blank = QIcon(card_of(None))
        for name in names:
            title = title_of(name)
            item = QListWidgetItem(blank, title)
            item.setData(NAME, name)
            item.setToolTip(f"Write in the style {title}")
            item.setSizeHint(CARD + QSize(6, 24))
            self.addItem(item)
            self._items[name] = item
        self.look()

    def show_sample(self, sample: StyleSample) -> None:
        """Put ink on a card."""
        if sample.name in self._items:
            self._drawn.add(sample.name)
            self._items[sample.name].setIcon(
                QIcon(card_of(sample, ratio=self.devicePixelRatioF()))
            )

    def show_chosen(self, name: str | None) -> None:
        """Mark a card."""
        self.setCurrentItem(self._items.get(name or ""))  # type: ignore[arg-type]

    def look(self) -> None:
        """Tell once more which lack ink."""
        self._look.start(0)

    def showEvent(self, event: QShowEvent) -> None:
        """It may be seen for the first time."""
        super().showEvent(event)
        self.look()

    def _tell_wanted(self) -> None:
        if not self.isVisible():
            return
        window = self.viewport().rect()
        lacking = [name for name in self._items if name not in self._drawn]
        lacking.sort(
            key=lambda name: not window.intersects(self.visualItemRect(self._items[name]))
        )
        if lacking:
            self.wanted.emit(lacking[:AT_ONCE])


def title_of(name: str) -> str:
    """What a style is called; of a file neither folder nor suffix."""
    return "no style" if name == "none" else name.rpartition("/")[2].removesuffix(".hand")


def card_of(sample: StyleSample | None, size: QSize = CARD, ratio: float = 1.0) -> QPixmap:
    """Paper of a size in logical pixels with the ink of a sample, as large as it fits."""
    if sample is None:
        return _card(QPainterPath(), QRectF(0, 0, 1, 1), size, ratio)
    ink = path_of(list(polygons(sample.points, sample.lengths)))
    return _card(ink, QRectF(0, 0, sample.width, sample.height), size, ratio)


def ink_card(
    strokes: Sequence[Sequence[tuple[float, float]]], size: QSize, ratio: float
) -> QPixmap:
    """The same with strokes of points, in any unit."""
    ink = path_of([QPolygonF([QPointF(x, y) for x, y in stroke]) for stroke in strokes])
    box = ink.boundingRect()
    edge = box.height() / 8
    return _card(ink, box.adjusted(-edge, -edge, edge, edge), size, ratio)


def _card(ink: QPainterPath, box: QRectF, size: QSize, ratio: float) -> QPixmap:
    card = QPixmap(size * ratio)
    card.setDevicePixelRatio(ratio)
    card.fill(colours.PAPER)
    painter = QPainter(card)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = min(size.width() / box.width(), size.height() / box.height())
    painter.translate(size.width() / 2, size.height() / 2)
    painter.scale(scale, scale)
    painter.translate(-box.center())
    painter.setPen(pen_of(Look(width=max(0.35, 1.1 / scale))))
    painter.drawPath(ink)
    painter.end()
    return card
