"""The places of the window, each with a page that is made when it is first gone to."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from seqgen_gui.shell.context import Context
from seqgen_gui.shell.controls import EmptyState


@dataclass(frozen=True)
class Place:
    """A place: ``suffixes`` are those of the files that its page opens."""

    name: str
    title: str
    icon: str
    suffixes: tuple[str, ...]
    make: Callable[[Context], QWidget]


def all_places() -> list[Place]:
    """The places in the order of the sidebar."""
    return [
        Place(
            "music",
            "Music",
            "music",
            (".mid", ".midi", ".rmi"),
            _page(
                "seqgen_gui.music.page",
                "MusicPage",
                "Open a MIDI file and let a model continue it, bar by bar. The piano roll, the "
                "takes and the player will be here.",
            ),
        ),
        Place(
            "handwriting",
            "Handwriting",
            "handwriting",
            (".svg", ".inkml"),
            _page(
                "seqgen_gui.handwriting.page",
                "HandwritingPage",
                "Type a letter and see it written by hand, ready for a pen plotter. The editor, "
                "the page and the styles will be here.",
            ),
        ),
        Place(
            "train",
            "Train",
            "train",
            (),
            _page(
                "seqgen_gui.train.page",
                "TrainPage",
                "Train a model on files of your own and watch it learn. The forms, the curves "
                "and your runs will be here.",
            ),
        ),
    ]


def _page(module: str, name: str, coming: str) -> Callable[[Context], QWidget]:
    """What makes a page; where its module is not there yet, an empty state says what comes."""

    def make(context: Context) -> QWidget:
        if not _exists(module):
            house = module.split(".")[1]
            return EmptyState(context.icons, house, house.capitalize(), coming)
        page = getattr(importlib.import_module(module), name)(context)
        assert isinstance(page, QWidget)
        return page

    return make


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package
        return False
