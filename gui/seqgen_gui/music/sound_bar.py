"""How far a sound file is written, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton

from seqgen_gui.music.elided import ElidedLabel

_WIDTH = 220  # pixels of the bar


class SoundBar(QFrame):
    """A row that is there while a file is written; ``cancelled`` asks to stop."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.label = ElidedLabel()
        self.bar = QProgressBar(maximum=100, textVisible=False)
        self.bar.setFixedWidth(_WIDTH)
        self.bar.setAccessibleName("Share of the sound file that is written")
        self.cancel = QPushButton("Cancel")
        self.cancel.setAccessibleName("Cancel writing the sound file")
        self.cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 10, 4)
        row.setSpacing(12)
        row.addWidget(self.label, 1)
        row.addWidget(self.bar)
        row.addWidget(self.cancel)
        self.hide()

    def show_file(self, name: str) -> None:
        """Show that a file is being written; "" that none is."""
        self.label.setText(f"Writing {name}")
        self.bar.setValue(0)
        self.setVisible(bool(name))

    def show_share(self, share: float) -> None:
        """Show how much is written, 0 to 1."""
        self.bar.setValue(round(100 * share))
