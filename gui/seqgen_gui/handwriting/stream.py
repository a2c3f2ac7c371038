"""Ink as the worker tells it while a letter is written, before its words have a place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath


class Stream:
    """Lines that grow. ``paths`` are those so far, in mm on a page of the size ``sheet``.

    ``age`` moves when ink was taken away, as by a line that is drawn anew.
    """

    def __init__(self) -> None:
        self.sheet = (0.0, 0.0)
        self.age = 0
        self._fresh = QPainterPath()
        self._lines: dict[int, tuple[int, QPainterPath, bool]] = {}  # attempt, path, pen is up

    def __bool__(self) -> bool:
        return bool(self._lines)

    @property
    def paths(self) -> list[QPainterPath]:
        """The ink of every line."""
        return [path for _, path, _ in self._lines.values()]

    @property
    def whole(self) -> QPainterPath:
        """All ink."""
        whole = QPainterPath()
        for path in self.paths:
            whole.addPath(path)
        return whole

    def take_fresh(self) -> QPainterPath:
        """The ink that came since the last call."""
        fresh, self._fresh = self._fresh, QPainterPath()
        return fresh

    def clear(self) -> None:
        """Begin anew."""
        self._lines.clear()
        self._fresh = QPainterPath()
        self.age += 1

    def add(self, data: dict[str, Any]) -> bool:
        """Take in the ``data`` of a Progress; False if it holds no ink."""
        if not data.get("ink"):
            return False
        self.sheet = (data["sheet"][0], data["sheet"][1])
        for told in data["ink"]:
            attempt, path, up = self._lines.get(told["line"], (-1, QPainterPath(), True))
            if told["attempt"] != attempt:
                self.age += not path.isEmpty()
                attempt, path, up = told["attempt"], QPainterPath(), True
            self._fresh.moveTo(path.currentPosition())
            for x, y, lift in told["points"]:
                for ink in (path, self._fresh):
                    if up:
                        ink.moveTo(QPointF(x, y))
                    ink.lineTo(QPointF(x, y))
                up = bool(lift)
            self._lines[told["line"]] = attempt, path, up
        return True
