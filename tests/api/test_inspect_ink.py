from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from seqgen.api.inspect import inspect
from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml
from seqgen.frontends.handwriting.ink.page_ink import PageInk, PenInk
from seqgen.frontends.handwriting.ink.svg_writer import svg_page
from seqgen.reports import InkFileReport

INK = Ink((np.array([[10.0, 10.0], [20.0, 10.0]]), np.array([[20.0, 30.0], [20.0, 50.0]])))


def report(path: Path, data: bytes) -> InkFileReport:
    path.write_bytes(data)
    found = inspect(str(path))
    assert isinstance(found, InkFileReport)
    return found


def test_a_page_is_told_with_its_size_pens_and_recipe(tmp_path: Path) -> None:
    page = PageInk(210, 297, (PenInk(INK, "ink", "black", 0.4),))
    found = report(tmp_path / "a.svg", svg_page(page, title="Hi", recipe={"seed": 7}))
    assert (found.format, found.width, found.height, found.unit) == ("SVG", 210, 297, "mm")
    assert [(pen.name, pen.strokes, pen.width) for pen in found.pens] == [("ink", 2, 0.4)]
    assert (found.strokes, found.pen_mm, found.title) == (2, 30.0, "Hi")
    assert found.recipe == '{"seed": 7}'


def test_inkml_is_told_line_by_line(tmp_path: Path) -> None:
    found = report(tmp_path / "a.inkml", write_inkml([InkLine(INK, "hello", "me")]))
    assert found.format == "InkML"
    assert (found.width, found.height) == (10, 40)
    assert [(line.text, line.hand, line.strokes) for line in found.lines] == [("hello", "me", 2)]


def test_ink_in_units_of_a_device_has_no_lengths(tmp_path: Path) -> None:
    data = b"<ink><trace>0 0, 100 0</trace></ink>"
    found = report(tmp_path / "a.inkml", data)
    assert found.unit == "dev"
    assert found.pen_mm is None
    assert found.plot_seconds is None


def test_other_xml_is_refused_with_its_root(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"<html/>")
    with pytest.raises(InputFileError) as caught:
        inspect(str(path))
    assert str(caught.value) == f"{path} is neither SVG nor InkML: its root is <html>"


def test_an_entity_bomb_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "bomb.svg"
    path.write_bytes(b'<!DOCTYPE x [<!ENTITY a "aaaa">]><svg>&a;</svg>')
    with pytest.raises(InputFileError) as caught:
        inspect(str(path))
    assert "\n" not in str(caught.value)
