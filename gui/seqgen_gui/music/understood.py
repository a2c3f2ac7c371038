"""What was understood of the file, and its parts, which can be muted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from seqgen.reports import MidiReport, TrackReport
from seqgen_gui.music.colours import LEVELS, colours_of
from seqgen_gui.music.instruments import instrument_of, title_of
from seqgen_gui.music.sheet import Sheet
from seqgen_gui.shell.controls import heading, muted, tool_button
from seqgen_gui.shell.icons import Icons

MOST = 4  # changes of tempo, meter or key that are named


def summary_of(sheet: Sheet) -> str:
    """A piece in a line: 32 bars, 3/4, 96 bpm, A minor, 4 parts."""
    report = sheet.report
    if report is None:
        return "New piece · 4/4 · 90 bpm"
    bars = sheet.next_bar - 1
    key = report.keys[0][1] if report.keys else sheet.found_key
    facts = [
        f"{bars} {'bar' if bars == 1 else 'bars'}",
        report.meters[0][1],
        f"{report.tempos[0][1]:.4g} bpm",
        *([key] if key else []),
        f"{len(sheet.parts)} {'part' if len(sheet.parts) == 1 else 'parts'}",
    ]
    return " · ".join(facts)


def facts_of(report: MidiReport, found_key: str | None) -> list[tuple[str, str]]:
    """What was understood, as names and values."""
    bars = [f"{meter} from bar {bar}" for bar, meter in report.meters]
    tempos = [f"{bpm:.4g} bpm from {_clock(second)}" for second, bpm in report.tempos]
    keys = [f"{key} from bar {bar}" for bar, key in report.keys]
    suggested = f"{found_key}, by its notes" if found_key else "not to be told"
    return [
        ("Length", f"{report.bars} bars, {_clock(report.seconds)}, {report.notes} notes"),
        ("Tempo", _listed(tempos, " from 0:00")),
        ("Meter", _listed(bars, " from bar 1")),
        ("Key", _listed(keys, " from bar 1") if keys else suggested),
        ("File", f"format {report.format}, {report.ticks_per_beat} ticks a beat"),
    ]


def _listed(values: Sequence[str], first: str) -> str:
    if len(values) == 1:
        return values[0].removesuffix(first)
    more = [f"and {len(values) - MOST} more changes"] if len(values) > MOST else []
    return "\n".join([*values[:MOST], *more])


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


class Swatch(QWidget):
    """The colour of a part."""

    def __init__(self, part: int) -> None:
        super().__init__()
        self._part = part
        self.setFixedSize(12, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a disc."""
        colour: QColor = colours_of(self.palette()).note(self._part, LEVELS - 1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(self.rect())
        painter.end()


class Understood(QScrollArea):
    """Lists parts, facts and warnings; ``muted_changed`` tells the parts that keep silent."""

    muted_changed = Signal(object)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._muted: set[int] = set()
        self._shown: object = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What was understood of the file")

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what is told of a sheet."""
        told = sheet.parts, sheet.report, sheet.found_key
        if told == self._shown:
            return
        self._shown = told
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 10, 12, 10)
        column.addWidget(heading("Parts", 1.1))
        for part, track in enumerate(sheet.parts):
            column.addWidget(self._part(part, track))
        if not sheet.parts:
            column.addWidget(muted("No part has notes yet."))
        if sheet.report is not None:
            self._facts(column, sheet.report, sheet.found_key)
        column.addStretch()
        self.setWidget(inner)

    def _facts(self, column: QVBoxLayout, report: MidiReport, key: str | None) -> None:
        column.addSpacing(10)
        column.addWidget(heading("What was understood", 1.1))
        form = QFormLayout()
        for name, value in facts_of(report, key):
            label = QLabel(value, wordWrap=True)
            form.addRow(muted(name), label)
        column.addLayout(form)
        if report.warnings:
            column.addSpacing(10)
            column.addWidget(heading("What was repaired on reading", 1.1))
            for warning in report.warnings:
                column.addWidget(QLabel(warning[:1].upper() + warning[1:], wordWrap=True))

    def _part(self, part: int, track: TrackReport) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Swatch(part))
        row.addWidget(QLabel(title_of(track)))
        row.addWidget(muted(f"{instrument_of(track)}, {track.notes} notes"), 1)
        mute = tool_button(self._icons, "mute", f"Mute {title_of(track)}")
        mute.setCheckable(True)
        mute.setChecked(part in self._muted)
        mute.toggled.connect(lambda on: self._mute(part, on))
        row.addWidget(mute)
        return box

    def unmute(self) -> None:
        """Let all parts sound."""
        if self._muted:
            self._muted.clear()
            self._shown = None  # the buttons are made anew
            self.muted_changed.emit(frozenset())

    def _mute(self, part: int, on: bool) -> None:
        (self._muted.add if on else self._muted.discard)(part)
        self.muted_changed.emit(frozenset(self._muted))

    def sizeHint(self) -> QSize:
        """As wide as the panel beside it."""
        return QSize(300, 300)
