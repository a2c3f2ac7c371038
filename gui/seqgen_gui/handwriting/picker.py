"""The word under the pointer, or that keys went to: what a click would draw anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter

from seqgen_gui.handwriting.paper import paint_picked
from seqgen_gui.handwriting.sheet import Sheet, Word

STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Words and lines that a key goes on by."""


class Picker(QObject):
    """Holds a ``word``, with ``whole_line`` for all of its line; ``changed`` tells it."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.word: Word | None = None
        self.whole_line = False

    def pick(self, word: Word | None, line: bool = False) -> None:
        """Take another word."""
        if (word, line) != (self.word, self.whole_line):
            self.word, self.whole_line = word, line
            self.changed.emit(word)

    def step(self, sheets: Sequence[Sheet], key: int, line: bool) -> bool:
        """Go on as a key asks; False for any other key."""
        if key not in STEPS:
            return False
        across, down = STEPS[key]
        number = next((n for n, sheet in enumerate(sheets) if self.word in sheet.words), 0)
        words = [word for sheet in sheets for word in sheet.words if word.count]
        if self.word is None or not words:
            self.pick(words[0] if words else None, line)
        elif across:
            at = words.index(self.word) + across
            self.pick(words[min(max(at, 0), len(words) - 1)], line)
        else:
            self.pick(_beyond(sheets, number, self.word, down) or self.word, line)
        return True

    def paint(self, painter: QPainter, sheet: Sheet) -> None:
        """Mark it, in mm, if it is on a sheet."""
        if self.word is not None and self.word in sheet.words:
            words = sheet.by_line[self.word.line] if self.whole_line else [self.word]
            paint_picked(painter, [word for word in words if word.count], self.whole_line)


def _beyond(sheets: Sequence[Sheet], number: int, word: Word, down: int) -> Word | None:
    """The nearest word of the next line, or with ``down`` -1 of the one before."""
    lines = [(n, line) for n, sheet in enumerate(sheets) for line in sheet.by_line]
    at = lines.index((number, word.line)) + down
    if not 0 <= at < len(lines):
        return None
    sheet, line = lines[at]
    middle = word.box.center().x()
    return min(sheets[sheet].by_line[line], key=lambda one: abs(one.box.center().x() - middle))
