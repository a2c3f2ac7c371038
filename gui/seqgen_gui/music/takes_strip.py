"""The takes as a strip of cards: variations to look at, choose, star, compare and drag away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.music.mini import MiniRoll
from seqgen_gui.music.notes import Notes
from seqgen_gui.music.state import TakeRecord
from seqgen_gui.shell.controls import muted, tool_button
from seqgen_gui.shell.dragging import drag_away, file_data
from seqgen_gui.shell.icons import Icons

WIDTH = 240  # pixels that a card takes at most
KEYS = 8
"""Takes that have a number key."""


class TakeCard(QFrame):
    """One take. ``wished`` tells what is wished for it: show, star, compare, delete or export."""

    wished = Signal(str, int)

    def __init__(self, take: TakeRecord, place: int, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.take = take
        self.setObjectName("take")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMaximumWidth(WIDTH)
        self.mini = MiniRoll()
        self.star = tool_button(icons, "star", "Star this take")
        self.star.setCheckable(True)
        self.star.clicked.connect(lambda: self.wished.emit("star", self.take.number))
        self._key = muted("")
        self._told = muted("")
        self._pressed: QPoint | None = None
        head = QHBoxLayout()
        head.addWidget(QLabel(f"<b>Take {take.number}</b>"), 1)
        head.addWidget(self._key)
        head.addWidget(self.star)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 6, 6)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.mini, 1)
        column.addWidget(self._told)
        self.show_take(take, place)

    def show_take(self, take: TakeRecord, place: int) -> None:
        """Show a take that stands at a place (from 1) of the list."""
        self.take = take
        self._key.setText(f"key {place}" if place <= KEYS else "")
        told = f"{take.bars:g} bars from bar {take.at_bar}"
        self._told.setText(told)
        self.star.setChecked(take.starred)
        self._icons.put(self.star, "star-filled" if take.starred else "star")
        self.setToolTip(f"{take.notes} notes, seed {take.seed}. Drag it away as a MIDI file.")
        self.setAccessibleName(f"Take {take.number}, {told}{', starred' if take.starred else ''}")

    def mark(self, kind: str) -> None:
        """Show that it is the ghost ("shown"), compared with it ("other"), or neither ("")."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click or a drag begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the take's file away."""
        if self._pressed is None:
            return
        way = event.position().toPoint() - self._pressed
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            drag_away(self, file_data(Path(self.take.path)), self.mini)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Wish for it to be shown."""
        if self._pressed is not None:
            self.wished.emit("show", self.take.number)
        self._pressed = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows it, Delete deletes it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wished.emit("show", self.take.number)
        elif event.key() == Qt.Key.Key_Delete:
            self.wished.emit("delete", self.take.number)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done."""
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """What can be done with it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        star = "Take the star away" if self.take.starred else "Star"
        for text, wish in (
            ("Show", "show"),
            (star, "star"),
            ("Compare with the one shown", "compare"),
            ("Export…", "export"),
            ("Delete", "delete"),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _, wish=wish: self.wished.emit(wish, self.take.number))
        return menu


class TakesStrip(QScrollArea):
    """All takes in a row, the newest last; ``wished`` is that of the cards."""

    wished = Signal(str, int)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.cards: list[TakeCard] = []
        self._inner = QWidget()
        self._row = QHBoxLayout(self._inner)
        self._row.setContentsMargins(8, 6, 8, 6)
        self._row.setSpacing(8)
        self._hint = muted(
            "Takes that are drawn gather here: look at them, star, compare, drag away."
        )
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row.addWidget(self._hint, 1)
        self._row.addStretch()
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Takes")
        self.setFixedHeight(130)

    def show_takes(
        self, takes: tuple[TakeRecord, ...], shown: int | None, other: int | None
    ) -> list[TakeCard]:
        """Show these takes; returns the cards that are new, which want their notes."""
        new = self._replace(takes)
        for card in self.cards:
            number = card.take.number
            card.mark("shown" if number == shown else "other" if number == other else "")
            if number == shown:
                self.ensureWidgetVisible(card)
        return new

    def _replace(self, takes: tuple[TakeRecord, ...]) -> list[TakeCard]:
        old = {card.take.number: card for card in self.cards}
        new = []
        self.cards = []
        for place, take in enumerate(takes, start=1):
            card = old.pop(take.number, None)
            if card is not None and card.take.path != take.path:  # of another piece
                old[take.number] = card
                card = None
            if card is None:
                card = TakeCard(take, place, self._icons)
                card.wished.connect(self.wished)
                new.append(card)
            elif card.take != take or self._row.indexOf(card) != place:
                card.show_take(take, place)
            if self._row.indexOf(card) != place:
                self._row.insertWidget(place, card)
            self.cards.append(card)
        for card in old.values():
            self._row.removeWidget(card)
            card.deleteLater()
        self._hint.setVisible(not takes)
        return new

    def show_notes(self, number: int, notes: Notes) -> None:
        """Give a take's card its notes."""
        for card in self.cards:
            if card.take.number == number:
                card.mini.show_notes(notes)
