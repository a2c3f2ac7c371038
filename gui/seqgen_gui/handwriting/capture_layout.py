"""Where the parts of the dialog My hand are."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.handwriting.capture_pad import CapturePad
from seqgen_gui.shell.controls import heading, muted
from seqgen_gui.shell.icons import Icons

INTRO = (
    "Write these lines as you always write, with a pen, a finger or the mouse. "
    "Ten lines take about five minutes; three are enough to begin."
)
CARD = (290, 54)  # pixels
SIZE = (960, 700)  # pixels


@dataclass(frozen=True)
class Parts:
    """The widgets that the dialog speaks to."""

    pad: CapturePad
    sentence: QLabel
    list: QListWidget
    coverage: QProgressBar
    letters: QLabel
    undo: QPushButton
    redo: QPushButton
    next: QPushButton
    load: QPushButton
    save: QPushButton
    name: QLineEdit
    fit: QPushButton
    use: QPushButton
    work: QProgressBar
    hint: QLabel
    stop: QPushButton
    compare: QWidget
    own: QLabel
    before: QLabel
    after: QLabel


def lay_out(dialog: QDialog, icons: Icons) -> Parts:
    """Make the parts and put them into the dialog."""
    parts = _make(icons)
    _put(dialog, parts)
    parts.list.setMinimumHeight(parts.list.fontMetrics().height() * 4)
    dialog.resize(QSize(*SIZE).boundedTo(dialog.screen().availableSize() * 0.92))
    return parts


def _make(icons: Icons) -> Parts:
    parts = Parts(
        pad=CapturePad(),
        sentence=heading("", 1.6),
        list=QListWidget(),
        coverage=QProgressBar(),
        letters=QLabel(textFormat=Qt.TextFormat.RichText),
        undo=_button(icons, "&Undo stroke", "undo"),
        redo=_button(icons, "&Redo the line", "redraw"),
        next=_button(icons, "&Next line", "play"),
        load=_button(icons, "&Import…", "import"),
        save=_button(icons, "&Export…", "export"),
        name=QLineEdit("My hand"),
        fit=QPushButton("&Fit my hand"),
        use=QPushButton("Use this &hand"),
        work=QProgressBar(textVisible=False),
        hint=muted(""),
        stop=QPushButton("&Stop"),
        compare=QWidget(),
        own=_card("Your line"),
        before=_card("Before: without a style"),
        after=_card("After: your hand"),
    )
    parts.list.setAccessibleName("Lines to write")
    parts.coverage.setAccessibleName("Letters covered")
    parts.coverage.setTextVisible(False)
    parts.coverage.setMaximumHeight(8)
    parts.coverage.setToolTip("How much of what each letter needs you have written")
    parts.letters.setToolTip("Bold: seen often enough. Struck through: not seen yet")
    parts.fit.setProperty("primary", True)
    parts.work.setMaximumHeight(4)
    parts.work.hide()
    parts.stop.hide()
    parts.compare.hide()
    return parts


def _put(dialog: QDialog, parts: Parts) -> None:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(16, 14, 16, 14)
    column.setSpacing(9)
    column.addWidget(muted(INTRO))
    column.addWidget(parts.sentence)
    column.addWidget(parts.pad)
    column.addLayout(_row(parts.undo, parts.redo, None, parts.next))
    column.addWidget(parts.list, 1)
    column.addWidget(parts.coverage)
    column.addWidget(parts.letters)
    _compare(parts)
    column.addWidget(parts.compare)
    column.addWidget(parts.work)
    column.addWidget(parts.hint)
    label = QLabel("Na&me")
    label.setBuddy(parts.name)
    foot = (parts.load, parts.save, None, label, parts.name, None)
    column.addLayout(_row(*foot, parts.stop, parts.fit, parts.use))


def _compare(parts: Parts) -> None:
    row = QHBoxLayout(parts.compare)
    row.setContentsMargins(0, 0, 0, 0)
    titles = (
        ("Your line", parts.own),
        ("Before: the model, without a style", parts.before),
        ("After: the model, in your hand", parts.after),
    )
    for title, label in titles:
        column = QVBoxLayout()
        column.addWidget(muted(title))
        column.addWidget(label)
        row.addLayout(column)


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        if widget is None:
            row.addStretch()
        else:
            row.addWidget(widget)
    return row


def _button(icons: Icons, text: str, icon: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    icons.put(button, icon)
    return button


def _card(name: str) -> QLabel:
    label = QLabel()
    label.setFixedSize(*CARD)
    label.setAccessibleName(name)
    return label
