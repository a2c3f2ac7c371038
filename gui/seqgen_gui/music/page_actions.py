"""What the place Music offers in its menu, by keys and in the command palette."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut

from seqgen_gui.music.export_dialog import kinds_of
from seqgen_gui.music.takes_strip import KEYS
from seqgen_gui.shell.actions import Actions

if TYPE_CHECKING:
    from seqgen_gui.music.page import MusicPage

MENU = "Music"
Slot = Callable[[], object]


@dataclass(frozen=True)
class MusicActions:
    """The actions of the page."""

    generate: QAction
    accept: QAction
    accept_bar: QAction
    redraw: QAction
    reject: QAction
    swap: QAction
    play: QAction
    play_from: QAction
    loop: QAction
    output: QAction
    new_piece: QAction
    record: QAction
    tune: QAction
    export: QAction
    whole: QAction
    only_new: QAction
    takes: QAction
    tracks: QAction
    wav: QAction

    def follow(self, page: MusicPage) -> None:
        """Enable what can be done now."""
        state, running = page.flow.state, page.flow.generator.running
        ghost, piece = state.ghost is not None, state.piece
        self.generate.setEnabled(not running)
        self.redraw.setEnabled(not running)
        self.accept.setEnabled(ghost and not running)
        self.accept_bar.setEnabled(ghost and not running)
        self.reject.setEnabled(ghost or running or state.bar is not None)
        self.swap.setEnabled(ghost and page.flow.other is not None and not running)
        self.play_from.setText(f"Play from &bar {page.first_bar}")
        self.export.setEnabled(bool(kinds_of(state, page.flow.picture)) and not running)
        self.whole.setEnabled(piece.path is not None)
        self.only_new.setEnabled(piece.first_new is not None)
        self.takes.setEnabled(bool(state.takes))
        self.tracks.setEnabled(bool(state.takes))
        some = bool(len(page.flow.picture.sheet.notes) or ghost)
        self.output.setEnabled(page.parts.transport.output.isVisibleTo(page))
        self.wav.setEnabled(some and not page.exports.is_sounding)


def add_actions(page: MusicPage, registry: Actions) -> MusicActions:
    """Add the actions of the page; those of a ghost have their keys in the roll."""
    flow, roll = page.flow, page.roll

    def add(text: str, slot: Slot, keys: str = "", icon: str = "", tip: str = "") -> QAction:
        return registry.add(MENU, text, slot, keys=keys or None, icon=icon, tip=tip, owner=page)

    generate = add("&Generate", flow.generate, "Ctrl+Return", "generate", "Draw new bars")
    accept = registry.add(
        MENU, "&Accept the take", flow.accept, keys="Tab", icon="accept", owner=roll
    )
    accept_bar = registry.add(
        MENU, "Accept the &next bar", flow.accept_bar, keys="Shift+Tab", owner=roll
    )
    redraw = add("&Redraw", flow.redraw, "R", "redraw", "Draw once more with another seed")
    reject = add("Re&ject", page.give_up, "Esc", "close", "Take the ghost away, or stop drawing")
    swap = add("Swap with the &compared take", flow.swap, "C", "compare")
    registry.separate(MENU)
    playing = _add_playing(page, registry, add)
    registry.separate(MENU)
    add("Continue from the bar be&fore", lambda: flow.move_bar(-1), "Alt+Left")
    add("Continue fro&m the bar after", lambda: flow.move_bar(1), "Alt+Right")
    registry.separate(MENU)
    beginning = _add_beginning(page, add)
    exporting = _add_exporting(page, add)
    for number in range(1, KEYS + 1):
        key = QShortcut(QKeySequence(str(number)), page)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(lambda number=number: page.show_take_at(number))
    return MusicActions(
        generate=generate,
        accept=accept,
        accept_bar=accept_bar,
        redraw=redraw,
        reject=reject,
        swap=swap,
        **playing,
        **beginning,
        **exporting,
    )


def _add_beginning(page: MusicPage, add: Callable[..., QAction]) -> dict[str, QAction]:
    """Add the ways to a piece, by the names that they have in MusicActions."""
    new_piece = add(
        "Ne&w piece", page.flow.begin_anew, icon="add", tip="Begin with an empty sheet"
    )
    record = add(
        "Record from a ke&yboard…",
        page.recordings.record,
        icon="record",
        tip="Play a beginning on a MIDI keyboard",
    )
    tune = add(
        "Open a tune to try…",
        lambda: page.offers.choose_tune(page),
        icon="music",
        tip="Open one of the tunes that come along with seqgen",
    )
    return {"new_piece": new_piece, "record": record, "tune": tune}


def _add_exporting(page: MusicPage, add: Callable[..., QAction]) -> dict[str, QAction]:
    """Add the exports, by the names that they have in MusicActions."""

    def ask(kind: str) -> Slot:
        return lambda: page.exports.ask(kind, page.player.how)

    return {
        "export": add("E&xport…", page.export, "Ctrl+E", "export", "Export as MIDI or as sound"),
        "whole": add("Export the pi&ece…", ask("whole"), "Ctrl+Shift+E"),
        "only_new": add("Export &only what is new…", ask("new")),
        "takes": add("Export all &takes…", page.exports.takes),
        "tracks": add("Export takes as trac&ks…", ask("tracks")),
        "wav": add("Export &sound (WAV)…", ask("sound"), icon="volume"),
    }


def _add_playing(
    page: MusicPage, registry: Actions, add: Callable[..., QAction]
) -> dict[str, QAction]:
    """Add the actions of listening, by the names that they have in MusicActions."""
    play = add("&Play or pause", lambda: page.listening.toggle(), "Space", "play")
    play_from = add(
        "Play from &bar 1", lambda: page.listening.play_from(), "Shift+Space", "play-from"
    )
    loop = registry.add(
        MENU,
        "&Loop",
        lambda on: page.parts.transport.loop.setChecked(on),
        keys="L",
        icon="loop",
        tip="Play again and again what is marked in the ruler, else the take, else all",
        owner=page,
        checkable=True,
    )
    output = add("C&hoose where it is played…", lambda: page.parts.transport.output.showMenu())
    return {"play": play, "play_from": play_from, "loop": loop, "output": output}
