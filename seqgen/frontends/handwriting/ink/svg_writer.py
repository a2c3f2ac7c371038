"""Pages as SVG in millimetres, for screens and for plotters.

Source: Scalable Vector Graphics (SVG) 1.1, W3C Recommendation 2011.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np
import svgwrite
from svgwrite.base import Title
from svgwrite.container import Group
from svgwrite.data.colors import colornames
from svgwrite.extensions import Inkscape

from seqgen.errors import UsageError, did_you_mean
from seqgen.frontends.handwriting.ink.curves import TOLERANCE, thinned
from seqgen.frontends.handwriting.ink.fitting import smoothed
from seqgen.frontends.handwriting.ink.ink import Ink, Stroke
from seqgen.frontends.handwriting.ink.page_ink import PageInk, PenInk
from seqgen.frontends.handwriting.ink.safe_xml import xml_text

MODES = ("smooth", "polyline")
DOT = 0.1  # mm; what is shorter a plotter may not draw at all
GUIDES = PenInk(Ink(), "%guides", "#b0c4de", 0.1)
GUIDES_ID = "guides-99"
_ROUNDING = 0.001  # mm; of the tolerance is left to the three decimals of coordinates


def svg_page(
    page: PageInk,
    *,
    title: str = "",
    recipe: Mapping[str, object] | None = None,
    mode: str = "smooth",
    tolerance: float = TOLERANCE,
) -> bytes:
    """Return an SVG document; the same arguments always give the same bytes.

    Each pen is an Inkscape layer ("1-ink", "2-red" ...) and each stroke one path in it, in
    writing order, without transforms; a user unit is 1 mm. ``mode`` "smooth" fits cubic curves
    within ``tolerance`` mm of the strokes, "polyline" thins them as far or, with a tolerance of
    0, keeps every point. A stroke of one place is a horizontal line of DOT mm around it, of class
    "dot". Guides are the layer "%guides" below the ink: AxiDraw's software leaves such layers
    out; vpype does not, and reads it as layer 99. ``recipe`` is kept as JSON in <metadata>.

    Raises UsageError for a mode, a colour or a title that cannot be, and ValueError for ink that
    is not finite, a tolerance below 0 (smooth: not above 0) or a recipe that is no JSON.
    """
    if mode not in MODES:
        raise UsageError(f"no mode of drawing is called {mode!r}, {did_you_mean(mode, MODES)}")
    size = (f"{_number(page.width)}mm", f"{_number(page.height)}mm")
    box = f"0 0 {_number(page.width)} {_number(page.height)}"
    drawing = svgwrite.Drawing(size=size, viewBox=box, debug=False)
    drawing.elements.clear()  # empty definitions
    if title:
        drawing.add(Title(xml_text(title)))
    if recipe is not None:
        drawing.add(_Metadata(json.dumps(recipe, sort_keys=True, allow_nan=False)))
    layers = Inkscape(drawing)
    if page.guides:
        layer = layers.layer(GUIDES.name, id=GUIDES_ID, **_look(GUIDES))
        _add_paths(drawing.add(layer), page.guides, "polyline", 0.0)
    for number, pen in enumerate(page.pens, 1):
        layer = layers.layer(xml_text(f"{number}-{pen.name}"), **_look(pen))
        _add_paths(drawing.add(layer), pen.ink, mode, tolerance)
    root = drawing.get_xml()
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


class _Metadata:
    """A <metadata> element of plain text, which svgwrite has not."""

    elementname = "metadata"

    def __init__(self, text: str) -> None:
        self._text = text

    def get_xml(self) -> Element:
        """What svgwrite asks of an element."""
        element = Element(self.elementname)
        element.text = self._text
        return element


def _look(pen: PenInk) -> dict[str, str]:
    return {
        "fill": "none",
        "stroke": checked_colour(pen.colour),
        "stroke_width": _number(pen.width),
        "stroke_linecap": "round",
        "stroke_linejoin": "round",
    }


def checked_colour(name: str) -> str:
    """Return a colour that SVG knows: a name or #rgb or #rrggbb; UsageError for others."""
    if name in colornames or re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", name):
        return name
    near = did_you_mean(name, colornames)
    if near.startswith("known"):  # all 147 of them
        near = "give a name of SVG, as navy, or #rrggbb"
    raise UsageError(f"{name!r} is no colour, {near}")


def _add_paths(layer: Group, ink: Ink, mode: str, tolerance: float) -> None:
    for stroke in ink.strokes:
        if not np.isfinite(stroke).all():
            raise ValueError("ink must be finite")
    if mode == "smooth":
        curves = smoothed(ink.strokes, max(tolerance - _ROUNDING, tolerance / 2))
        courses, command = [curve.points for curve in curves], "C"
    else:
        courses, command = [_polyline(stroke, tolerance) for stroke in ink.strokes], "L"
    for points in courses:
        texts = [f"{_number(x)},{_number(y)}" for x, y in points.tolist()]
        if len(set(texts)) == 1:
            layer.add(svgwrite.path.Path(_dot(points[0]), fill="none", class_="dot", debug=False))
        else:
            d = f"M{texts[0]} {command}{' '.join(texts[1:])}"
            layer.add(svgwrite.path.Path(d, fill="none", debug=False))


def _polyline(stroke: Stroke, tolerance: float) -> Stroke:
    return thinned(stroke, max(tolerance - _ROUNDING, tolerance / 2)) if tolerance else stroke


def _dot(point: Stroke) -> str:
    x, y = point.tolist()
    return f"M{_number(x - DOT / 2)},{_number(y)} L{_number(x + DOT / 2)},{_number(y)}"


def _number(value: float) -> str:
    """Millimetres with three decimals at the most: "12.5", never "-0" or "1e-05"."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
