"""The dialogs of the menu Help: shortcuts, and what the program is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from seqgen import __version__
from seqgen_gui.shell.actions import Entry
from seqgen_gui.shell.controls import heading, muted
from seqgen_gui.shell.icons import app_icon

Rows = Iterable[Sequence[str]]


def shortcuts_dialog(parent: QWidget, entries: Iterable[Entry]) -> QDialog:
    """Every action that has keys, by menu."""
    table = _table("Keyboard shortcuts", ("Command", "Keys"), ())
    groups: dict[str, QTreeWidgetItem] = {}
    for entry in entries:
        if not entry.keys:
            continue
        if entry.menu not in groups:
            groups[entry.menu] = QTreeWidgetItem([entry.menu])
            table.addTopLevelItem(groups[entry.menu])
        groups[entry.menu].addChild(QTreeWidgetItem([entry.label, entry.keys]))
    table.expandAll()
    return _dialog(parent, "Keyboard shortcuts", table)


def about_dialog(parent: QWidget) -> QDialog:
    """The version, and the licences of all parts."""
    head = QHBoxLayout()
    picture = QLabel()
    picture.setPixmap(app_icon().pixmap(64))
    head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.addWidget(heading(f"seqgen {__version__}"))
    words.addWidget(
        muted(
            "Continues music and writes by hand, one LSTM for both. Under the MIT licence. "
            f"It runs on Qt {qVersion()}, used under the LGPL 3: its libraries are files of their "
            "own, which you may replace."
        )
    )
    head.addLayout(words, 1)
    top = QWidget()
    top.setLayout(head)
    table = _table("Licences", ("Package", "Version", "Licence"), licences())
    return _dialog(parent, "About seqgen", top, table)


def licences() -> Iterator[tuple[str, str, str]]:
    """Name, version and licence of each package that seqgen needs, if it is installed."""
    for line in sorted(metadata.requires("seqgen") or (), key=str.casefold):
        name = re.split(r"[^\w.-]", line, maxsplit=1)[0]
        if "extra ==" in line:
            continue
        try:
            told = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        yield name, told["Version"], _licence(told)


def _licence(told: metadata.PackageMetadata) -> str:
    classifiers = told.get_all("Classifier") or []
    named = [text for text in classifiers if text.startswith("License ::")]
    long = (told.get_all("License-Expression") or told.get_all("License") or [""])[0]
    short = long.strip().partition("\n")[0]
    if short and len(short) < 60:
        return str(short)
    return ", ".join(text.rpartition(" :: ")[2] for text in named) or "see the package"


def _table(name: str, titles: Sequence[str], rows: Rows) -> QTreeWidget:
    table = QTreeWidget()
    table.setAccessibleName(name)
    table.setHeaderLabels(list(titles))
    table.setRootIsDecorated(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.header().setStretchLastSection(True)
    for row in rows:
        table.addTopLevelItem(QTreeWidgetItem(list(row)))
    return table


def _dialog(parent: QWidget, title: str, *parts: QWidget) -> QDialog:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(dialog)
    for part in parts:
        column.addWidget(part)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
    dialog.resize(580, 520)
    return dialog
