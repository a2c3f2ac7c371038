"""The dialog that records from a keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.live.beats import Beats
from seqgen_gui.live.record_job import RecordJob
from seqgen_gui.live.recording import BEATS, Heard, Recording
from seqgen_gui.live.take import LiveTake
from seqgen_gui.music.mini import MiniRoll
from seqgen_gui.music.notes import notes_of
from seqgen_gui.shell.controls import muted
from seqgen_gui.shell.settings import Settings
from seqgen_gui.sound.player import COMMAND
from seqgen_gui.sound.score import Equipment

WIDTH, HEIGHT = 470, 400  # pixels
FRAME = 60  # pixels that the dialog's title may need
AGAIN = 2500  # milliseconds between two looks for keyboards
DRAWN = 120  # milliseconds between two pictures of what was played
_PORT, _TEMPO, _COUNT_IN, _CLICKS, _SOUNDS = (
    f"recording/{name}" for name in ("port", "tempo", "count in", "clicks", "sounds")
)
_IDLE = "Press Record, or Space; play after the count-in, and press it again when you are done."


class RecordDialog(QDialog):
    """Emits ``taken`` with a LiveTake that has notes, and closes."""

    taken = Signal(object)

    def __init__(
        self, settings: Settings, parent: QWidget, command: Sequence[str] = COMMAND
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Record from a keyboard")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        self._take: LiveTake | None = None
        self._job = RecordJob(self, command)
        self._lay_out()
        self._job.equipped.connect(self._show_equipment)
        self._job.heard.connect(self._hear)
        self._job.stopped.connect(self._stopped)
        self._job.warned.connect(self._say)
        self._job.failed.connect(self._say)
        self.finished.connect(self._leave)
        self._looking = QTimer(self, interval=AGAIN)
        self._looking.timeout.connect(self._job.look)
        self._looking.start()
        self._drawing = QTimer(self, singleShot=True, interval=DRAWN)
        self._drawing.timeout.connect(self._draw)
        self._job.look()

    def toggle(self) -> None:
        """Begin, or end and keep what was played."""
        if self._take is not None:
            self._job.stop()
            return
        recording = Recording(
            port=self.keyboard.currentData() or "",
            tempo=self.tempo.value(),
            count_in=self.count_in.isChecked(),
            clicks=self.clicks.isChecked(),
            sounds=self.sounds.isChecked(),
            device=self._settings.audio_device,
        )
        self._keep(recording)
        self._looking.stop()
        self._take = LiveTake(recording)
        self.message.setText("Recording: press the button, or Space, when you are done.")
        self.record.setFocus()  # else Space would press Cancel once the others are disabled
        self._job.record(recording, self._settings.sound_font)
        self._set_enabled()

    def _form(self) -> QFormLayout:
        self.keyboard = QComboBox()
        self.keyboard.addItem("Looking for keyboards…")
        self.keyboard.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.keyboard.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        kept = self._settings.value
        tempo = kept(_TEMPO)
        self.tempo = QSpinBox(minimum=30, maximum=300, suffix=" bpm")
        self.tempo.setValue(int(tempo) if tempo.isdigit() else 100)
        self.tempo.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.count_in = QCheckBox("&Count in one bar of 4/4")
        self.count_in.setChecked(kept(_COUNT_IN) != "no")
        self.clicks = QCheckBox("C&lick while I play")
        self.clicks.setChecked(kept(_CLICKS) == "yes")
        self.sounds = QCheckBox("&Hear what I play, from this computer")
        self.sounds.setChecked(kept(_SOUNDS) == "yes")
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setVerticalSpacing(8)
        form.addRow("&Keyboard", self.keyboard)
        form.addRow("Te&mpo", self.tempo)
        choices = QHBoxLayout()
        choices.setSpacing(16)
        choices.addWidget(self.count_in)
        choices.addWidget(self.clicks)
        choices.addStretch()
        form.addRow("", choices)
        form.addRow("", self.sounds)
        return form

    def _lay_out(self) -> None:
        form = self._form()
        self.beats, self.count = Beats(), QLabel()
        self.mini = MiniRoll()
        self.mini.setAccessibleName("What was played")
        self.message = muted(_IDLE)
        self.message.setMinimumHeight(self.message.fontMetrics().lineSpacing() * 3)
        self.message.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        lamps = QHBoxLayout()
        lamps.addWidget(self.beats)
        lamps.addStretch()
        lamps.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(form)
        column.addLayout(lamps)
        column.addWidget(self.mini, 1)
        column.addWidget(self.message)
        column.addLayout(self._buttons())
        self.resize(WIDTH, min(HEIGHT, self.screen().availableGeometry().height() - FRAME))
        self._set_enabled()

    def _buttons(self) -> QHBoxLayout:
        self.record = QPushButton("&Record")
        self.record.setProperty("primary", True)
        self.record.setDefault(True)
        self.record.clicked.connect(self.toggle)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self.record)
        return row

    def _set_enabled(self) -> None:
        on = self._take is not None
        for widget in (self.tempo, self.count_in, self.clicks, self.sounds):
            widget.setEnabled(not on)
        ready = bool(self.keyboard.currentData())
        self.keyboard.setEnabled(ready and not on)
        self.record.setEnabled(ready)
        self.record.setText("&Stop and keep" if on else "&Record")

    def _show_equipment(self, told: Equipment) -> None:
        shown = tuple(self.keyboard.itemData(row) for row in range(self.keyboard.count()))
        if self._take is not None or shown == told.keyboards:  # it may be open to choose from
            return
        wanted = self.keyboard.currentData() or self._settings.value(_PORT)
        had = bool(self.keyboard.currentData())
        with QSignalBlocker(self.keyboard):
            self.keyboard.clear()
            for name in told.keyboards:
                self.keyboard.addItem(name, name)
            if not told.keyboards:
                self.keyboard.addItem("There is no keyboard")
            self.keyboard.setCurrentIndex(max(self.keyboard.findData(wanted), 0))
        self._set_enabled()
        if told.no_ports:
            self._say(told.no_ports)
        elif not told.keyboards:
            self._say("no MIDI keyboard is connected, one that you connect now is seen at once")
        elif not had:
            self.message.setText(_IDLE)
            self.record.setFocus()

    def _keep(self, recording: Recording) -> None:
        for name, value in (
            (_PORT, recording.port),
            (_TEMPO, str(self.tempo.value())),
            (_COUNT_IN, "yes" if recording.count_in else "no"),
            (_CLICKS, "yes" if recording.clicks else "no"),
            (_SOUNDS, "yes" if recording.sounds else "no"),
        ):
            self._settings.keep(name, value)

    def _hear(self, heard: Heard) -> None:
        if self._take is None:
            return
        self._take.hear(heard)
        self.beats.show_beat(heard.beat)
        bar = heard.beat // BEATS + 1
        self.count.setText(f"Bar {bar}" if bar > 0 else f"Count-in: {heard.beat % BEATS + 1}")
        if not self._drawing.isActive():
            self._drawing.start()

    def _draw(self) -> None:
        if self._take is not None:
            self.mini.show_notes(
                notes_of(
                    (round(s * 1000), round(e * 1000), pitch, velocity, 0)
                    for s, e, pitch, velocity, _ in self._take.rows()
                )
            )

    def _stopped(self) -> None:
        take, self._take = self._take, None
        self.beats.show_beat(None)
        self.count.clear()
        self._set_enabled()
        if take is not None and take.count:
            self.taken.emit(take)
            self.accept()
        else:
            self._looking.start()
            self._say("nothing was played, so nothing was kept")

    def _say(self, text: str) -> None:
        self.message.setText(text[:1].upper() + text[1:])

    def _leave(self) -> None:
        self._looking.stop()
        self._job.close()
