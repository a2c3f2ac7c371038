"""The places of the window, each with a page that is made when it is first gone to."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from seqgen_gui.shell.context import Context


@dataclass(frozen=True)
class Place:
    """A place: ``suffixes`` are those of the files that its page opens.

    ``menu`` is the title of its menu, an ``&`` before its letter.
    """

    name: str
    title: str
    icon: str
    suffixes: tuple[str, ...]
    make: Callable[[Context], QWidget]
    menu: str = ""


def all_places() -> list[Place]:
    """The places in the order of the sidebar."""
    return [
        Place(
            "music",
            "Music",
            "music",
            (".mid", ".midi", ".rmi"),
            _page("music", "MusicPage"),
            "M&usic",
        ),
        Place(
            "handwriting",
            "Handwriting",
            "handwriting",
            (".svg", ".inkml"),
            _page("handwriting", "HandwritingPage"),
            "Handw&riting",
        ),
        Place("train", "Train", "train", (), _page("train", "TrainPage"), "Tr&ain"),
    ]


def _page(room: str, name: str) -> Callable[[Context], QWidget]:
    """What makes a page; its room is imported then."""

    def make(context: Context) -> QWidget:
        module = importlib.import_module(f"seqgen_gui.{room}.page")
        page = getattr(module, name)(context)
        assert isinstance(page, QWidget)
        return page

    return make
