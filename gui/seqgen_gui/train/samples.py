"""The samples of a run: listen to them, look at them, have another drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from seqgen.reports import MusicSheet
from seqgen_gui.live.output_button import SETTING
from seqgen_gui.music.sheet import Sheet, sheet_from
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.controls import heading, muted, tool_button
from seqgen_gui.sound.player import Player
from seqgen_gui.sound.score import Instrument, Score
from seqgen_gui.train.log import Log
from seqgen_gui.train.pictures import MiniRoll, PageView
from seqgen_gui.train.run import Run
from seqgen_gui.train.sampler import Sampler, ask_notes, samples_of

NO_SAMPLES = "No samples yet. After the first validation there is a model to sample from."
ROLL = 140  # logical pixels
_PATH = Qt.ItemDataRole.UserRole
ABOUT = {
    "music": "Eight bars by the best model so far, always with the same seed: hear it learn.",
    "handwriting": "A line by the best model so far, always with the same seed: see it learn.",
}


class Samples(QWidget):
    """Shows the samples of a run, by the update of the model that drew them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._run: Run | None = None
        self._best = 0
        self._shown_path, self._length = "", 0.0
        self.sampler = Sampler(context.requests)
        settings = context.settings
        self.player = Player(
            self,
            device=lambda: settings.audio_device,
            font=lambda: settings.sound_font,
            port=lambda: settings.value(SETTING),
        )
        self.now_button = QPushButton("Sample now")
        self.now_button.setToolTip("Draw from the best model so far")
        self.always = QCheckBox("After each new best")
        self.text = QLineEdit(self.sampler.text)
        self.text.setCursorPosition(0)
        self.text.setAccessibleName("Text of the samples")
        self.list = QListWidget()
        self.list.setAccessibleName("Samples")
        self.play_button = tool_button(context.icons, "play", "Play or stop the sample")
        self._about = muted("")
        self._stage = QVBoxLayout()
        self._shown: QWidget | None = None
        self._lay_out()
        self.now_button.clicked.connect(self.sample)
        self.text.textChanged.connect(self._text_changed)
        self.play_button.clicked.connect(self.player.toggle)
        self.list.currentItemChanged.connect(self._show_current)
        self.player.failed.connect(context.notices.warn)
        self.player.playing_changed.connect(self._playing_changed)
        self.player.moved.connect(self._moved)
        application = QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.player.close)
        self.sampler.made.connect(self._made)
        self.sampler.failed.connect(self._failed)
        self.sampler.busy_changed.connect(lambda _: self._enable())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.now_button)
        row.addWidget(self.always)
        row.addStretch(1)
        row.addWidget(self.play_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading("Samples", 1.1))
        column.addWidget(self._about)
        column.addWidget(self.text)
        column.addLayout(row)
        column.addLayout(self._stage)
        column.addWidget(self.list, 1)

    def show_run(self, run: Run, log: Log) -> None:
        """Show the samples of another run."""
        self.player.pause()
        self.sampler.cancel()
        self._run, self._best, self._shown_path = run, log.best_update, "none yet"
        self.list.clear()
        self._about.setText(ABOUT[run.record.asked.art])
        music = run.record.asked.art == "music"
        self.play_button.setVisible(music)
        self.text.setVisible(not music)
        self._fill(None)
        self._enable()

    def follow(self, log: Log) -> None:
        """Take note of what was learned; draw a sample of a new best if that is wanted."""
        if log.best_update == self._best:
            return
        self._best = log.best_update
        self._enable()
        if self.always.isChecked():
            self.sample()

    def sample(self) -> None:
        """Draw a sample from the best model."""
        if self._run is not None and self._run.has_model:
            self.sampler.sample(self._run, self._best)

    def _text_changed(self, text: str) -> None:
        self.sampler.text = text
        self._enable()

    def _enable(self) -> None:
        possible = self._run is not None and self._run.has_model
        possible = possible and (not self.text.isVisible() or bool(self.text.text().strip()))
        self.now_button.setEnabled(possible and not self.sampler.busy)
        self.now_button.setText("Drawing…" if self.sampler.busy else "Sample now")

    def _made(self, run: Run, path: Path) -> None:
        if run is self._run:
            self._fill(None if self._looked_at else path)

    @property
    def _looked_at(self) -> bool:
        """Whether a sample is heard, or one is looked at that is not the newest."""
        return self.player.is_playing or self.list.currentRow() > 0

    def _failed(self, message: str) -> None:
        self.always.setChecked(False)
        self._context.notices.warn(f"no sample: {message}")

    def _fill(self, chosen: Path | None) -> None:
        """List the samples, and show the ``chosen``, else the one at hand, else the newest."""
        assert self._run is not None
        at_hand = self.list.currentItem()
        wanted = str(chosen) if chosen else at_hand.data(_PATH) if at_hand else ""
        self.list.blockSignals(True)
        self.list.clear()
        for update, path in samples_of(self._run):
            item = QListWidgetItem(f"Update {update:,}")
            item.setData(_PATH, str(path))
            self.list.addItem(item)
            if str(path) == wanted:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        if chosen is not None or self._shown_path != self._current_path:
            self._show_current()

    @property
    def _current_path(self) -> str:
        item = self.list.currentItem()
        return item.data(_PATH) if item else ""

    def _show_current(self) -> None:
        self.player.pause()
        self.play_button.setEnabled(False)
        self._shown_path = self._current_path
        item = self.list.currentItem()
        if item is None or self._run is None:
            self._put(muted(NO_SAMPLES))
        elif self._run.record.asked.art == "handwriting":
            self._put(PageView(item.data(_PATH), f"Sample, {item.text().lower()}"))
        else:
            self._put(MiniRoll((), height=ROLL))
            path = Path(item.data(_PATH))
            ask_notes(self._context.requests, path, self._show_notes, self._failed)

    def _show_notes(self, told: dict[str, Any]) -> None:
        sheet = sheet_from(msgspec.convert(told, MusicSheet))
        self._put(MiniRoll([(s, e, p) for s, e, p, _, _ in sheet.notes.rows()], height=ROLL))
        score = score_of(sheet)
        self._length = score.end
        self.player.load(score)
        self.player.seek(0.0)
        self.play_button.setEnabled(True)

    def _put(self, widget: QWidget) -> None:
        if self._shown is not None:
            self._stage.removeWidget(self._shown)
            self._shown.deleteLater()
        self._shown = widget
        self._stage.addWidget(widget)

    def _moved(self, second: float) -> None:
        if isinstance(self._shown, MiniRoll):
            self._shown.show_place(second / self._length if self._length else 0.0)

    def _playing_changed(self, playing: bool) -> None:
        self._context.icons.put(self.play_button, "stop" if playing else "play")


def score_of(sheet: Sheet) -> Score:
    """What is played of a piece."""
    seconds = sheet.tempos.seconds
    notes = [(seconds(s), seconds(e), p, v, t) for s, e, p, v, t in sheet.notes.rows()]
    instruments = [Instrument(part.program, part.is_drums) for part in sheet.parts]
    return Score(tuple(notes), tuple(instruments))
