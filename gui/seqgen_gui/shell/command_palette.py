"""The command palette: every action, found by a few letters."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.shell.actions import Entry
from seqgen_gui.shell.matching import ranked
from seqgen_gui.shell.theme import Theme

WIDTH, ROWS = 560, 10
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTRY = Qt.ItemDataRole.UserRole


class CommandPalette(QFrame):
    """Lies over the window; Enter runs what is marked, Escape puts it away."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("commands")
        self.setAccessibleName("Command palette")
        self._theme = theme
        self._entries: list[Entry] = []
        self._before: QWidget | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText("Type what you want to do")
        self.line.setAccessibleName("Command")
        self.line.textChanged.connect(self._fill)
        self.line.installEventFilter(self)
        self.list = QTreeWidget()
        self.list.setAccessibleName("Commands")
        self.list.setColumnCount(3)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.itemClicked.connect(self._run)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.addWidget(self.line)
        column.addWidget(self.list)
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]
        self.hide()

    def open(self, entries: Iterable[Entry]) -> None:
        """Show those of the entries that can be run now."""
        self._before = QApplication.focusWidget()
        self._entries = [entry for entry in entries if entry.action.isEnabled()]
        self.setFixedWidth(min(WIDTH, self._window.width() - 40))
        self.line.clear()
        self._fill("")
        self.move(QPoint((self._window.width() - self.width()) // 2, 60))
        self.show()
        self.raise_()
        self.line.setFocus()

    def close_palette(self) -> None:
        """Put it away and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()
            self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move and run from within the line."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            self.close_palette()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentItem())
        elif event.key() in _MOVES:
            QApplication.sendEvent(self.list, event)
        else:
            return super().eventFilter(watched, event)
        return True

    def _fill(self, typed: str) -> None:
        self.list.clear()
        grey = QColor(self._theme.colours.muted)
        for entry in ranked(
            typed, [(f"{entry.label} {entry.menu}", entry) for entry in self._entries]
        ):
            item = QTreeWidgetItem([entry.label, entry.menu, entry.keys])
            item.setData(0, _ENTRY, entry)
            for place in (1, 2):
                item.setForeground(place, grey)
            self.list.addTopLevelItem(item)
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        rows = min(self.list.topLevelItemCount(), ROWS)
        self.list.setFixedHeight(max(self.list.sizeHintForRow(0), 0) * rows)
        self.adjustSize()

    def _run(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        entry: Entry = item.data(0, _ENTRY)
        self.close_palette()
        entry.action.trigger()

    def _focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and not self.isAncestorOf(now):
            self._before = None
            self.close_palette()
