from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from seqgen_gui.handwriting.paper import Look
from seqgen_gui.handwriting.picture import GhostPictures
from seqgen_gui.handwriting.sheet import Sheet
from seqgen_gui.handwriting.stream import Stream

SHEET = Sheet(40.0, 30.0, ())


def add(stream: Stream, *points: tuple[float, float], word: int = 0, begins: bool = True) -> None:
    ink = {"word": [0, word], "page": 0, "begins": begins, "points": [list(p) for p in points]}
    stream.add({"ink": [ink], "sheet": [40, 30]})


def image(pictures: GhostPictures, stream: Stream, scale: float = 3.0) -> QImage:
    picture = pictures.picture(0, SHEET, stream, Look(), scale, 1.0)
    assert picture is not None
    return picture.toImage()


def differing(one: QImage, other: QImage) -> Iterator[tuple[int, int]]:
    for x in range(one.width()):
        for y in range(one.height()):
            if abs(one.pixelColor(x, y).alpha() - other.pixelColor(x, y).alpha()) > 60:
                yield x, y


def test_ink_that_is_painted_piece_by_piece_is_all_there(qtbot: QtBot) -> None:
    stream, pictures = Stream(), GhostPictures()
    for step in range(5):
        add(stream, (5 + step, 5), (5 + step, 9), begins=step in (0, 3))
        add(stream, (9 + step, 15), (9 + step, 19), word=1, begins=not step)
        before = image(pictures, stream)
    at_once = image(GhostPictures(), stream)
    ends = 2 * 2 * 5  # of pieces: where they meet, a pixel may be darker
    assert sum(1 for _ in differing(before, at_once)) <= ends
    assert sum(1 for _ in differing(image(GhostPictures(), Stream()), at_once)) > 10 * ends


def test_ink_that_is_taken_back_goes(qtbot: QtBot) -> None:
    stream, pictures = Stream(), GhostPictures()
    add(stream, (5, 5), (30, 5))
    assert image(pictures, stream).pixelColor(30, 15).alpha() > 0
    stream.add({"void": [[0, 0]], "sheet": [40, 30]})
    add(stream, (5, 25), (30, 25))
    assert image(pictures, stream).pixelColor(30, 15).alpha() == 0
    assert image(pictures, stream).pixelColor(30, 75).alpha() > 0
    stream.clear()
    add(stream, (5, 15), (30, 15))
    assert image(pictures, stream).pixelColor(30, 75).alpha() == 0


def test_another_zoom_paints_all_ink_anew(qtbot: QtBot) -> None:
    stream, pictures = Stream(), GhostPictures()
    add(stream, (5, 5), (30, 5))
    image(pictures, stream)
    assert image(pictures, stream, scale=6.0).pixelColor(60, 30).alpha() > 0
