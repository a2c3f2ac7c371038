"""A letter while it is written: lines that have their places, and ink that has none yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from seqgen.ink_sheets import InkSheet
from seqgen_gui.handwriting.sheet import Sheet, Word, sheet_of

Key = tuple[int, int]  # paragraph, word


@dataclass(frozen=True)
class Ghost:
    """A piece of ink, in mm on the page of a number, about where its word will be."""

    word: Key
    page: int
    ink: QPolygonF


class Stream:
    """Takes in what the worker tells of a letter.

    ``sheets`` hold the lines that have their places. ``ghosts`` are the ink of all other words;
    with each new ``epoch`` some of them are gone, within one there are only more.
    """

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.ghosts: list[Ghost] = []
        self.epoch = 0
        self._last: dict[Key, QPointF] = {}  # where the ink of a word was left off

    def __bool__(self) -> bool:
        return bool(self.sheets)

    def clear(self) -> None:
        """Begin anew."""
        self.sheets.clear()
        self.ghosts.clear()
        self._last.clear()
        self.epoch += 1

    def add(self, data: dict[str, Any]) -> list[tuple[int, tuple[Word, ...]]]:
        """Take in the ``data`` of a Progress; the words that have places now, by their sheet."""
        self._forget({(paragraph, word) for paragraph, word in data.get("void", ())})
        for (paragraph, word), page, across, down in data.get("moved", ()):
            self._open(page, data["sheet"])
            self._move((paragraph, word), page, across, down)
        for told in data.get("ink", ()):
            self._open(told["page"], data["sheet"])
            self._draw(told)
        placed = []
        for told in data.get("laid", ()):
            piece = sheet_of(msgspec.convert(told["sheet"], InkSheet))
            self._open(told["page"], (piece.width, piece.height))
            self.sheets[told["page"]] = self.sheets[told["page"]].joined(piece)
            self._forget({(word.paragraph, word.word) for word in piece.words})
            placed.append((int(told["page"]), piece.words))
        return placed

    def _open(self, page: int, size: tuple[float, float]) -> None:
        while len(self.sheets) <= page:
            self.sheets.append(Sheet(size[0], size[1], ()))

    def _draw(self, told: dict[str, Any]) -> None:
        key = (told["word"][0], told["word"][1])
        points = [QPointF(x, y) for x, y in told["points"]]
        if not told["begins"] and key in self._last:
            points.insert(0, self._last[key])
        self._last[key] = points[-1]
        self.ghosts.append(Ghost(key, told["page"], QPolygonF(points)))

    def _move(self, word: Key, page: int, across: float, down: float) -> None:
        if word in self._last:
            self._last[word] += QPointF(across, down)
            self.ghosts = [
                Ghost(word, page, ghost.ink.translated(across, down))
                if ghost.word == word
                else ghost
                for ghost in self.ghosts
            ]
            self.epoch += 1

    def _forget(self, words: set[Key]) -> None:
        if words & self._last.keys():
            self.ghosts = [ghost for ghost in self.ghosts if ghost.word not in words]
            for word in words:
                self._last.pop(word, None)
            self.epoch += 1
