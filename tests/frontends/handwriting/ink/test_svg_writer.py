from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.ink.curves import TOLERANCE
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.page_ink import PageInk, PenInk
from seqgen.frontends.handwriting.ink.svg_writer import svg_page
from tests.frontends.handwriting.ink.inks import inks
from tests.places import ROOT

SVG = "{http://www.w3.org/2000/svg}"
INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"
HOOK = np.array([[10.0, 20.0], [12.0, 20.0], [12.0, 25.5]])
ARCH = np.stack([np.linspace(30, 40, 30), 50 - 5 * np.sin(np.linspace(0, np.pi, 30))], axis=1)
DOT = np.array([[60.0, 70.0]])
RULE = np.array([[10.0, 30.0], [200.0, 30.0]])
PAGE = PageInk(
    210, 297, (PenInk(Ink((HOOK, ARCH, DOT))), PenInk(Ink((HOOK + 5,)), "red", "#ff0000", 0.7))
)


def layers(data: bytes) -> list[Element]:
    return list(ElementTree.fromstring(data).iter(f"{SVG}g"))


def paths(data: bytes) -> list[str]:
    return [path.get("d", "") for path in ElementTree.fromstring(data).iter(f"{SVG}path")]


def test_a_small_page_is_exactly_this() -> None:
    page = PageInk(100, 50.5, (PenInk(Ink((HOOK, DOT)), width=0.35),))
    data = svg_page(page, title="Tea & ink", recipe={"text": "Té", "seed": 7}, mode="polyline")
    assert data.decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<svg baseProfile="full" height="50.5mm" version="1.1" viewBox="0 0 100 50.5"'
        ' width="100mm" xmlns="http://www.w3.org/2000/svg"'
        ' xmlns:ev="http://www.w3.org/2001/xml-events"'
        ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
        ' xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        "  <title>Tea &amp; ink</title>\n"
        '  <metadata>{"seed": 7, "text": "T\\u00e9"}</metadata>\n'
        '  <g fill="none" inkscape:groupmode="layer" inkscape:label="1-ink" stroke="black"'
        ' stroke-linecap="round" stroke-linejoin="round" stroke-width="0.35">\n'
        '    <path d="M10,20 L12,20 12,25.5" fill="none" />\n'
        '    <path class="dot" d="M59.95,70 L60.05,70" fill="none" />\n'
        "  </g>\n"
        "</svg>\n"
    )


def test_the_same_page_gives_the_same_bytes_in_another_process() -> None:
    program = (
        "import sys; from tests.frontends.handwriting.ink.test_svg_writer import PAGE, svg_page;"
        "recipe = {'b': 1, 'a': {'d': 2, 'c': 3}};"
        "sys.stdout.buffer.write(svg_page(PAGE, title='x', recipe=recipe))"
    )
    done = [
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT
        ).stdout
        for _ in range(2)
    ]
    mine = svg_page(PAGE, title="x", recipe={"a": {"c": 3, "d": 2}, "b": 1})
    assert done == [mine, mine]


def test_each_pen_is_a_layer_and_each_stroke_a_path_in_writing_order() -> None:
    found = layers(svg_page(PAGE, mode="polyline"))
    assert [layer.get(f"{INKSCAPE}label") for layer in found] == ["1-ink", "2-red"]
    assert {layer.get(f"{INKSCAPE}groupmode") for layer in found} == {"layer"}
    assert [len(layer) for layer in found] == [3, 1]
    assert [layer.get("stroke") for layer in found] == ["black", "#ff0000"]
    assert [layer.get("stroke-width") for layer in found] == ["0.4", "0.7"]
    assert [path.get("d", "")[:6] for path in found[0]] == ["M10,20", "M30,50", "M59.95"]


@pytest.mark.parametrize(("mode", "command"), [("smooth", "C"), ("polyline", "L")])
def test_the_mode_chooses_curves_or_lines(mode: str, command: str) -> None:
    hook, arch, dot, _ = paths(svg_page(PAGE, mode=mode))
    assert {letter for d in (hook, arch) for letter in d if letter.isalpha()} == {"M", command}
    assert dot == "M59.95,70 L60.05,70"


def test_a_page_has_no_transform_no_background_and_no_fill() -> None:
    root = ElementTree.fromstring(svg_page(PAGE))
    kinds = [element.tag.removeprefix(SVG) for element in root.iter()]
    assert set(kinds) == {"svg", "g", "path"}
    assert not any(element.get("transform") for element in root.iter())
    assert {path.get("fill") for path in root.iter(f"{SVG}path")} == {"none"}


def test_guides_are_a_layer_that_plotters_skip_below_the_ink() -> None:
    page = PageInk(210, 297, PAGE.pens, Ink((RULE,)))
    guides, *pens = layers(svg_page(page))
    assert guides.get(f"{INKSCAPE}label") == "%guides"
    assert guides[0].get("d") == "M10,30 L200,30"
    assert len(pens) == 2


def test_thinning_drops_points_and_a_tolerance_of_nothing_keeps_them() -> None:
    def points(tolerance: float) -> int:
        return paths(svg_page(PAGE, mode="polyline", tolerance=tolerance))[1].count(",")

    assert points(0) == 30
    assert points(TOLERANCE) < 20
    assert points(1.0) < points(TOLERANCE)


@settings(deadline=None, max_examples=40)
@given(st.lists(inks(), max_size=3), st.sampled_from(["smooth", "polyline"]))
def test_numbers_have_three_decimals_and_no_odd_forms(some: list[Ink], mode: str) -> None:
    pens = tuple(PenInk(ink) for ink in some)
    data = svg_page(PageInk(210, 297, pens), mode=mode)
    number = r"(?!-0[ ,]|-0$)-?\d+(?:\.\d{0,2}[1-9])?"
    for d in paths(data):
        assert re.fullmatch(rf"M{number},{number} [LC]{number},{number}(?: {number},{number})*", d)
    assert len(paths(data)) == sum(len(ink.strokes) for ink in some)


def test_a_stroke_of_one_place_is_a_short_line() -> None:
    for stroke in (DOT, DOT.repeat(5, axis=0), DOT + np.array([[0, 0], [1e-4, 0]])):
        for mode in ("smooth", "polyline"):
            page = PageInk(210, 297, (PenInk(Ink((stroke,))),))
            assert paths(svg_page(page, mode=mode)) == ["M59.95,70 L60.05,70"]


def test_an_empty_page_is_a_page() -> None:
    data = svg_page(PageInk(210, 297, (PenInk(Ink()),)))
    assert [len(layer) for layer in layers(data)] == [0]
    assert layers(svg_page(PageInk(210, 297, ()))) == []


def test_any_recipe_survives_in_the_metadata() -> None:
    recipe = {
        "text": "]]> <a> & \x00 \ud800 \U0001f58b",
        "seed": 2**60,
        "words": [1.5, None, True],
    }
    metadata = ElementTree.fromstring(svg_page(PAGE, recipe=recipe)).find(f"{SVG}metadata")
    assert metadata is not None
    assert json.loads(metadata.text or "") == recipe


@pytest.mark.parametrize(
    ("colour", "message"),
    [
        ("blakc", "'blakc' is no colour, did you mean black or oldlace?"),
        ("#12345", "'#12345' is no colour, give a name of SVG, as navy, or #rrggbb"),
        ('red" onload="x', "give a name"),
        ("", "'' is no colour, give a name"),
    ],
)
def test_a_colour_that_svg_does_not_know_is_refused(colour: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        svg_page(PageInk(9, 9, (PenInk(Ink(), colour=colour),)))
    assert message in str(caught.value)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(
        UsageError, match="no mode of drawing is called 'smoth', did you mean smooth"
    ):
        svg_page(PAGE, mode="smoth")
    with pytest.raises(UsageError, match=r"character U\+0000 at 1"):
        svg_page(PAGE, title="a\0")
    with pytest.raises(ValueError, match="finite"):
        svg_page(PageInk(9, 9, (PenInk(Ink((np.array([[np.inf, 0.0]]),))),)))
    with pytest.raises(ValueError, match="tolerance must be above 0"):
        svg_page(PAGE, tolerance=0)
    with pytest.raises(ValueError, match="JSON compliant"):
        svg_page(PAGE, recipe={"temperature": float("nan")})


def test_ink_alone_does_not_load_the_writer_of_svg() -> None:
    rooms = "seqgen.frontends.handwriting.ink"
    program = (
        f"import sys, {rooms}.ink, {rooms}.fitting, {rooms}.inkml, {rooms}.svg_reader;"
        "print('svgwrite' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == b"False"


@pytest.mark.skipif(not shutil.which("vpype"), reason="vpype is not installed")
@pytest.mark.parametrize("mode", ["smooth", "polyline"])
def test_vpype_sees_the_page_its_layers_and_its_paths(tmp_path: Path, mode: str) -> None:
    file = tmp_path / "page.svg"
    file.write_bytes(svg_page(PageInk(210, 297, PAGE.pens, Ink((RULE,))), mode=mode))
    done = subprocess.run(
        ["vpype", "read", file, "stat"], capture_output=True, check=True, cwd=ROOT
    )
    told = done.stdout.decode()
    sizes = re.findall(r"Current page size: \(([\d.]+), ([\d.]+)\)", told)[0]
    assert [float(side) * 25.4 / 96 for side in sizes] == pytest.approx([210, 297], abs=2e-3)
    assert re.findall(r"^Layer (\d+)", told, re.MULTILINE) == ["1", "2", "99"]
    assert re.findall(r"Path count: (\d+)", told) == ["3", "1", "1", "5"]
