"""The bar under the roll: what to do with the take that is shown, or how far the drawing is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from seqgen_gui.music.elided import ElidedLabel
from seqgen_gui.music.state import TakeRecord
from seqgen_gui.shell.controls import action_button

HINT = "Generate draws new bars into the roll. They stay a ghost until you accept them."


class GhostBar(QFrame):
    """Shows a hint, a take with its buttons, or the progress of one that is being drawn."""

    def __init__(self, actions: Sequence[tuple[QAction, str]], cancel: QAction) -> None:
        super().__init__()
        self.setObjectName("ghost")
        self.text = ElidedLabel(HINT)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.progress.setAccessibleName("Bars drawn")
        self.buttons = [_named(action, text) for action, text in actions]
        self.cancel = QPushButton("Cancel")
        self.cancel.setToolTip("Stop drawing (Esc)")
        self.cancel.clicked.connect(cancel.trigger)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.addWidget(self.text, 1)
        row.addWidget(self.progress, 3)
        for button in (*self.buttons, self.cancel):
            row.addWidget(button)
        self.setFixedHeight(row.sizeHint().height())
        self.show_take(None, 0)

    def show_take(self, take: TakeRecord | None, bar: int) -> None:
        """Show a take whose bars from ``bar`` on are not accepted; None shows the hint."""
        if take is None:
            self.text.setText(HINT)
        else:
            kept = f", accepted up to bar {bar - 1}" if bar > take.at_bar else ""
            self.text.setText(f"Take {take.number}: {take.notes} notes, seed {take.seed}{kept}")
        self._show(self.buttons if take is not None else [])

    def show_progress(self, stage: str, done: float, whole: float) -> None:
        """Show what is being done, and how much of the whole."""
        self.text.setText(stage)
        self.progress.setRange(0, max(round(whole * 10), 1))
        self.progress.setValue(min(round(done * 10), self.progress.maximum()))
        self._show([self.progress, self.cancel])

    def _show(self, widgets: Sequence[QWidget]) -> None:
        for widget in (*self.buttons, self.cancel, self.progress):
            widget.setVisible(widget in widgets)


def _named(action: QAction, text: str) -> QPushButton:
    button = action_button(action)
    button.setText(text)
    keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    if keys:
        button.setToolTip(f"{action.text().replace('&', '')} ({keys})")
    return button
