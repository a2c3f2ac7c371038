"""What one does in the place Handwriting: write, redraw, lay out anew. No widgets here."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from seqgen.config import Redraw, SampleHandwriting
from seqgen.ink_sheets import HandwritingSheets
from seqgen_gui.handwriting.recipe import doubt_of, state_from
from seqgen_gui.handwriting.sheet import Sheet, sheet_of
from seqgen_gui.handwriting.state import (
    LAID_OUT,
    HandwritingState,
    Letter,
    request_of,
    with_redraw,
)
from seqgen_gui.handwriting.writer import Writer
from seqgen_gui.link.requests import Requests
from seqgen_gui.project.history import History

KEPT = 12  # letters whose sheets are kept, so that an undo shows them at once
AT_ONCE = 4  # sheets that are made at a time: the window must stay awake
PAUSE = 120  # milliseconds without a change before a page is laid out anew


@dataclass(frozen=True)
class Written:
    """A letter as it is shown: its sheets, and what was told of it."""

    sheets: tuple[Sheet, ...]
    told: HandwritingSheets


@dataclass(eq=False)
class _Coming:
    """A letter whose sheets are being made."""

    request: SampleHandwriting
    told: HandwritingSheets
    sheets: list[Sheet] = field(default_factory=list)


class Flow(QObject):
    """Emits ``shown`` with a Written (None: nothing) and whether it is written just now.

    ``failed`` tells what went wrong. ``written`` is what is shown.
    """

    shown = Signal(object, bool)
    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self, requests: Requests, stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.document = History(stack, HandwritingState(), "handwriting", self)
        self.writer = Writer(requests, self)
        self.written: Written | None = None
        self._letter: Letter | None = None  # which is shown
        self._newest: Written | None = None  # while it becomes the letter
        self._coming: _Coming | None = None
        self.pending: Letter | None = None  # becomes the letter when it is written
        self._requests = requests
        self._kept: OrderedDict[str, Written] = OrderedDict()
        self._layout = QTimer(self)
        self._layout.setSingleShot(True)
        self._layout.setInterval(PAUSE)
        self._layout.timeout.connect(self._show)
        self.document.changed.connect(self._changed)
        self.writer.finished.connect(self._finished)
        self.writer.failed.connect(self._given_up)

    @property
    def state(self) -> HandwritingState:
        """The state of the document."""
        return self.document.state

    @property
    def request(self) -> SampleHandwriting | None:
        """The request for what is shown."""
        letter = self.state.letter
        return None if letter is None else request_of(letter, self.state.settings)

    @property
    def is_news(self) -> bool:
        """Whether what is being written is another letter than the one that is shown."""
        old, new = self._letter, self.pending or self.state.letter
        return old is None or new is None or not _is_redraw(old, new)

    def write(self, anew: bool = False) -> None:
        """Write the text; with the same seed only where it is locked and not asked ``anew``."""
        settings = self.state.settings
        keeps = settings.locked and not anew and settings.seed is not None
        self._start(
            Letter(
                text=self.state.text,
                seed=settings.seed if keeps and settings.seed is not None else _seed(),
                model=settings.model,
                style=settings.whole_style,
                temperature=settings.temperature,
            )
        )

    def redraw(self, paragraph: int, first: int, last: int) -> None:
        """Draw the words ``first`` to ``last`` of a paragraph anew; all others stay."""
        letter = self.state.letter
        if letter is not None and not self.writer.running:
            redraw = Redraw(paragraph=paragraph, first=first, last=last, seed=_seed())
            self._start(with_redraw(letter, redraw))

    def cancel(self) -> None:
        """Give up what is being written."""
        self.writer.cancel()
        self._leave()

    def open(self, path: str) -> None:
        """Take over the recipe of a file that seqgen wrote."""

        def found(report: Any) -> None:
            recipe = report.get("recipe")
            state = state_from(recipe, self.state)
            if state is None:
                self.failed.emit(f"{path} does not say how it was written: it was not by seqgen")
                return
            self.document.change("Open a letter", **msgspec.structs.asdict(state))
            if doubt := doubt_of(recipe):
                self.said.emit(doubt)

        self._requests.send("inspect", {"path": path}, lambda _: None, found, self.failed.emit)

    def restore(self, state: HandwritingState) -> None:
        """Show what a project holds."""
        self.cancel()
        self.document.restore(state)

    def _start(self, letter: Letter) -> None:
        self._layout.stop()
        self.pending, self._coming = letter, None
        self.writer.start(request_of(letter, self.state.settings))

    def _changed(self, before: HandwritingState, after: HandwritingState) -> None:
        if before.letter != after.letter:
            self._layout.stop()
            self._show()
        elif after.letter is not None and _layout_of(before) != _layout_of(after):
            self._layout.start()

    def _show(self) -> None:
        """Show the letter of the document; if its sheets are not at hand, have it written."""
        request = self.request
        if request is None:
            self.written = self._letter = None
            self.shown.emit(None, False)
        elif (known := self._kept.get(_key(request))) is not None:
            self._kept.move_to_end(_key(request))
            self.written, self._letter = known, self.state.letter
            self.shown.emit(known, known is self._newest)
        elif self.pending is None or not (self.writer.running or self._coming):
            self.writer.start(request)

    def _finished(self, request: SampleHandwriting, told: HandwritingSheets) -> None:
        self._coming = _Coming(request, told)
        self._make_sheets(self._coming)

    def _make_sheets(self, coming: _Coming) -> None:
        """Make some of the sheets of a letter, and those behind them a little later."""
        if coming is not self._coming:  # another letter is written by now
            return
        done = len(coming.sheets)
        coming.sheets += map(sheet_of, coming.told.sheets[done : done + AT_ONCE])
        if len(coming.sheets) < len(coming.told.sheets):
            QTimer.singleShot(0, self, lambda: self._make_sheets(coming))
        else:
            self._coming = None
            self._keep(coming.request, Written(tuple(coming.sheets), coming.told))

    def _keep(self, request: SampleHandwriting, written: Written) -> None:
        self._kept[_key(request)] = written
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        pending, self.pending = self.pending, None
        if pending is None:
            self._show()
        else:
            self._take(pending, written)

    def _take(self, letter: Letter, written: Written) -> None:
        """Make what was pending the letter."""
        old = self.state.letter
        redrawn = old is not None and _is_redraw(old, letter)
        settings = self.state.settings
        if not settings.locked:
            settings = msgspec.structs.replace(settings, seed=letter.seed)
        name = "Redraw" if redrawn and letter.redraws else "Write"
        self._newest = written if name == "Write" else None
        if letter == old:
            self._show()
        self.document.change(name, letter=letter, settings=settings)
        self._newest = None

    def _given_up(self, request: SampleHandwriting, message: str) -> None:
        self._leave()
        self.failed.emit(message)

    def _leave(self) -> None:
        """Show what was shown, if it is the letter; what goes out must be what is seen."""
        self.pending = self._coming = None
        if self._letter != self.state.letter:
            self.written = self._letter = None
        self.shown.emit(self.written, False)


def _is_redraw(old: Letter, new: Letter) -> bool:
    """Whether two letters are the same but for words drawn anew."""
    bare = [msgspec.structs.replace(letter, redraws=()) for letter in (old, new)]
    return bare[0] == bare[1]


def _layout_of(state: HandwritingState) -> list[object]:
    return [getattr(state.settings, name) for name in LAID_OUT]


def _key(request: SampleHandwriting) -> str:
    """What decides how a letter looks; pen and guides are painted as they are wanted."""
    plain = msgspec.structs.replace(request, pen_width=1.0, colour="", guides=False)
    return msgspec.json.encode(plain).decode()


def _seed() -> int:
    return secrets.randbelow(2**31)
