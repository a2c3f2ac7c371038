"""The place Music: open a piece, draw takes, listen, accept, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QWidget

from seqgen.config import Progress
from seqgen_gui.live.output_button import SETTING
from seqgen_gui.music.export_dialog import MusicExport
from seqgen_gui.music.exports import Exports
from seqgen_gui.music.flow import Flow
from seqgen_gui.music.key_guard import KeyGuard
from seqgen_gui.music.listening import Listening
from seqgen_gui.music.offers import Offers
from seqgen_gui.music.page_actions import add_actions
from seqgen_gui.music.page_layout import lay_out
from seqgen_gui.music.paint import Picture
from seqgen_gui.music.recording import Recordings
from seqgen_gui.music.roll import ZOOM, Roll
from seqgen_gui.music.settings_panel import DEFAULT_MODEL
from seqgen_gui.music.sheet import Sheet
from seqgen_gui.music.shelf import MusicPart
from seqgen_gui.music.state import MusicState, Settings
from seqgen_gui.music.understood import summary_of
from seqgen_gui.music.warming import Warming
from seqgen_gui.project.project import Part
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.dragging import file_data
from seqgen_gui.shell.seen_again import SeenAgain
from seqgen_gui.sound.player import Player


class MusicPage(QWidget):
    """Everything about music; see ``Flow`` for what can be done."""

    def __init__(self, context: Context, player: Player | None = None) -> None:
        super().__init__()
        self._context = context
        self._fresh = False  # the piece was opened and not shown yet
        self.flow = Flow(context.requests, context.project.undo, self)
        self.roll = Roll()
        settings = context.settings
        self.player = player or Player(
            self,
            device=lambda: settings.audio_device,
            font=lambda: settings.sound_font,
            port=lambda: settings.value(SETTING),
        )
        self.exports = Exports(self, context.requests, context.settings, self.flow)
        self.recordings = Recordings(self, context.requests, context.settings, self.flow)
        self.actions_ = add_actions(self, context.actions)
        self.parts = lay_out(self, context, self.roll, self.actions_)
        self.listening = Listening(self.flow, self.roll, self.parts.transport, self.player)
        self.offers = Offers(context.requests, self.flow, self.parts.settings)
        self._warming = Warming(context.requests, self.flow)
        self.setFocusProxy(self.roll)
        self._guard = KeyGuard(self)
        self._guard.guard(self)
        self._wire()
        self.offers.ask_models()
        self._warming.begin()
        SeenAgain(self).happened.connect(self.offers.ask_models)
        self.offers.ask_proposals(self.flow.state.settings.model or DEFAULT_MODEL)
        self._show_state(self.flow.state)
        self._pictured(self.flow.picture, None)
        context.project.register(Part("music", MusicPart, self.flow.part, self.flow.show_part))

    @property
    def first_bar(self) -> int:
        """The bar where Play from here begins."""
        return self.flow.state.bar or self.flow.state.ghost_bar or 1

    def open_file(self, path: Path) -> None:
        """Open a MIDI file."""
        self.flow.open(str(path))

    def export(self) -> None:
        """Ask what to export and where to."""
        asked = MusicExport(self, self._context.settings, self.flow, self.exports)
        dialog = asked.dialog

        def accepted() -> None:
            if dialog.path is not None:
                self.exports.write(dialog.kind.name, dialog.path, self.player.how, asked.take)

        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def give_up(self) -> None:
        """Stop drawing, take the ghost away, or forget the chosen bar: the first that there is."""
        if self.flow.generator.running or self.flow.state.ghost is not None:
            self.flow.reject()
        else:
            self.flow.choose_bar(None)

    def show_take_at(self, place: int) -> None:
        """Show the take at a place (from 1) of the list."""
        takes = self.flow.state.takes
        if place <= len(takes):
            self.flow.show_take(takes[place - 1].number)

    def _wire(self) -> None:
        flow, parts, notices = self.flow, self.parts, self._context.notices
        flow.pictured.connect(self._pictured)
        flow.document.changed.connect(lambda before, after: self._changed(before, after))
        flow.generator.running_changed.connect(self._running)
        flow.generator.progressed.connect(self._progressed)
        flow.said.connect(notices.info)
        flow.warned.connect(notices.warn)
        flow.failed.connect(notices.error)
        self.recordings.failed.connect(
            lambda why, again: notices.error(why, [("Try again", again)])
        )
        self.player.failed.connect(notices.warn)
        self.player.warned.connect(notices.warn)
        self.player.playing_changed.connect(self._playing)
        self._context.settings.changed.connect(self._preferred)
        parts.transport.output.chosen.connect(lambda port: self.player.pause())
        self.exports.done.connect(notices.good)
        self.exports.failed.connect(notices.error)
        self.exports.sounding.connect(self._sounding)
        self.exports.progressed.connect(parts.sound.show_share)
        parts.sound.cancelled.connect(self.exports.close)
        self.roll.bar_clicked.connect(self._bar_clicked)
        parts.transport.follow_toggled.connect(lambda on: setattr(self.roll, "follow", on))
        parts.transport.zoomed.connect(self._zoom)
        parts.takes.wished.connect(self._wished)
        parts.understood.muted_changed.connect(self._mute)
        parts.settings.edited.connect(self._set)
        parts.settings.model_chosen.connect(self.offers.ask_proposals)
        parts.drag.data = self._dragged
        application = QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._quit)

    def _quit(self) -> None:
        self.player.close()
        self.parts.transport.output.close_look()
        self.exports.close()

    def _changed(self, before: MusicState, after: MusicState) -> None:
        self._show_state(after)
        if before.piece.path != after.piece.path and not after.piece.first_new:
            self.player.pause()
            self.player.seek(0.0)
            self.listening.forget_loop()
            self.parts.understood.unmute()
            self._fresh = True
            self._settle()
            self.roll.setFocus()
        if (before.settings.model or "") != (after.settings.model or ""):
            self.offers.ask_proposals(after.settings.model or DEFAULT_MODEL)

    def _running(self, on: bool) -> None:
        """Bring the keys to the roll as a drawing begins: those that accept it work there."""
        self._show_state(self.flow.state)
        if on:
            self.roll.setFocus()

    def _show_state(self, state: MusicState) -> None:
        """Show everything but the roll."""
        running, parts = self.flow.generator.running, self.parts
        something = running or state.piece.path is not None or bool(state.takes)
        parts.stack.setCurrentIndex(1 if something else 0)
        self.setFocusProxy((parts.stack.currentWidget() if not something else None) or self.roll)
        parts.title.setText(self.exports.title())
        parts.settings.show_settings(state.settings)
        parts.drag.setEnabled(state.piece.path is not None)
        if running:
            parts.ghost.show_progress("Listening", 0, 1)
        else:
            parts.ghost.show_take(state.ghost, state.ghost_bar)
        for card in parts.takes.show_takes(state.takes, state.shown, self.flow.other):
            self._guard.guard(card)
            self._fill_card(card.take.number, card.take.path, card.take.at_bar)
        self.roll.choose_bar(state.bar)
        from_bar = f"Continues from bar {state.bar}, chosen in the ruler."
        from_end = "Continues at the end. Click a bar in the ruler to go on from there."
        parts.where.setText(from_bar if state.bar else from_end)
        self.actions_.follow(self)

    def _fill_card(self, number: int, path: str, bar: int) -> None:
        def fill(sheet: Sheet) -> None:
            self.parts.takes.show_notes(number, sheet.notes.since(sheet.meters.line(bar)))

        self.flow.sheets.ask(path, fill)

    def _pictured(self, picture: Picture, stale: tuple[int, int] | None) -> None:
        self.roll.show_picture(picture, stale)
        if stale is not None:
            if self.roll.follow:
                self.roll.make_room(stale[1], edge=0.95)
            return
        if picture.new is not None:
            self.roll.make_room(picture.new[0])
        self._settle()
        if picture.new is None or not self.parts.summary.text():  # a ghost is not the piece
            self._describe(picture.sheet)
        self.actions_.follow(self)

    def _describe(self, sheet: Sheet) -> None:
        self.parts.summary.setText(summary_of(sheet))
        self.parts.understood.show_sheet(sheet)
        self.parts.settings.show_found_key(sheet.found_key)
        self._guard.guard(self.parts.understood)

    def _settle(self) -> None:
        """Show a piece that was just opened from its beginning, with all its pitches in sight."""
        path = self.flow.state.piece.path
        if self._fresh and (path is None or self.flow.sheets.at_hand(path) is not None):
            self._fresh = False
            self.roll.show_pitches()
            if self.flow.picture.new is None:
                self.roll.horizontalScrollBar().setValue(0)

    def _progressed(self, progress: Progress) -> None:
        """Show how many bars are drawn."""
        new, meters = self.flow.picture.new, self.flow.picture.sheet.meters
        ends = self.flow.picture.ghost.ends
        if progress.stage != "sampling" or new is None:
            share = progress.done / progress.total if progress.total else 0
            self.parts.ghost.show_progress("Listening to the piece", share, 1)
            return
        whole = meters.bar_at(new[1] - 1) - meters.bar_at(new[0]) + 1
        place = min(max(ends, default=new[0]), new[1]) - new[0]
        done = whole * place / max(new[1] - new[0], 1)
        what = f"Drawing {progress.note}" if self.flow.state.settings.count > 1 else "Drawing"
        self.parts.ghost.show_progress(
            f"{what}, bar {min(int(done) + 1, whole)} of {whole}", done, whole
        )

    def _dragged(self) -> QMimeData | None:
        path = self.exports.dragged()
        return file_data(path) if path else None

    def _playing(self, on: bool) -> None:
        self._context.icons.put(self.actions_.play, "pause" if on else "play")

    def _sounding(self, name: str) -> None:
        self.parts.sound.show_file(name)
        self.actions_.follow(self)

    def _preferred(self, name: str) -> None:
        if name == "sound_font":
            self.player.choose_font()

    def _zoom(self, way: int) -> None:
        if way:
            self.roll.zoom_time(ZOOM**way)
        else:
            self.roll.show_pitches()

    def _bar_clicked(self, bar: int) -> None:
        self.flow.choose_bar(None if bar == self.flow.state.bar else bar)

    def _wished(self, wish: str, number: int) -> None:
        flow = self.flow
        if wish == "compare":
            flow.compare(None if flow.other == number else number)
            self._show_state(flow.state)
            return
        wishes: dict[str, Any] = {
            "show": flow.show_take,
            "star": flow.star,
            "delete": flow.delete,
            "export": lambda take: self.exports.ask("take", self.player.how, take),
        }
        wishes[wish](number)

    def _mute(self, parts: frozenset[int]) -> None:
        self.player.set_how(muted=parts)
        self.flow.fade(parts)

    def _set(self, name: str, settings: Settings) -> None:
        self.flow.document.change("Change a setting", merge=f"set {name}", settings=settings)
