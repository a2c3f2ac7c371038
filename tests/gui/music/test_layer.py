from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from pytestqt.qtbot import QtBot

from seqgen_gui.music.colours import RollColours, colours_of
from seqgen_gui.music.layer import Layer
from seqgen_gui.music.notes import notes_of
from seqgen_gui.music.paint import Picture
from seqgen_gui.music.view import View
from tests.gui.music.pieces import picture


@pytest.fixture
def colours(qtbot: QtBot) -> RollColours:
    return colours_of(QPalette(QColor("#202428")))


def fresh(view: View, shown: Picture, colours: RollColours, ratio: float) -> QImage:
    return Layer().pixmap(view, shown, colours, ratio).toImage()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize(
    "move", [(7, 0), (-7, 0), (0, 5), (0, -5), (13, -9), (-13, 9), (900, 0), (0, 0)]
)
def test_a_moved_picture_is_the_picture_painted_anew(
    colours: RollColours, move: tuple[int, int], ratio: float
) -> None:
    view = View(left=200, top=300, width=400, height=300)
    layer, shown = Layer(), picture()
    layer.pixmap(view, shown, colours, ratio)
    moved = replace(view, left=view.left + move[0], top=view.top + move[1])
    found = layer.pixmap(moved, shown, colours, ratio).toImage()
    assert found == fresh(moved, shown, colours, ratio)


def test_only_what_is_forgotten_is_painted_anew(colours: RollColours) -> None:
    view = View(left=0, top=500, width=400, height=300)
    layer, shown = Layer(), picture()
    layer.pixmap(view, shown, colours, 1.0)
    other = replace(shown, ghost=notes_of([(480, 960, 64, 90, 0)]))
    layer.forget((480, 960))
    found = layer.pixmap(view, other, colours, 1.0).toImage()
    assert found == fresh(view, other, colours, 1.0)
    assert found != fresh(view, shown, colours, 1.0)


def test_zoom_and_theme_paint_everything_anew(colours: RollColours) -> None:
    view = View(left=0, top=500, width=400, height=300)
    layer, shown = Layer(), picture()
    before = layer.pixmap(view, shown, colours, 1.0).toImage()
    wider = replace(view, beat_width=view.beat_width * 2)
    zoomed = layer.pixmap(wider, shown, colours, 1.0).toImage()
    assert before != zoomed == fresh(wider, shown, colours, 1.0)
    light = colours_of(QPalette(QColor("#f0f0f0")))
    assert layer.pixmap(wider, shown, light, 1.0).toImage() == fresh(wider, shown, light, 1.0)
