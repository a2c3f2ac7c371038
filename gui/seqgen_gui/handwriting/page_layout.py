"""Where the parts of the place Handwriting are."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.handwriting.canvas import Canvas
from seqgen_gui.handwriting.canvas_bar import CanvasBar
from seqgen_gui.handwriting.editor import TextEditor
from seqgen_gui.handwriting.exports import Exports
from seqgen_gui.handwriting.page_actions import PageActions
from seqgen_gui.handwriting.page_panel import PagePanel
from seqgen_gui.handwriting.style_panel import StylePanel
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.controls import action_button, muted
from seqgen_gui.shell.dragging import DragHandle

LEFT = 400  # pixels


@dataclass(frozen=True)
class Parts:
    """The widgets that the page speaks to."""

    editor: TextEditor
    note: QLabel
    hint: QLabel
    write: QPushButton
    stop: QPushButton
    progress: QProgressBar
    style: StylePanel
    paper: PagePanel
    tabs: QTabWidget
    bar: CanvasBar
    status: QLabel


def lay_out(
    page: QWidget, context: Context, canvas: Canvas, actions: PageActions, exports: Exports
) -> Parts:
    """Make the parts and put them on the page."""
    note = muted("")
    note.setAccessibleName("Characters from glyphs")
    progress = QProgressBar(textVisible=False)
    progress.setMaximumHeight(4)
    parts = Parts(
        editor=TextEditor(),
        note=note,
        hint=muted(""),
        write=action_button(actions.write, primary=True),
        stop=action_button(actions.stop),
        progress=progress,
        style=StylePanel(context.icons),
        paper=PagePanel(),
        tabs=QTabWidget(),
        bar=CanvasBar(context.icons, canvas, actions.glyphs, actions.watch),
        status=muted(""),
    )
    for action in (actions.copy_png, actions.export):
        parts.bar.row.addWidget(_button(action))
    drag = DragHandle(
        context.icons, "page", "Drag the page from here into another program, as SVG"
    )
    drag.neared.connect(exports.prepare)
    drag.data = exports.dragged
    parts.bar.row.addWidget(drag)
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.addWidget(_left(context, parts))
    splitter.addWidget(_right(parts, canvas))
    splitter.setStretchFactor(0, 0)
    splitter.setStretchFactor(1, 1)
    splitter.setSizes([LEFT, 800])
    context.settings.keep_splitter(splitter, "handwriting/across")
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(splitter)
    return parts


def _left(context: Context, parts: Parts) -> QWidget:
    upper = QWidget()
    column = QVBoxLayout(upper)
    column.setContentsMargins(10, 10, 10, 6)
    column.setSpacing(6)
    column.addWidget(parts.editor, 1)
    column.addWidget(parts.note)
    column.addWidget(parts.progress)
    row = QHBoxLayout()
    row.addWidget(parts.hint, 1)
    row.addWidget(parts.stop)
    row.addWidget(parts.write)
    column.addLayout(row)
    parts.tabs.addTab(parts.style, "&Style")
    parts.tabs.addTab(parts.paper, "Pa&ge and pen")
    parts.tabs.setDocumentMode(True)
    splitter = QSplitter(Qt.Orientation.Vertical)
    splitter.addWidget(upper)
    splitter.addWidget(parts.tabs)
    splitter.setChildrenCollapsible(False)
    splitter.setSizes([320, 420])
    context.settings.keep_splitter(splitter, "handwriting/down")
    splitter.setMinimumWidth(330)
    return splitter


def _right(parts: Parts, canvas: Canvas) -> QWidget:
    right = QFrame()
    column = QVBoxLayout(right)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(parts.bar)
    column.addWidget(canvas, 1)
    parts.status.setWordWrap(False)
    parts.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    parts.status.setContentsMargins(10, 5, 10, 6)
    parts.status.setAccessibleName("About the letter")
    column.addWidget(parts.status)
    return right


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setToolTip(action.text().replace("&", ""))
    button.setAccessibleName(action.text().replace("&", ""))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
