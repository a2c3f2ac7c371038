"""The row that chooses a style and mixes it with a second one, with a look at the mix."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from seqgen.ink_sheets import StyleSample
from seqgen_gui.handwriting.gallery import CARD, card_of, title_of
from seqgen_gui.handwriting.state import Settings
from seqgen_gui.shell.controls import tool_button
from seqgen_gui.shell.icons import Icons

PARTS = 20  # of the slider
PAUSE = 120  # milliseconds without a change before the mix is drawn


class MixBar(QWidget):
    """Emits ``edited`` with settings by name, ``wanted`` with a mix that is to be shown."""

    edited = Signal(dict)
    wanted = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.first, self.second = QPushButton(), QPushButton()
        group = QButtonGroup(self)
        for button, name in ((self.first, "Style"), (self.second, "Second style")):
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(name)
            button.setMaximumWidth(button.fontMetrics().averageCharWidth() * 18)
            group.addButton(button)
        self.first.setToolTip("The style. A click in the gallery chooses it")
        self.second.setToolTip("A second style to mix in: press this, then choose in the gallery")
        self.first.setChecked(True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, PARTS)
        policy = self.slider.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.slider.setSizePolicy(policy)
        self.slider.setAccessibleName("Mix of the two styles")
        self.slider.setToolTip("How much of each of the two styles")
        self.slider.valueChanged.connect(lambda at: self.edited.emit({"mix": at / PARTS}))
        self.drop = tool_button(icons, "remove", "Do not mix")
        self.drop.clicked.connect(self._drop)
        self.preview = QLabel()
        self.preview.setFixedSize(CARD)
        self.preview.setAccessibleName("The mix")
        self.share = QLabel()
        self._mix = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(lambda: self.wanted.emit(self._mix))
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.first)
        row.addWidget(self.slider, 1)
        row.addWidget(self.second)
        row.addWidget(self.drop)
        self.below = QWidget()
        below = QHBoxLayout(self.below)
        below.setContentsMargins(0, 0, 0, 0)
        below.addStretch()
        below.addWidget(self.share)
        below.addWidget(self.preview)
        below.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.below)

    @property
    def takes_second(self) -> bool:
        """Whether the gallery chooses the second style."""
        return self.second.isChecked()

    def show_settings(self, settings: Settings) -> None:
        """Show them; nothing is told."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(settings.mix * PARTS))
        self.slider.blockSignals(False)
        first, second = settings.style, settings.other
        self.first.setText(title_of(first) if first else "Model's own")
        self.second.setText(title_of(second) if second else "Mix with…")
        mixes = first is not None and second is not None
        for widget in (self.slider, self.below, self.drop):
            widget.setVisible(mixes)
        mix = settings.whole_style or ""
        if mixes and mix != self._mix:
            self._mix = mix
            self._pause.start()
        self.share.setText(f"{1 - settings.mix:.0%} and {settings.mix:.0%}")

    def show_sample(self, sample: StyleSample) -> None:
        """Show the mix, if it is this one."""
        if sample.name == self._mix:
            self.preview.setPixmap(card_of(sample, ratio=self.devicePixelRatioF()))

    def _drop(self) -> None:
        self.first.setChecked(True)
        self.edited.emit({"other": None})
