"""What a source of training data holds, shown before a training."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from seqgen.config import Progress
from seqgen.data_reports import DataReport, InkReport
from seqgen_gui.link.requests import Handle, Requests
from seqgen_gui.shell.controls import heading, muted
from seqgen_gui.train.pictures import Bars, InkView, MiniRoll

USES = {"train": "to learn from", "valid": "to validate on", "test": "kept for tests"}
RARE = 100
"""A character that is written less often than this is hard to learn."""
EMPTY = (
    "Choose data and press What it holds to see counts, lengths, examples and what is left out."
)


class DataView(QScrollArea):
    """Asks the worker what a source holds, and shows it."""

    told = Signal(str, str)
    """The name of a source, and which art it is of."""

    def __init__(self, requests: Requests) -> None:
        super().__init__()
        self._requests = requests
        self._job: Handle | None = None
        self._name = ""
        self.report: DataReport | InkReport | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("What the data holds")
        self._show(muted(EMPTY))

    def look(self, source: str) -> None:
        """Read a source and show what is in it; another look is given up."""
        self.forget()
        self._name = Path(source).name
        bar, words = QProgressBar(maximum=0, textVisible=False), QLabel("Reading…")
        stop = QPushButton("Stop reading")
        stop.clicked.connect(self.forget)
        self._show(heading(self._name, 1.2), words, bar, stop)

        def go_on(progress: Progress) -> None:
            words.setText(f"{progress.done:,.0f} read, {progress.note[-60:]}")

        self._job = self._requests.send("check", {"source": source}, go_on, self._tell, self._fail)

    def forget(self) -> None:
        """Give up a look, and show nothing."""
        if self._job is not None:
            self._job.cancel()
        self._job = self.report = None
        self._show(muted(EMPTY))

    def _tell(self, told: dict[str, Any]) -> None:
        self._job = None
        if told.get("kind") == "handwriting":
            self.report = msgspec.convert(told, InkReport)
        else:
            self.report = msgspec.convert(told, DataReport)
        self._show(heading(self._name, 1.2), *_parts(self.report))
        self.told.emit(self._name, art_of(self.report))

    def _fail(self, message: str) -> None:
        self._job = None
        words = muted(message[:1].upper() + message[1:])
        words.setProperty("danger", True)
        self._show(heading("Nothing to learn from", 1.2), words)

    def _show(self, *parts: QWidget) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inside)


def art_of(report: DataReport | InkReport) -> str:
    """Music or handwriting."""
    return "music" if isinstance(report, DataReport) else "handwriting"


def _parts(report: DataReport | InkReport) -> Iterator[QWidget]:
    yield QLabel("\n".join(_counts(report)), wordWrap=True)
    if report.lengths is not None:
        what = "pieces" if isinstance(report, DataReport) else "lines"
        yield _title(f"How long the {what} are")
        yield Bars(report.lengths, what)
    if report.examples:
        yield _title("Examples")
    if isinstance(report, DataReport):
        for piece in report.examples:
            yield MiniRoll(piece.notes)
            yield muted(piece.name)
    else:
        for line in report.examples:
            yield InkView(line.strokes, line.text)
            yield muted(f"{line.text}, hand {line.hand}")
    yield from _left_out(report.skipped)


def _counts(report: DataReport | InkReport) -> Iterator[str]:
    if isinstance(report, DataReport):
        pieces = "1 piece" if report.pieces == 1 else f"{report.pieces:,} pieces"
        yield f"{pieces}, {report.notes:,} notes"
        return
    yield f"{report.lines:,} lines in {report.hands:,} hands"
    yield f"{report.strokes:,} strokes, {report.points:,} points"
    for name, use in USES.items():
        if name in report.splits and report.splits[name].lines:
            yield f"{report.splits[name].lines:,} lines {use}"
    rare = [character for character, count in report.characters.items() if count < RARE]
    yield f"{len(report.characters)} characters"
    if rare:
        yield f"Seldom written (under {RARE} times) and hard to learn: {' '.join(rare)}"
    yield from report.warnings


def _left_out(skipped: dict[str, str]) -> Iterator[QWidget]:
    yield _title(f"Left out: {len(skipped) or 'nothing'}")
    if not skipped:
        return
    table = QTreeWidget()
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setAccessibleName("What is left out, and why")
    table.setHeaderLabels(["File", "Why"])
    table.setMinimumHeight(140)
    table.setTextElideMode(Qt.TextElideMode.ElideRight)
    for name, why in skipped.items():
        item = QTreeWidgetItem([name, why.removeprefix(name).strip()])
        item.setToolTip(0, name)
        item.setToolTip(1, why)
        table.addTopLevelItem(item)
    table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
    table.header().resizeSection(0, 160)
    yield table


def _title(text: str) -> QLabel:
    return heading(text, 1.0)
