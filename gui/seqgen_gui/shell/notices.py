"""Notices: what happened, said above the page without asking for an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from seqgen_gui.shell.controls import tool_button
from seqgen_gui.shell.icons import Icons

MOST = 3  # notices that are shown at a time
PASSING = 8000  # milliseconds that good news stays
_TONES = {"info": "accent", "good": "good", "warning": "warning", "error": "danger"}
Choice = tuple[str, Callable[[], object]]


class Notice(QFrame):
    """A piece of news, with buttons for what can be done about it."""

    gone = Signal()

    def __init__(self, kind: str, text: str, icons: Icons, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.kind, self.text, self.offers = kind, text, bool(choices)
        self.setProperty("kind", kind)
        self.setAccessibleName(f"{kind}: {text}")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 6, 5)
        row.setSpacing(8)
        row.addWidget(icons.picture(kind, 20, _TONES[kind]))
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(label, 1)
        for name, slot in choices:
            row.addWidget(self._choice(name, slot))
        self.closer = tool_button(icons, "close", "Close this notice")
        self.closer.clicked.connect(self.close_notice)
        row.addWidget(self.closer)
        self.setFocusProxy(next(iter(self.findChildren(QPushButton)), self.closer))

    def close_notice(self) -> None:
        """Take it away."""
        self.hide()
        self.gone.emit()
        self.deleteLater()

    def _choice(self, name: str, slot: Callable[[], object]) -> QPushButton:
        def choose() -> None:
            self.close_notice()
            slot()

        button = QPushButton(name)
        button.clicked.connect(choose)
        return button


class Notices(QWidget):
    """The notices at hand, the newest first: MOST at the most, those with choices longest."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.shown: list[Notice] = []

    def info(self, text: str, choices: Sequence[Choice] = ()) -> Notice:
        """Say something worth knowing; it stays until it is closed."""
        return self._tell("info", text, choices)

    def take_focus(self) -> None:
        """Bring the keys to the first button of the newest notice, if there is one."""
        if self.shown:
            self.shown[0].setFocus()

    def good(self, text: str, choices: Sequence[Choice] = ()) -> Notice:
        """Say that something is done; it passes."""
        notice = self._tell("good", text, choices)
        QTimer.singleShot(PASSING, notice, notice.close_notice)
        return notice

    def warn(self, text: str, choices: Sequence[Choice] = ()) -> Notice:
        """Say what is not as it should be."""
        return self._tell("warning", text, choices)

    def error(self, text: str, choices: Sequence[Choice] = (), details: str = "") -> Notice:
        """Say what failed; ``details`` can be copied."""
        copy: list[Choice] = []
        if details:
            copy = [("Copy details", lambda: QGuiApplication.clipboard().setText(details))]
        return self._tell("error", text, [*choices, *copy])

    def _tell(self, kind: str, text: str, choices: Sequence[Choice]) -> Notice:
        text = _sentence(text)
        for same in [
            notice for notice in self.shown if (notice.kind, notice.text) == (kind, text)
        ]:
            same.close_notice()
        notice = Notice(kind, text, self._icons, choices)
        notice.gone.connect(lambda: self.shown.remove(notice))
        self.shown.insert(0, notice)
        self._column.insertWidget(0, notice)
        oldest = sorted(self.shown[:0:-1], key=lambda one: one.offers)
        for old in oldest[: max(len(self.shown) - MOST, 0)]:
            old.close_notice()
        QAccessible.updateAccessibility(QAccessibleEvent(notice, QAccessible.Event.Alert))
        return notice


def _sentence(text: str) -> str:
    """A text that begins with a capital, unless its first word is a name such as a file's."""
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if first.isalpha() else text
