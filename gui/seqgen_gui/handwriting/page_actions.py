"""What the place Handwriting offers in its menu, by keys and in the command palette."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from seqgen_gui.shell.actions import Actions

if TYPE_CHECKING:
    from seqgen_gui.handwriting.page import HandwritingPage

MENU = "Handwriting"


@dataclass(frozen=True)
class PageActions:
    """The actions of the page."""

    write: QAction
    anew: QAction
    stop: QAction
    skip: QAction
    glyphs: QAction
    watch: QAction
    hand: QAction
    copy_png: QAction
    copy_svg: QAction
    export: QAction

    def follow(self, page: HandwritingPage) -> None:
        """Enable what can be done now."""
        running, shown = page.flow.writer.running, page.flow.written is not None
        has_text = bool(page.flow.state.text.strip())
        self.write.setEnabled(has_text and not running)
        self.anew.setEnabled(has_text and not running)
        self.stop.setEnabled(running or page.canvas.pen.writing)
        self.skip.setEnabled(page.canvas.pen.writing)
        for action in (self.copy_png, self.copy_svg, self.export):
            action.setEnabled(shown and not running)


def add_actions(page: HandwritingPage, registry: Actions) -> PageActions:
    """Add the actions of the page."""

    def add(
        text: str, slot: Callable[..., object], keys: str = "", icon: str = "", tip: str = ""
    ) -> QAction:
        return registry.add(MENU, text, slot, keys=keys or None, icon=icon, tip=tip, owner=page)

    flow, exports, canvas = page.flow, page.exports, page.canvas
    write = add("&Write", flow.write, "Ctrl+Return", "generate", "Write the text on the page")
    anew = add(
        "Write a&new", lambda: flow.write(anew=True), "Ctrl+R", "redraw", "Write with another seed"
    )
    stop = add("St&op", page.give_up, "Esc", "stop", "Stop writing, or show the whole letter")
    registry.separate(MENU)
    glyphs = registry.add(
        MENU,
        "Show &glyphs in colour",
        page.show_glyphs,
        tip="Show in colour what was drawn from glyphs and not by the model",
        owner=page,
        checkable=True,
    )
    watch = registry.add(
        MENU,
        "Wat&ch the pen",
        page.watch,
        tip="Have a new letter written stroke by stroke on the screen",
        owner=page,
        checkable=True,
    )
    skip = add("S&kip to the end", canvas.pen.skip, "Ctrl+Right", "skip")
    registry.separate(MENU)
    hand = add("My &hand…", page.open_hand, icon="record", tip="Let the model learn your hand")
    registry.separate(MENU)
    copy_png = add("Copy as &picture", exports.copy_png, "Ctrl+Shift+C", "copy")
    copy_svg = add("Copy as S&VG", exports.copy_svg)
    export = add("&Export…", page.export, "Ctrl+E", "export", "Export as SVG, PDF, PNG or InkML")
    return PageActions(
        write=write,
        anew=anew,
        stop=stop,
        skip=skip,
        glyphs=glyphs,
        watch=watch,
        hand=hand,
        copy_png=copy_png,
        copy_svg=copy_svg,
        export=export,
    )
