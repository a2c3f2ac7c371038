"""My hand: write a few lines, and the model learns how you write."""

from __future__ import annotations

import math
import re
import string
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from seqgen.config import HandResult, Progress
from seqgen.errors import SeqgenError
from seqgen.files import write_file
from seqgen.ink_sheets import OwnLines, StyleSample
from seqgen_gui.handwriting.capture_layout import lay_out
from seqgen_gui.handwriting.fitting import DRAFT, Fitting
from seqgen_gui.handwriting.gallery import card_of, ink_card
from seqgen_gui.handwriting.own_ink import (
    ENOUGH,
    LEAST,
    OwnLine,
    coverage,
    inkml_bytes,
    merged,
    new_lines,
    seen,
)
from seqgen_gui.shell.context import Context

INKML = "InkML files (*.inkml)"
NAME = re.compile(r"\w[\w .'-]{0,62}[\w'-]|\w")  # what a hand may be called
PAUSE = 800  # milliseconds without a stroke before the lines are kept


class CaptureDialog(QDialog):
    """Asks for lines and fits a style to them.

    ``hand_made`` tells the name of a hand that is kept, ``hand_wanted`` of one to write with.
    Lines are kept as they are written: neither a crash nor closing the dialog loses them.
    """

    hand_made = Signal(str)
    hand_wanted = Signal(str)

    def __init__(
        self, parent: QWidget, context: Context, model: str | None, folder: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("My hand")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.lines = new_lines()
        self.at = 0
        self.result_file = ""
        self._learned = OwnLine("")  # a line as it was when the hand began to be learned
        self._imports = False
        self.fitting = Fitting(context.requests, model, folder, self)
        self._keeping = QTimer(self, singleShot=True, interval=PAUSE)
        self._keeping.timeout.connect(lambda: self.fitting.keep(self.lines))
        self.parts = lay_out(self, context.icons)
        self._wire()
        self._fill_list()
        self.show_line(0)
        self._follow()
        if (self.fitting.folder / DRAFT).exists():
            self.parts.pad.setEnabled(False)  # what is written before they come would replace them
            self.fitting.load(self.fitting.folder / DRAFT)

    def _wire(self) -> None:
        parts, fitting = self.parts, self.fitting
        parts.pad.changed.connect(self._changed)
        parts.list.currentRowChanged.connect(self.show_line)
        parts.undo.clicked.connect(parts.pad.undo)
        parts.redo.clicked.connect(parts.pad.clear)
        parts.next.clicked.connect(lambda: self.show_line((self.at + 1) % len(self.lines)))
        parts.load.clicked.connect(self._import)
        parts.save.clicked.connect(self._export)
        parts.fit.clicked.connect(self._fit)
        parts.stop.clicked.connect(self._stop)
        parts.use.clicked.connect(self._use)
        parts.name.textChanged.connect(lambda _: self._follow())
        fitting.running_changed.connect(lambda _: self._follow())
        fitting.progressed.connect(self._progressed)
        fitting.fitted.connect(self._fitted)
        fitting.compared.connect(self._compared)
        fitting.loaded.connect(self._loaded)
        fitting.failed.connect(self._failed)

    def show_line(self, number: int) -> None:
        """Go to a line, from 0."""
        if 0 <= number < len(self.lines):
            self.at = number
            line = self.lines[number]
            self.parts.sentence.setText(line.text)
            self.parts.pad.show_strokes(line.strokes)
            self.parts.list.setCurrentRow(number)
            self._follow()

    def _changed(self) -> None:
        self._keeping.start()
        self._fill_list()
        self._follow()

    def _fill_list(self) -> None:
        rows = self.parts.list
        rows.blockSignals(True)
        for number, line in enumerate(self.lines):
            if number >= rows.count():
                rows.addItem("")
            mark = "✓" if line.strokes else "   "
            rows.item(number).setText(f"{mark}  {line.text}")
        rows.setCurrentRow(self.at)
        rows.blockSignals(False)

    def _follow(self) -> None:
        """Show how far one has come, and what can be done."""
        parts, running = self.parts, self.fitting.running
        counts = seen(self.lines)
        share = coverage(self.lines)
        parts.coverage.setValue(round(100 * share))
        parts.letters.setText(
            f"{share:.0%} of the letters: "
            + " ".join(
                f"<b>{c}</b>" if counts[c] >= ENOUGH else c if counts[c] else f"<s>{c}</s>"
                for c in string.ascii_lowercase
            )
        )
        parts.letters.setAccessibleName(
            "Letters still missing: "
            + (", ".join(c for c in string.ascii_lowercase if not counts[c]) or "none")
        )
        written = sum(bool(line.strokes) for line in self.lines)
        here = bool(self.lines[self.at].strokes)
        parts.undo.setEnabled(here)
        parts.redo.setEnabled(here)
        parts.save.setEnabled(written > 0)
        name = self._name
        parts.fit.setEnabled(written >= LEAST and bool(name) and not running)
        parts.use.setEnabled(bool(self.result_file) and not running)
        parts.stop.setVisible(running)
        if running:
            return
        if written < LEAST:
            parts.hint.setText(f"Write {LEAST - written} more of the lines; all ten are best.")
        elif not name:
            parts.hint.setText("Give your hand a name of letters, digits and spaces.")
        elif not self.result_file:
            parts.hint.setText("Fit a style when you are ready; the more lines, the better.")

    @property
    def _name(self) -> str:
        text = self.parts.name.text().strip()
        return text if NAME.fullmatch(text) else ""

    def _fit(self) -> None:
        name = self._name
        if self.fitting.path_of(name).exists() and not self._may_replace(name):
            return
        self.result_file = ""
        self.parts.compare.hide()
        first = next(line for line in self.lines if line.strokes)
        self._learned = OwnLine(first.text, list(first.strokes))
        self.fitting.fit(self.lines, name)

    def _may_replace(self, name: str) -> bool:
        answer = QMessageBox.question(
            self,
            "Replace a hand",
            f"There is a hand called {name}. Replace it?",
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Yes

    def _stop(self) -> None:
        """Give the fit up; the lines stay."""
        self.fitting.cancel()
        self.parts.work.hide()

    def _progressed(self, progress: Progress) -> None:
        self.parts.work.setVisible(True)
        if progress.stage == "fitting" and progress.total:
            self.parts.work.setRange(0, int(progress.total))
            self.parts.work.setValue(int(progress.done))
        else:
            self.parts.work.setRange(0, 0)
        self.parts.hint.setText(f"Learning your hand: {progress.note or progress.stage}")

    def _fitted(self, result: HandResult) -> None:
        self.result_file = result.path
        self.parts.work.setVisible(False)
        self.parts.hint.setText(" ".join(f"{one}." for one in told_of(result)))
        self.parts.compare.setVisible(True)
        line = self._learned
        self.parts.own.setPixmap(ink_card(line.strokes, self.parts.own.size(), self._ratio))
        self.fitting.compare(result.path, line.text)
        self._follow()
        self.hand_made.emit(Path(result.path).name)

    @property
    def _ratio(self) -> float:
        return self.devicePixelRatioF()

    def _compared(self, samples: list[StyleSample]) -> None:
        for label, sample in zip((self.parts.before, self.parts.after), samples, strict=False):
            label.setPixmap(card_of(sample, label.size(), self._ratio))

    def _failed(self, why: str) -> None:
        self.parts.pad.setEnabled(True)
        self.parts.work.setVisible(False)
        self._follow()
        self.parts.hint.setText(f"It did not work: {why}")

    def _use(self) -> None:
        self.hand_wanted.emit(Path(self.result_file).name)
        self.accept()

    def _import(self) -> None:
        settings = self._context.settings
        text, _ = QFileDialog.getOpenFileName(self, "Import ink", settings.folder("hand"), INKML)
        if text:
            settings.keep_folder("hand", Path(text))
            self._imports = True
            self.fitting.load(Path(text))

    def _loaded(self, told: OwnLines) -> None:
        self.parts.pad.setEnabled(True)
        self.lines = merged(self.lines, told, self.parts.pad.size_mm[1])
        self._fill_list()
        if self._imports:
            self._imports = False
            self._keeping.start()
        self.show_line(self.at)

    def _export(self) -> None:
        settings = self._context.settings
        proposed = str(Path(settings.folder("hand")) / "my hand.inkml")
        text, _ = QFileDialog.getSaveFileName(self, "Export ink", proposed, INKML)
        if not text:
            return
        path = Path(text) if text.endswith(".inkml") else Path(f"{text}.inkml")
        settings.keep_folder("hand", path)
        try:
            write_file(path, inkml_bytes(self.lines))
        except SeqgenError as error:
            self.parts.hint.setText(f"It did not work: {error}")

    def done(self, result: int) -> None:
        """Keep the lines for the next time; whatever closes the dialog comes here."""
        self.fitting.cancel()
        if self._keeping.isActive():
            self._keeping.stop()
            self.fitting.keep(self.lines)
        super().done(result)


def told_of(result: HandResult) -> list[str]:
    """How well a hand was learned, in sentences without full stops."""
    nats = result.nats_per_point
    better = math.exp(nats.get("no_style", 0.0) - nats.get("fitted", 0.0)) - 1
    if better > 0:
        told = f"to the model every point of your lines is {better:.0%} likelier in your hand"
    else:
        told = "it is no better than without: write more lines, or write them more evenly"
    learned = f"Learned in {result.seconds:.0f} s: {told}"
    return [learned, *(one[:1].upper() + one[1:] for one in result.warnings)]
