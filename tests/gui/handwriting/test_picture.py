from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from seqgen_gui.handwriting.paper import Look
from seqgen_gui.handwriting.picture import StreamPicture
from seqgen_gui.handwriting.sheet import Sheet
from seqgen_gui.handwriting.stream import Stream

SHEET = Sheet(40.0, 30.0, ())


def add(
    stream: Stream, *points: tuple[float, float, int], line: int = 0, attempt: int = 0
) -> None:
    ink = [{"line": line, "attempt": attempt, "points": [list(point) for point in points]}]
    stream.add({"ink": ink, "sheet": [40, 30]})


def image(pictures: StreamPicture, stream: Stream, scale: float = 3.0) -> QImage:
    picture = pictures.picture(stream, SHEET, Look(), scale, 1.0)
    assert picture is not None
    return picture.toImage()


def differing(one: QImage, other: QImage) -> Iterator[tuple[int, int]]:
    for x in range(one.width()):
        for y in range(one.height()):
            if abs(one.pixelColor(x, y).alpha() - other.pixelColor(x, y).alpha()) > 60:
                yield x, y


def test_ink_that_is_painted_piece_by_piece_is_all_there(qtbot: QtBot) -> None:
    stream, pictures = Stream(), StreamPicture()
    for step in range(5):
        add(stream, (5 + step, 5, 0), (5 + step, 9, step == 2))
        add(stream, (9 + step, 15, 0), (9 + step, 19, 0), line=1)
        before = image(pictures, stream)
    at_once = image(StreamPicture(), stream)
    ends = 2 * 2 * 5  # of pieces: where they meet, a pixel may be darker
    assert sum(1 for _ in differing(before, at_once)) <= ends
    assert sum(1 for _ in differing(image(StreamPicture(), Stream()), at_once)) > 10 * ends


def test_ink_that_is_taken_back_goes(qtbot: QtBot) -> None:
    stream, pictures = Stream(), StreamPicture()
    add(stream, (5, 5, 0), (30, 5, 0))
    assert image(pictures, stream).pixelColor(30, 15).alpha() > 0
    add(stream, (5, 25, 0), (30, 25, 0), attempt=1)
    assert image(pictures, stream).pixelColor(30, 15).alpha() == 0
    assert image(pictures, stream).pixelColor(30, 75).alpha() > 0
    stream.clear()
    add(stream, (5, 15, 0), (30, 15, 0))
    assert image(pictures, stream).pixelColor(30, 75).alpha() == 0


def test_another_zoom_paints_all_ink_anew(qtbot: QtBot) -> None:
    stream, pictures = Stream(), StreamPicture()
    add(stream, (5, 5, 0), (30, 5, 0))
    image(pictures, stream)
    assert image(pictures, stream, scale=6.0).pixelColor(60, 30).alpha() > 0
