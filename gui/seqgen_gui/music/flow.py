"""What one does in the place Music: open, draw, accept, reject, compare. No widgets here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from seqgen.config import MusicResult, SampleMusic
from seqgen.errors import SeqgenError
from seqgen_gui.link.requests import Requests
from seqgen_gui.music.generator import Generator
from seqgen_gui.music.opening import drawn_again, opened
from seqgen_gui.music.paint import Picture
from seqgen_gui.music.pictures import picture_of_drawing, picture_of_state
from seqgen_gui.music.sheet import Sheet, empty_sheet
from seqgen_gui.music.sheets import Sheets
from seqgen_gui.music.shelf import MusicPart, Shelf
from seqgen_gui.music.state import MusicState, Piece, TakeRecord, request_of
from seqgen_gui.project.history import History


class Flow(QObject):
    """Emits ``pictured`` with a Picture and the ticks where it is new (None: anywhere).

    ``said`` tells the user something in a line, ``warned`` what may surprise, ``failed`` what went
    wrong. All files are on ``shelf``.
    """

    pictured = Signal(object, object)
    said = Signal(str)
    warned = Signal(str)
    failed = Signal(str)

    def __init__(
        self, requests: Requests, stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.shelf = Shelf()
        self.document = History(stack, MusicState(), "music", self)
        self.sheets = Sheets(requests, self)
        self.generator = Generator(requests, self)
        self.picture = Picture()
        self.other: int | None = None  # the take that the ghost is compared with
        self._base = empty_sheet()
        self._faded = frozenset[int]()
        self._numbers = count(1)  # of files; what was given up may yet write its own
        self._warned = set[str]()
        self.document.changed.connect(self._changed)
        self.sheets.loaded.connect(lambda path: self._show())
        self.sheets.failed.connect(lambda path, message: self.failed.emit(message))
        self.generator.noted.connect(self._noted)
        self.generator.finished.connect(self._finished)
        self.generator.failed.connect(self._given_up)

    @property
    def state(self) -> MusicState:
        """The state of the document."""
        return self.document.state

    def open(self, path: str) -> None:
        """Make a MIDI file the piece; of one that seqgen wrote, take over the settings too."""
        self.sheets.forget(path)
        self.sheets.ask(path, lambda sheet: self._opened(path, sheet))

    def _opened(self, path: str, sheet: Sheet) -> None:
        piece, name = self.state.piece, Path(path).name
        here = self.sheets.at_hand(piece.path) if piece.path else None
        again = drawn_again(sheet, self.state, here)
        if again is not None:
            settings, bar = again
            self.generator.cancel()
            self.document.change(f"Open {name}", settings=settings, bar=bar, shown=None)
            self.said.emit(f"{name} continues this piece: Generate draws it again.")
            return
        try:
            copy = str(self.shelf.bring_in(Path(path)))
        except SeqgenError as error:
            self.failed.emit(str(error))
            return
        self.sheets.keep(copy, sheet)
        self.generator.cancel()
        new, told = opened(copy, sheet, self.state.settings)
        self.document.change(f"Open {name}", **msgspec.structs.asdict(new))
        if told:
            self.said.emit(told)
        self._warned = set[str]()
        self._warn(sheet.report.warnings if sheet.report else [], "Repaired on reading: ")

    def _warn(self, warnings: Sequence[str], what: str = "") -> None:
        """Tell warnings, each once a piece."""
        fresh = [warning for warning in warnings if warning not in self._warned]
        self._warned.update(fresh)
        if fresh:
            self.warned.emit(f"{what}{'; '.join(fresh)}")

    def part(self) -> MusicPart:
        """What a project keeps."""
        return self.shelf.packed(self.state)

    def show_part(self, part: MusicPart) -> None:
        """Take over what a project kept."""
        self.generator.cancel()
        self.document.restore(self.shelf.unpacked(part))

    def begin_anew(self) -> None:
        """Begin with an empty sheet."""
        self.generator.cancel()
        new = MusicState(settings=self.state.settings)
        self.document.change("New piece", **msgspec.structs.asdict(new))

    def generate(self) -> None:
        """Draw as many takes as the settings say, from the chosen bar or the end on."""
        self._draw(self.next_request(str(self._free_name())))

    def next_request(self, output: str) -> SampleMusic:
        """What ``generate`` would ask the worker for."""
        piece, bar, settings = self.state.piece, self.state.bar, self.state.settings
        at = bar if bar is not None else piece.last_bar and piece.last_bar + 1
        seed = settings.seed if settings.locked else None
        return request_of(settings, piece.path, at, seed, output)

    def redraw(self) -> None:
        """Draw what is shown once more with a new seed, or the first take."""
        ghost = self.state.ghost
        if ghost is None:
            self.generate()
        else:
            primer, at, output = ghost.request.primer, ghost.request.at, str(self._free_name())
            self._draw(request_of(self.state.settings, primer, at, None, output))

    def _draw(self, request: SampleMusic) -> None:
        if request.primer is None:
            self._start(request, empty_sheet())
        else:
            self.sheets.ask(request.primer, lambda sheet: self._start(request, sheet))

    def _start(self, request: SampleMusic, sheet: Sheet) -> None:
        self._base = sheet.until(request.at - 1 if request.at is not None else None)
        self.generator.start(request)
        self._show()

    def _free_name(self) -> Path:
        names = (self.shelf.folder / f"take-{number:03}.mid" for number in self._numbers)
        taken = {Path(take.path).name for take in self.state.takes}
        return next(
            path
            for path in names
            if path.name not in taken
            and not path.exists()
            and not path.with_stem(f"{path.stem}-1").exists()
        )

    def cancel(self) -> None:
        """Give up the take that is being drawn."""
        self.generator.cancel()
        self._show()

    def _given_up(self, message: str) -> None:
        self._show()
        self.failed.emit(message)

    def _finished(self, request: SampleMusic, result: MusicResult) -> None:
        first = max((take.number for take in self.state.takes), default=0) + 1
        try:
            for take in result.takes:
                self.shelf.keep(take.path)
        except SeqgenError as error:
            self.failed.emit(str(error))
            return
        takes = [
            TakeRecord(
                number=number,
                request=msgspec.structs.replace(
                    request, output=take.path, seed=take.seed, model=result.model, count=1
                ),
                path=take.path,
                at_bar=result.at_bar,
                notes=take.notes,
                bars=take.bars,
                seconds=take.seconds,
                guards=take.guards,
            )
            for number, take in enumerate(result.takes, start=first)
        ]
        settings = self.state.settings
        if not settings.locked:
            settings = msgspec.structs.replace(settings, seed=takes[0].seed)
        self.document.change(
            f"Draw take {first}" if len(takes) == 1 else f"Draw {len(takes)} takes",
            takes=(*self.state.takes, *takes),
            shown=first,
            settings=settings,
        )
        self._warn(result.warnings)

    def accept(self) -> None:
        """Make the ghost the piece."""
        ghost, piece = self.state.ghost, self.state.piece
        if ghost is None:
            return
        new = min(piece.first_new or ghost.at_bar, ghost.at_bar)
        whole = Piece(path=ghost.path, first_new=new)
        self.document.change(f"Accept take {ghost.number}", piece=whole, shown=None, bar=None)

    def accept_bar(self) -> None:
        """Make the next bar of the ghost part of the piece; the rest stays a ghost."""
        ghost, piece, bar = self.state.ghost, self.state.piece, self.state.ghost_bar
        sheet = self.sheets.at_hand(ghost.path) if ghost else None
        if ghost is None or sheet is None:
            return
        if bar >= sheet.next_bar - 1:
            self.accept()
            return
        new = min(piece.first_new or ghost.at_bar, ghost.at_bar)
        part = Piece(path=ghost.path, last_bar=bar, first_new=new)
        self.document.change(f"Accept bar {bar}", piece=part, bar=None)

    def reject(self) -> None:
        """Take the ghost away; the take stays in the list. While one is drawn, give it up."""
        if self.generator.running:
            self.cancel()
        elif self.state.ghost is not None:
            self.document.change(f"Reject take {self.state.shown}", shown=None)

    def show_take(self, number: int) -> None:
        """Show a take as the ghost."""
        if self.state.take(number) is not None and not self.generator.running:
            self.document.change(f"Show take {number}", merge="show", shown=number)

    def compare(self, number: int | None) -> None:
        """Draw the outlines of another take over the ghost; None draws none."""
        self.other = number
        self._show()

    def swap(self) -> None:
        """Show the take that the ghost is compared with, and compare it with the ghost."""
        shown, other = self.state.shown, self.other
        if shown is not None and other is not None and other != shown:
            self.other = shown
            self.show_take(other)

    def star(self, number: int) -> None:
        """Star a take, or take its star away."""
        takes = tuple(
            msgspec.structs.replace(take, starred=not take.starred)
            if take.number == number
            else take
            for take in self.state.takes
        )
        self.document.change(f"Star take {number}", takes=takes)

    def delete(self, number: int) -> None:
        """Take a take out of the list; its file stays, for who undoes it."""
        takes = tuple(take for take in self.state.takes if take.number != number)
        shown = None if self.state.shown == number else self.state.shown
        self.document.change(f"Delete take {number}", takes=takes, shown=shown)

    def choose_bar(self, bar: int | None) -> None:
        """Have the next take begin at ``bar``; None is the end, as is a bar behind it."""
        if bar is not None and not 2 <= bar < self.picture.sheet.next_bar:
            bar = None
        self.document.change("Choose bar", merge="bar", bar=bar)

    def move_bar(self, way: int) -> None:
        """Choose the bar before (-1) or after (1) the chosen one, from the end on."""
        bar = self.state.bar or self.picture.sheet.next_bar
        self.choose_bar(max(bar + way, 2))

    def fade(self, parts: frozenset[int]) -> None:
        """Show some parts pale, as those that are muted."""
        self._faded = parts
        self._show()

    def _changed(self, before: MusicState, after: MusicState) -> None:
        if self.other is not None and after.take(self.other) is None:
            self.other = None
        self._show()

    def _noted(self, first: int, last: int) -> None:
        self._show((first, last))

    def _show(self, stale: tuple[int, int] | None = None) -> None:
        picture = self._picture()
        if picture is not None:
            self.picture = replace(picture, faded=self._faded)
            self.pictured.emit(self.picture, stale)

    def _picture(self) -> Picture | None:
        request = self.generator.request
        if self.generator.running and request is not None:
            return picture_of_drawing(self._base, self.generator.notes, request)
        return picture_of_state(self.state, self.other, self.sheets)
