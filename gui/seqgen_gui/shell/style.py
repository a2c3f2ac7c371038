"""The style sheet: flat controls, one accent, a focus that is always seen."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from string import Template

from seqgen_gui.shell.colours import DARK, Colours

ICONS = Path(__file__).parent.parent / "icons"
SHEET = Template("""
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { color: $text; background: $raised; border: 1px solid $edge; padding: 4px 6px; }

QMenuBar { background: $window; border-bottom: 1px solid $border; padding: 1px 4px; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 10px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $faint; background: transparent; }
QMenu::separator { height: 1px; background: $border; margin: 4px 6px; }

QPushButton, QToolButton {
  color: $text; background: $raised; border: 1px solid $edge; border-radius: 5px;
  padding: 5px 12px; min-height: 1.2em;
}
QToolButton { padding: 4px; border-color: transparent; background: transparent; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked, QToolButton:pressed, QToolButton:checked {
  background: $tint;
}
QToolButton:checked, QPushButton:checked { border-color: $accent; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QToolButton:focus { padding: 3px; }
QToolButton[popupMode="2"] { padding-right: 18px; }
QToolButton[popupMode="2"]:focus { padding-right: 17px; }
QToolButton[popupMode="1"] { padding-right: 22px; }
QToolButton[popupMode="1"]:focus { padding-right: 21px; }
QToolButton::menu-button {
  width: 20px; border: 0; border-top-right-radius: 5px; border-bottom-right-radius: 5px;
}
QToolButton::menu-button:hover { background: $border; }
QToolButton::menu-arrow { image: url("$icons/chevron-down.svg"); width: 10px; height: 10px; }
QToolButton::menu-indicator {
  image: url("$icons/chevron-down.svg"); width: 10px; height: 10px;
  subcontrol-origin: border; subcontrol-position: center right; right: 5px;
}
QPushButton:disabled, QToolButton:disabled { color: $faint; border-color: $border; }
QToolButton:disabled { border-color: transparent; }
QPushButton:default { border-color: $accent; }
QPushButton[primary="true"] {
  color: $on_accent; background: $accent; border-color: $accent; font-weight: 600;
}
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[primary="true"]:disabled { color: $faint; background: $hover; border-color: $border; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
  color: $text; background: $base; border: 1px solid $edge; border-radius: 5px;
  selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $muted;
}
QLineEdit, QAbstractSpinBox, QComboBox { padding: 4px 7px; min-height: 1.2em; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
  border: 2px solid $accent; padding: 3px 6px;
}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
  color: $faint; background: $window; border-color: $border;
}
QComboBox { background: $raised; padding-right: 22px; }
QComboBox:hover { background: $hover; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $edge; padding: 2px; }
QAbstractSpinBox { padding-right: 20px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
  width: 18px; border: 0; border-radius: 3px; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url("$icons/chevron-up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 10px; height: 10px; }

QSlider:horizontal { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; }
QSlider::sub-page:horizontal { border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
  width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
  background: $raised; border: 1px solid $edge;
}
QSlider::handle:horizontal:hover { background: $hover; }
QSlider::handle:horizontal:focus { border: 2px solid $accent; width: 12px; height: 12px; }
QSlider::sub-page:disabled, QProgressBar::chunk:disabled { background: $edge; }
QCheckBox, QRadioButton { spacing: 7px; padding: 3px; border: 2px solid transparent; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; border-radius: 5px; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: 14px; height: 14px; border: 1px solid $edge; border-radius: 3px; background: $base;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  border-color: $accent; background: $accent; image: url("$icons/tick-$scheme.svg");
}
QRadioButton::indicator:checked {
  width: 6px; height: 6px; border: 5px solid $accent; background: $on_accent;
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
  border-color: $border; background: $window;
}

QAbstractItemView { background: $base; border: 1px solid $border; outline: 0; }
QAbstractItemView:focus, QScrollArea:focus { border: 1px solid $accent; }
QTreeView::item, QTableView::item, QListView::item { padding: 4px 6px; }
QTreeView::item:selected, QTableView::item:selected, QListView::item:selected {
  background: $accent; color: $on_accent;
}
QHeaderView::section {
  color: $muted; background: $window; border: 0; border-bottom: 1px solid $border;
  padding: 4px 6px;
}

QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: $border; }
QSplitter::handle:hover, QSplitter::handle:focus { background: $accent; }
QSplitter::handle:horizontal { width: 3px; }
QSplitter::handle:vertical { height: 3px; }

QStatusBar { color: $muted; border-top: 1px solid $border; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $muted; padding: 2px 6px; }
QProgressBar {
  color: $text; background: $hover; border: 0; border-radius: 3px; text-align: center;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QGroupBox { border: 0; margin-top: 1.6em; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QTabBar::tab { padding: 6px 12px; border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { background: $tint; }
QTabWidget::pane { border: 0; border-top: 1px solid $border; }

*[muted="true"] { color: $muted; }
*[danger="true"] { color: $danger; }

#sidebar { background: $window; border-right: 1px solid $border; }
#sidebar QToolButton { padding: 8px 4px; border: 2px solid transparent; border-radius: 7px; }
#sidebar QToolButton:checked { background: $tint; color: $accent; font-weight: 600; }
#sidebar QToolButton:focus { border-color: $accent; }

#notice { background: $raised; border-bottom: 1px solid $border; }
#notice[kind="info"] { border-left: 4px solid $accent; }
#notice[kind="good"] { border-left: 4px solid $good; }
#notice[kind="warning"] { border-left: 4px solid $warning; }
#notice[kind="error"] { border-left: 4px solid $danger; }

#commands { background: $raised; border: 1px solid $edge; border-radius: 8px; }
#commands QAbstractItemView { background: transparent; border: 0; }
#commands QAbstractItemView::item { padding: 6px 8px; }
""")


def style_sheet(colours: Colours) -> str:
    """The style sheet of a theme."""
    scheme = "dark" if colours is DARK else "light"
    return SHEET.substitute(asdict(colours), icons=ICONS.as_posix(), scheme=scheme)
