"""Small parts that several places are made of."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.shell.icons import Icons

ICON = 20  # logical pixels
LINE = 66  # characters


def tool_button(icons: Icons, icon: str, name: str) -> QToolButton:
    """A button that shows an icon; ``name`` is its tooltip and what a screen reader says."""
    button = QToolButton()
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setIconSize(QSize(ICON, ICON))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    icons.put(button, icon)
    return button


def action_button(action: QAction, primary: bool = False) -> QPushButton:
    """A button that triggers an action and is enabled with it."""
    button = QPushButton(action.text())
    button.setProperty("primary", primary)
    button.setEnabled(action.isEnabled())
    button.setAccessibleName(action.text().replace("&", ""))
    action.enabledChanged.connect(button.setEnabled)
    button.clicked.connect(action.trigger)
    return button


def inset(spin: QAbstractSpinBox) -> None:
    """Keep the text of a spin box off its border, which no style sheet does."""
    spin.lineEdit().setTextMargins(6, 0, 0, 0)


def scrolling(page: QWidget) -> QScrollArea:
    """A page that is scrolled where it is given less room than it needs."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(page)
    return area


def heading(text: str, factor: float = 1.5) -> QLabel:
    """A heading, ``factor`` times as large as plain text."""
    label = QLabel(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setWeight(font.Weight.DemiBold)
    label.setFont(font)
    return label


def muted(text: str) -> QLabel:
    """A text of lesser weight that is wrapped."""
    label = QLabel(text, wordWrap=True)
    label.setProperty("muted", True)
    return label


class EmptyState(QWidget):
    """What stands where there is nothing yet: what this place is for, and where to begin."""

    def __init__(self, icons: Icons, icon: str, title: str, text: str, *buttons: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(icons.picture(icon, 56), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(heading(title), 0, Qt.AlignmentFlag.AlignHCenter)
        label = muted(text)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setMaximumWidth(label.fontMetrics().averageCharWidth() * LINE)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(label, 1000)
        row.addStretch()
        column.addLayout(row)
        for button in buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        if buttons:
            self.setFocusProxy(buttons[0])
        column.addStretch(3)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
