"""The place Handwriting: type a text, see it written, choose the hand and the page, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from seqgen.config import Progress
from seqgen.reports import Models
from seqgen_gui.handwriting.about import advice_of, hint_of, note_of, summary_of
from seqgen_gui.handwriting.canvas import Canvas
from seqgen_gui.handwriting.export_dialog import LetterExport
from seqgen_gui.handwriting.exports import Exports
from seqgen_gui.handwriting.flow import Flow, Written
from seqgen_gui.handwriting.gallery import Samples
from seqgen_gui.handwriting.hand_bar import OwnHands
from seqgen_gui.handwriting.page_actions import add_actions
from seqgen_gui.handwriting.page_layout import lay_out
from seqgen_gui.handwriting.paper import Look
from seqgen_gui.handwriting.sheet import Word
from seqgen_gui.handwriting.shelf import HandwritingPart, Shelf
from seqgen_gui.handwriting.state import HandwritingState, renamed
from seqgen_gui.project.project import Part
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.seen_again import SeenAgain

WATCH, SPEED = "handwriting/watch", "handwriting/speed"
FRAME = 33  # milliseconds between two looks at what is being written
START = 60  # of the stops of the speed


class HandwritingPage(QWidget):
    """Everything about handwriting; see ``Flow`` for what can be done."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._watching, self._tinted = context.settings.value(WATCH) != "off", False
        self.flow = Flow(context.requests, context.project.undo, self)
        self.canvas = Canvas()
        self.exports = Exports(context.requests, self.flow, lambda: self.canvas.look, self)
        self.samples = Samples(context.requests, self)
        self.shelf = Shelf()
        self.hands = OwnHands(context.requests, self)
        self._news: list[Progress] = []
        self._frame = QTimer(self, singleShot=True, interval=FRAME)
        self._frame.timeout.connect(self._show_progress)
        self.actions_ = add_actions(self, context.actions)
        self.parts = lay_out(self, context, self.canvas, self.actions_, self.exports)
        self.setFocusProxy(self.parts.editor)
        self._wire()
        self.actions_.watch.setChecked(self._watching)
        speed = context.settings.value(SPEED)
        self.parts.bar.show_speed(int(speed) if speed.isdecimal() else START)
        self._ask_models()
        SeenAgain(self).happened.connect(self._ask_models)
        self._show_state(self.flow.state)
        self._shown(None, False)
        self._running(False)
        self.samples.ask_names("")
        context.project.register(Part("handwriting", HandwritingPart, self._part, self._show_part))

    def _part(self) -> HandwritingPart:
        return self.shelf.packed(self.flow.state)

    def _show_part(self, part: HandwritingPart) -> None:
        self.flow.restore(self.shelf.unpacked(part))
        self.samples.ask_names(self.flow.state.settings.model or "")

    def open_file(self, path: Path) -> None:
        """Open a page that seqgen wrote."""
        self.flow.open(str(path))

    def give_up(self) -> None:
        """Stop writing, or skip to the end of the letter."""
        if self.flow.writer.running:
            self.flow.cancel()
        else:
            self.canvas.pen.skip()

    def show_glyphs(self, on: bool) -> None:
        """Show what glyphs drew in a colour of its own."""
        self._tinted = on
        self._show_look()

    def watch(self, on: bool) -> None:
        """Have letters written on the screen by a pen."""
        self._watching = on
        self._context.settings.keep(WATCH, "on" if on else "off")
        if not on:
            self.canvas.pen.skip()

    def export(self) -> None:
        """Ask what to export and where to."""
        if self.flow.written is None:
            return
        asked = LetterExport(
            self, self._context.settings, self.flow.written, self._look(), self.exports.title
        )
        dialog = asked.dialog

        def accepted() -> None:
            if dialog.path is not None:
                self.exports.write(dialog.path, dialog.kind.name, asked.dpi, asked.clear)

        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_hand(self) -> None:
        """Open the pad for one's own hand."""
        from seqgen_gui.handwriting.capture import CaptureDialog

        for dialog in self.findChildren(CaptureDialog):
            dialog.raise_()
            dialog.activateWindow()
            return
        dialog = CaptureDialog(self, self._context, self.flow.state.settings.model)
        dialog.hand_made.connect(self._hand_made)
        dialog.hand_wanted.connect(lambda name: self._set({"style": name, "other": None}))
        dialog.show()

    def _choose_hand_file(self) -> None:
        settings = self._context.settings
        text, _ = QFileDialog.getOpenFileName(
            self, "Choose a style", settings.folder("hand"), "Styles (*.hand)"
        )
        if text:
            settings.keep_folder("hand", Path(text))
            self._set({"style": text})

    def _wire(self) -> None:
        flow, parts, notices, canvas = self.flow, self.parts, self._context.notices, self.canvas
        parts.editor.edited.connect(
            lambda text, step: flow.document.change("Typing", merge=f"text {step}", text=text)
        )
        parts.style.edited.connect(self._set)
        parts.style.hand_wished.connect(self.open_hand)
        parts.style.file_wished.connect(self._choose_hand_file)
        for wanted in (parts.style.gallery.wanted, parts.style.mix.wanted):
            wanted.connect(self._want_samples)
        parts.style.hand.renaming.connect(self.hands.ask_name)
        parts.style.hand.deleting.connect(self.hands.ask_delete)
        self.hands.renamed.connect(self._hand_renamed)
        self.hands.deleted.connect(self._hand_deleted)
        parts.paper.edited.connect(lambda name, value: self._set({name: value}))
        parts.tabs.currentChanged.connect(lambda _: parts.style.gallery.look())
        parts.bar.speed.valueChanged.connect(
            lambda stop: self._context.settings.keep(SPEED, str(stop))
        )
        canvas.word_clicked.connect(self._redraw_word)
        canvas.line_clicked.connect(self._redraw_line)
        canvas.hovered.connect(self._hovered)
        canvas.pen.changed.connect(lambda: self.actions_.follow(self))
        flow.document.changed.connect(self._changed)
        flow.shown.connect(self._shown)
        flow.writer.progressed.connect(self._progressed)
        flow.writer.running_changed.connect(self._running)
        flow.said.connect(notices.info)
        for failing in (flow.failed, self.exports.failed, self.hands.failed):
            failing.connect(notices.error)
        self.samples.failed.connect(parts.style.show_trouble)
        self.exports.done.connect(notices.good)
        self.samples.listed.connect(self._styles_listed)
        self.samples.drawn.connect(lambda _, sample: parts.style.show_sample(sample))
        application = QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.exports.close)

    def _set(self, fields: dict[str, Any]) -> None:
        settings = msgspec.structs.replace(self.flow.state.settings, **fields)
        names = " ".join(sorted(fields))
        self.flow.document.change("Change a setting", merge=f"set {names}", settings=settings)

    def _changed(self, before: HandwritingState, after: HandwritingState) -> None:
        self._show_state(after)
        if before.settings.model != after.settings.model:
            self.samples.ask_names(after.settings.model or "")

    def _show_state(self, state: HandwritingState) -> None:
        parts = self.parts
        parts.editor.show_text(state.text)
        parts.style.show_settings(state.settings)
        parts.paper.show_settings(state.settings)
        self._show_look()
        self._show_hint()
        self.actions_.follow(self)

    def _show_hint(self) -> None:
        self.parts.hint.setText(advice_of(self.flow.state, self.flow.writer.running))

    def _look(self) -> Look:
        settings = self.flow.state.settings
        return Look(settings.colour, settings.pen_width, settings.guides)

    def _show_look(self) -> None:
        look = self._look()
        self.canvas.show_look(Look(look.colour, look.width, look.guides, self._tinted))

    def _shown(self, written: Written | None, fresh: bool) -> None:
        animate = fresh and self._watching
        self.canvas.show_sheets(written.sheets if written else (), animate)
        told = written.told if written else None
        note = note_of(told) if told else ""
        self.parts.note.setText(note)
        self.parts.note.setVisible(bool(note))
        self.parts.status.setText(
            summary_of(written) if written else "The page is empty until a text is written."
        )
        self.actions_.follow(self)

    def _running(self, on: bool) -> None:
        self.samples.pause(on)
        self.canvas.show_busy(on)
        self.parts.progress.setRange(0, 0 if on else 1)
        if on and self.flow.is_news:
            self.parts.status.setText("Writing.")
        if self._news:
            self._show_progress()
        self.parts.stop.setVisible(on)
        self.parts.write.setVisible(not on)
        self._show_hint()
        if not on:
            self.parts.progress.reset()
            self.parts.style.gallery.look()
        self.actions_.follow(self)

    def _progressed(self, progress: Progress) -> None:
        self._news.append(progress)
        if not self._frame.isActive():
            self._frame.start()

    def _show_progress(self) -> None:
        """Show what came since the last frame; there are hundreds of lines a second."""
        self._frame.stop()
        news, self._news = self._news, []
        if self.flow.is_news:
            self.canvas.show_stream([progress.data for progress in news], self._watching)
        progress = news[-1]
        if progress.total:
            self.parts.progress.setRange(0, 1000)
            self.parts.progress.setValue(round(1000 * progress.done / progress.total))

    def _hovered(self, word: Word | None) -> None:
        written = self.flow.written
        if word is not None:
            self.parts.status.setText(hint_of(word))
        elif written is not None:
            self.parts.status.setText(summary_of(written))

    def _redraw_word(self, word: Word) -> None:
        self.flow.redraw(word.paragraph, word.word, word.word)

    def _redraw_line(self, word: Word) -> None:
        sheet = next(sheet for sheet in self.canvas.sheets if word in sheet.words)
        words = [one.word for one in sheet.by_line[word.line]]
        self.flow.redraw(word.paragraph, min(words), max(words))

    def _styles_listed(self, model: str, names: list[str], hands: list[str]) -> None:
        if model == (self.flow.state.settings.model or ""):
            self.parts.style.show_styles(names, hands)

    def _want_samples(self, names: list[str] | str) -> None:
        wanted = [names] if isinstance(names, str) else names
        self.samples.want(self.flow.state.settings.model or "", wanted)

    def _hand_made(self, name: str) -> None:
        """Show a hand that was fitted just now in the gallery."""
        self.samples.forget(name)
        self.samples.ask_names(self.flow.state.settings.model or "")

    def _hand_renamed(self, old: str, new: str) -> None:
        self.flow.document.change(
            "Rename a hand", **msgspec.structs.asdict(renamed(self.flow.state, old, new))
        )
        self.samples.ask_names(self.flow.state.settings.model or "")

    def _hand_deleted(self, name: str) -> None:
        settings = self.flow.state.settings
        if settings.style == name:
            self._set({"style": None, "other": None})
        elif settings.other == name:
            self._set({"other": None})
        self.samples.ask_names(settings.model or "")

    def _say_error(self, why: str) -> None:
        self._context.notices.error(why)

    def _ask_models(self) -> None:
        def show(result: object) -> None:
            found = msgspec.convert(result, Models).models
            self.parts.style.show_models([one for one in found if one.frontend == "handwriting"])

        self._context.requests.send("models", {}, lambda _: None, show, self._say_error)
