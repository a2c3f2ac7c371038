"""What a piece is exported as, with a preview of what the file will hold."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from seqgen_gui.music.export_preview import Exported, ExportPreview
from seqgen_gui.music.exports import Exports
from seqgen_gui.music.flow import Flow
from seqgen_gui.music.notes import Notes
from seqgen_gui.music.paint import Picture
from seqgen_gui.music.sheet import Sheet
from seqgen_gui.music.state import MusicState, TakeRecord
from seqgen_gui.shell.controls import muted
from seqgen_gui.shell.export_dialog import ExportDialog, Kind
from seqgen_gui.shell.settings import Settings

_MIDI = (".mid", ".midi")
WHOLE = Kind(
    "whole",
    "The piece (MIDI)",
    "All that is accepted. Opened again here, what was last added can be drawn again.",
    _MIDI,
)
NEW = Kind("new", "Only what is new (MIDI)", "What was added, from its first bar on.", _MIDI)
TAKE = Kind("take", "One take (MIDI)", "A take and the music before it, accepted or not.", _MIDI)
TRACKS = Kind(
    "tracks",
    "Takes as tracks (MIDI)",
    "The takes of one place side by side, each on tracks of its own, to choose from elsewhere.",
    _MIDI,
)
SOUND = Kind("sound", "Sound (WAV)", "What the roll shows, as it sounds.", (".wav",))


KINDS = (WHOLE, NEW, TAKE, TRACKS, SOUND)


def kinds_of(state: MusicState, picture: Picture) -> list[Kind]:
    """What can be exported now."""
    piece = state.piece.path is not None
    found = {
        WHOLE: piece,
        NEW: piece and state.piece.first_new is not None,
        TAKE: bool(state.takes),
        TRACKS: bool(state.beside),
        SOUND: bool(len(picture.sheet.notes) or len(picture.ghost)),
    }
    return [kind for kind, there in found.items() if there]


class MusicExport:
    """The dialog with what it shows; ``take`` is the number of the take to be exported."""

    def __init__(self, parent: QWidget, settings: Settings, flow: Flow, exports: Exports) -> None:
        self._flow, self._exports = flow, exports
        self._sheets: dict[str, Sheet] = {}  # takes may be more than ``flow.sheets`` keeps
        self._take_label = QLabel("&Take")
        self.takes = QComboBox()
        for take in flow.state.takes:
            star = " ★" if take.starred else ""
            self.takes.addItem(f"{take.number}: {take.bars:g} bars{star}", take.number)
        shown = self.takes.findData(flow.state.shown)
        self.takes.setCurrentIndex(shown if shown >= 0 else self.takes.count() - 1)
        self.preview, self.caption = ExportPreview(), muted("")
        self.dialog = ExportDialog(
            parent,
            settings,
            "export",
            [
                kind
                for kind in kinds_of(flow.state, flow.picture)
                if kind is not SOUND or not exports.is_sounding
            ],
            lambda kind: exports.name(kind.name, self.take),
            self._options(),
            self._right(),
        )
        self.takes.currentIndexChanged.connect(lambda _: self._show())
        self.dialog.chosen.connect(lambda _: self._show())
        flow.sheets.loaded.connect(self._show)
        self.dialog.finished.connect(lambda _: flow.sheets.loaded.disconnect(self._show))
        self._show()

    @property
    def take(self) -> int:
        """The number of the take; 0 where there is none."""
        return int(self.takes.currentData() or 0)

    def _options(self) -> QWidget:
        options = QWidget()
        form = QFormLayout(options)
        form.setContentsMargins(0, 0, 0, 0)
        self._take_label.setBuddy(self.takes)
        self.takes.setAccessibleName("Take")
        form.addRow(self._take_label, self.takes)
        return options

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview)
        column.addWidget(self.caption)
        column.addStretch()
        return right

    def _show(self, _: str = "") -> None:
        kind = self.dialog.kind
        for widget in (self._take_label, self.takes):
            widget.setVisible(kind is TAKE)
        exported = exported_by(kind, self._flow, self.take, self._sheet)
        self.preview.show_exported(exported)
        self.caption.setText(exported.caption if exported else "Reading the files…")

    def _sheet(self, path: str) -> Sheet | None:
        """The sheet of a file; None while it is being read, each file once."""
        sheet = self._sheets.get(path) or self._flow.sheets.at_hand(path)
        if sheet is not None:
            self._sheets[path] = sheet
        return sheet


def exported_by(
    kind: Kind, flow: Flow, take: int, sheet_of: Callable[[str], Sheet | None]
) -> Exported | None:
    """What a file of a kind holds; None while a sheet that tells it is on its way."""
    state = flow.state
    if kind is SOUND:
        return _of_picture(flow.picture)
    if kind is TRACKS:
        return _of_takes(state.beside, sheet_of)
    record = state.take(take) if kind is TAKE else None
    path = record.path if record else state.piece.path
    sheet = sheet_of(path) if path else None
    if sheet is None:
        return None
    if record:
        return _of_sheet(sheet, 1, record.at_bar)
    sheet, new = sheet.until(state.piece.last_bar), state.piece.first_new
    return _of_sheet(sheet, new or 1 if kind is NEW else 1, new)


def _of_sheet(sheet: Sheet, bar: int, new: int | None) -> Exported:
    """A sheet from a bar on; ``new`` is its first new one."""
    first, last = sheet.meters.line(bar), sheet.meters.line(sheet.next_bar)
    notes = sheet.notes.since(first) if bar > 1 else sheet.notes
    begin = last if new is None else sheet.meters.line(new)
    return Exported(sheet, ((notes, None),), first, max(last, first + 1), begin, _tracks(notes))


def _of_picture(picture: Picture) -> Exported:
    sheet, ghost = picture.sheet, picture.ghost
    end = sheet.meters.line(sheet.next_bar)
    begin, last = picture.new or (end, end)
    tracks = len({*sheet.notes.tracks, *ghost.tracks})
    return Exported(
        sheet, ((sheet.notes, None), (ghost, None)), 0, max(last, end, 1), begin, tracks
    )


def _of_takes(
    takes: tuple[TakeRecord, ...], sheet_of: Callable[[str], Sheet | None]
) -> Exported | None:
    """Takes over the same bars, each in a colour of its own."""
    sheets = [sheet_of(take.path) for take in takes]
    known = [sheet for sheet in sheets if sheet is not None]
    if len(known) < len(sheets):
        return None
    before = known[0].until(takes[0].at_bar - 1)
    begin = before.meters.line(takes[0].at_bar)
    new = [sheet.notes.since(begin) for sheet in known]
    last = max(sheet.meters.line(sheet.next_bar) for sheet in known)
    parts = ((before.notes, None), *((notes, index) for index, notes in enumerate(new)))
    return Exported(before, parts, 0, max(last, 1), begin, sum(_tracks(n) for n, _ in parts))


def _tracks(notes: Notes) -> int:
    return len(set(notes.tracks))
