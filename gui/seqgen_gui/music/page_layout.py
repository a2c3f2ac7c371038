"""Where everything is in the place Music."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from seqgen_gui.live.output_button import OutputButton
from seqgen_gui.music.elided import ElidedLabel
from seqgen_gui.music.ghost_bar import GhostBar
from seqgen_gui.music.page_actions import MusicActions
from seqgen_gui.music.roll import Roll
from seqgen_gui.music.settings_panel import SettingsPanel
from seqgen_gui.music.sound_bar import SoundBar
from seqgen_gui.music.takes_strip import TakesStrip
from seqgen_gui.music.transport import Transport
from seqgen_gui.music.understood import Understood
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.controls import EmptyState, action_button, heading, muted
from seqgen_gui.shell.dragging import DragHandle
from seqgen_gui.shell.icons import Icons

PANEL = 300  # pixels that the panel at the right is wide at first
_STYLE = """
QFrame#take { border: 1px solid palette(mid); border-radius: 6px; background: palette(base); }
QFrame#take[kind="shown"] { border: 2px solid palette(highlight); }
QFrame#take[kind="other"] { border: 2px dashed palette(dark); }
QFrame#take:focus { border: 2px solid palette(text); }
QFrame#ghost { border-top: 1px solid palette(mid); border-bottom: 1px solid palette(mid); }
"""


@dataclass(frozen=True)
class Widgets:
    """What the page is made of."""

    title: ElidedLabel
    summary: QLabel
    drag: DragHandle
    export: QToolButton
    sound: SoundBar
    transport: Transport
    stack: QStackedWidget  # the empty state, the roll
    ghost: GhostBar
    takes: TakesStrip
    settings: SettingsPanel
    understood: Understood
    tabs: QTabWidget
    where: QLabel
    generate: QPushButton


def lay_out(page: QWidget, context: Context, roll: Roll, actions: MusicActions) -> Widgets:
    """Make the widgets of the page and put each in its place."""
    icons = context.icons
    buttons = (
        (actions.accept, "Accept"),
        (actions.accept_bar, "Next bar"),
        (actions.redraw, "Redraw"),
        (actions.reject, "Reject"),
    )
    widgets = Widgets(
        title=_title(),
        summary=muted(""),
        drag=_drag(icons),
        export=QToolButton(),
        sound=SoundBar(),
        transport=Transport(
            icons, actions.play, actions.play_from, OutputButton(icons, context.settings)
        ),
        stack=QStackedWidget(),
        ghost=GhostBar(buttons, actions.reject),
        takes=TakesStrip(icons),
        settings=SettingsPanel(icons),
        understood=Understood(icons),
        tabs=QTabWidget(),
        where=muted("\n"),
        generate=action_button(actions.generate, primary=True),
    )
    widgets.stack.addWidget(_empty(context, actions))
    widgets.stack.addWidget(_middle(widgets, roll))
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.addWidget(widgets.stack)
    splitter.addWidget(_panel(widgets))
    splitter.setStretchFactor(0, 1)
    splitter.setStretchFactor(1, 0)
    splitter.setSizes([10_000, PANEL])
    context.settings.keep_splitter(splitter, "music")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(_head(widgets, actions))
    column.addWidget(widgets.sound)
    column.addWidget(splitter, 1)
    widgets.transport.loop.toggled.connect(actions.loop.setChecked)
    page.setStyleSheet(_STYLE)
    return widgets


def _head(widgets: Widgets, actions: MusicActions) -> QWidget:
    menu = QMenu()
    quick = (actions.whole, actions.only_new, actions.takes, actions.tracks, actions.wav)
    for action in quick:
        menu.addAction(action)
    export = widgets.export
    export.setText("Export")
    export.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
    export.setMenu(menu)
    menu.setParent(export, menu.windowFlags())
    export.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    export.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    export.setIcon(actions.export.icon())
    export.setToolTip("Export as MIDI or as sound, after a look at it (Ctrl+E)")
    export.clicked.connect(actions.export.trigger)
    actions.export.changed.connect(lambda: export.setIcon(actions.export.icon()))
    actions.export.enabledChanged.connect(export.setEnabled)
    widgets.summary.setWordWrap(False)
    head = QFrame()
    row = QHBoxLayout(head)
    row.setContentsMargins(12, 8, 10, 8)
    row.setSpacing(12)
    row.addWidget(widgets.title, 1)
    row.addWidget(widgets.summary)
    row.addWidget(widgets.drag)
    row.addWidget(export)
    return head


def _title() -> ElidedLabel:
    label = ElidedLabel()
    label.setFont(heading("", 1.25).font())
    return label


def _drag(icons: Icons) -> DragHandle:
    handle = DragHandle(icons, "music", "Drag the piece from here into another program")
    handle.setText("Drag as MIDI")
    handle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return handle


def _empty(context: Context, actions: MusicActions) -> QWidget:
    opening = [
        entry.action
        for entry in context.actions.entries
        if (entry.menu, entry.label) == ("File", "Open")
    ]
    return EmptyState(
        context.icons,
        "music",
        "Continue your music",
        "Drop a MIDI file on the window, or open one: a model continues it, and you choose what "
        "to keep. Without a file, play something on a MIDI keyboard, or let Generate begin a new "
        "piece.",
        *(action_button(action, primary=True) for action in opening),
        action_button(actions.tune),
        action_button(actions.record),
    )


def _middle(widgets: Widgets, roll: Roll) -> QWidget:
    middle = QWidget()
    column = QVBoxLayout(middle)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget, stretch in (
        (widgets.transport, 0),
        (roll, 1),
        (widgets.ghost, 0),
        (widgets.takes, 0),
    ):
        column.addWidget(widget, stretch)
    return middle


def _panel(widgets: Widgets) -> QWidget:
    drawing = QWidget()
    column = QVBoxLayout(drawing)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(widgets.settings, 1)
    foot = QVBoxLayout()
    foot.setContentsMargins(12, 8, 12, 12)
    foot.setSpacing(8)
    foot.addWidget(widgets.where)
    foot.addWidget(widgets.generate)
    column.addLayout(foot)
    widgets.tabs.addTab(drawing, "Generate")
    widgets.tabs.addTab(widgets.understood, "Piece")
    widgets.tabs.setDocumentMode(True)
    widgets.tabs.setAccessibleName("Settings and piece")
    widgets.tabs.setMinimumWidth(270)
    return widgets.tabs
