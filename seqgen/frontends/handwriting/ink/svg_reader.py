"""SVG as ink: our own pages as they were written, and the outlines of other drawings.

Source: Scalable Vector Graphics (SVG) 1.1, W3C Recommendation 2011.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np

from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.ink.curves import Cubic, Floats, flattened
from seqgen.frontends.handwriting.ink.ink import Ink, Stroke, joined
from seqgen.frontends.handwriting.ink.page_ink import WIDEST_PEN, PageInk, PenInk
from seqgen.frontends.handwriting.ink.safe_xml import local_name, parse_xml
from seqgen.frontends.handwriting.ink.svg_numbers import combined, numbers, transform
from seqgen.frontends.handwriting.ink.svg_path import read_path
from seqgen.frontends.handwriting.ink.svg_shapes import SHAPES, outline
from seqgen.frontends.handwriting.ink.svg_sheet import Sheet, read_sheet

MAX_POINTS = 2_000_000
LARGEST = 1e6  # mm; ink beyond it is a fault of the file
_SVG = "{http://www.w3.org/2000/svg}"
_INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"
_UNREAD = ("svg", "text", "image", "use", "foreignObject", "switch")


@dataclass(frozen=True)
class SvgDrawing:
    """What an SVG holds: ink by pens, the title, the recipe of a page of ours, else None.

    ``warnings`` say, a sentence each, what was not read or had to be assumed.
    """

    page: PageInk
    title: str
    recipe: dict[str, Any] | None
    warnings: tuple[str, ...]


def read_svg(data: bytes, name: str, tolerance: float = 0.01) -> SvgDrawing:
    """Read an SVG; ``name`` is what messages call it.

    Every Inkscape layer is a pen, what lies outside of layers is the first one; layers whose
    label begins with % are the guides. A subpath is a stroke, curves become polylines within
    ``tolerance`` mm, and paths of class "dot" one point. Raises InputFileError for what is no
    SVG, has no size, a path or a transform that cannot be read, or more than MAX_POINTS points.
    """
    root = parse_xml(data, name)
    if root.tag not in (f"{_SVG}svg", "svg"):
        raise InputFileError(f"{name} is no SVG: its root is <{local_name(root)}>, not <svg>")
    try:
        sheet = read_sheet(root)
    except ValueError as error:
        raise InputFileError(f"{name} cannot be read: {error}") from error
    reader = _Reader(name, sheet, tolerance)
    for child in root:
        reader.read(child, sheet.matrix, reader.layers[0])
    guides = joined(layer.ink() for layer in reader.layers if layer.label.startswith("%"))
    pens = [
        layer.pen()
        for layer in reader.layers
        if not layer.label.startswith("%") and (layer.strokes or layer.label)
    ]
    page = PageInk(sheet.width, sheet.height, tuple(pens), guides)
    recipe, odd = _recipe(root)
    return SvgDrawing(page, _text(root, "title"), recipe, (*odd, *reader.warnings()))


@dataclass
class _Layer:
    """The strokes of a layer so far; a label of "" is no layer but what lies outside of them."""

    label: str = ""
    look: PenInk = field(default_factory=lambda: PenInk(Ink()))
    strokes: list[Stroke] = field(default_factory=list)

    def ink(self) -> Ink:
        return Ink(tuple(self.strokes))

    def pen(self) -> PenInk:
        name = re.sub(r"^\d+-", "", self.label)  # "1-ink" is pen 1
        return replace(self.look, ink=self.ink(), name=name or self.look.name)


class _Reader:
    """Walks the elements of one document."""

    def __init__(self, name: str, sheet: Sheet, tolerance: float) -> None:
        self.layers = [_Layer()]
        self._name = name
        self._sheet = sheet
        self._tolerance = tolerance
        self._unread: Counter[str] = Counter()
        self._shapes = self._points = 0

    def warnings(self) -> list[str]:
        """What was not read or had to be assumed."""
        said = [f"{count} {what} not read" for what, count in sorted(self._unread.items())]
        if self._sheet.assumed:
            said.insert(0, "no size in a length: a unit is taken as 1/96 inch")
        return said

    def read(self, element: Element, matrix: Floats, layer: _Layer) -> None:
        """Read an element; ``matrix`` (2, 3) maps the units around it to mm."""
        kind = element.tag.removeprefix(_SVG)
        style = _style(element)
        if kind not in ("g", "a", *SHAPES, *_UNREAD):
            return  # definitions, descriptions, and what editors add
        if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
            self._unread[f"hidden <{kind}>"] += 1
            return
        if kind in _UNREAD:
            self._unread[f"<{kind}>"] += 1
            return
        matrix = self._placed(element, style, kind, matrix)
        if kind in SHAPES:
            self._draw(element, kind, matrix, layer)
            return
        if element.get(f"{_INKSCAPE}groupmode") == "layer":
            layer = self._layer(element, style, matrix)
        for child in element:
            self.read(child, matrix, layer)

    def _placed(
        self, element: Element, style: dict[str, str], kind: str, matrix: Floats
    ) -> Floats:
        text = element.get("transform", "")
        try:
            if "transform" in style and style["transform"] != text:
                raise ValueError(
                    f"the transform {style['transform'][:30]!r} of a style is not known"
                )
            return combined(matrix, transform(text)) if text else matrix
        except ValueError as error:
            raise InputFileError(f"a <{kind}> of {self._name} cannot be read: {error}") from error

    def _layer(self, element: Element, style: dict[str, str], matrix: Floats) -> _Layer:
        label = element.get(f"{_INKSCAPE}label") or element.get("id") or "layer"
        look = PenInk(Ink(), colour=style.get("stroke", "black"))
        try:
            scale = abs(float(np.linalg.det(matrix[:, :2]))) ** 0.5
            (width,) = numbers(style.get("stroke-width", "").removesuffix("px")) * scale
        except ValueError:  # in another unit, or none
            width = 0.0
        if 0 < width <= WIDEST_PEN:
            look = replace(look, width=float(width))
        self.layers.append(_Layer(label, look))
        return self.layers[-1]

    def _draw(self, element: Element, kind: str, matrix: Floats, layer: _Layer) -> None:
        self._shapes += 1
        try:
            curves = read_path(outline(element, kind))
        except ValueError as error:
            shape = f"shape {self._shapes} of {self._name}, a <{kind}>,"
            raise InputFileError(f"{shape} cannot be read: {error}") from error
        for curve in curves:
            stroke = self._stroke(curve, matrix)
            if element.get("class") == "dot":
                stroke = stroke.mean(axis=0, keepdims=True)
            layer.strokes.append(stroke[:1] if (stroke == stroke[0]).all() else stroke)

    def _stroke(self, curve: Cubic, matrix: Floats) -> Stroke:
        points = curve.points @ matrix[:, :2].T + matrix[:, 2]
        if not np.abs(points).max() <= LARGEST:
            raise InputFileError(
                f"shape {self._shapes} of {self._name} is farther than {LARGEST:g} mm away"
            )
        placed = Cubic(points)
        self._points += int(placed.pieces(self._tolerance).sum()) + 1
        if self._points > MAX_POINTS:
            raise InputFileError(f"{self._name} has more than {MAX_POINTS:,} points")
        return flattened(placed, self._tolerance)


def _style(element: Element) -> dict[str, str]:
    """The attributes of an element, and over them the properties of its style."""
    parts = [part.partition(":") for part in element.get("style", "").split(";")]
    return dict(element.attrib) | {key.strip(): value.strip() for key, _, value in parts}


def _text(root: Element, kind: str) -> str:
    """What the first child of a kind says, else ""."""
    for child in root:
        if local_name(child) == kind:
            return child.text or ""
    return ""


def _recipe(root: Element) -> tuple[dict[str, Any] | None, list[str]]:
    """The recipe in <metadata>, if there is one, and a warning if it is broken."""
    text = _text(root, "metadata").strip()
    if not text.startswith("{"):
        return None, []
    try:
        recipe = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None, ["the metadata is not JSON: no recipe read"]
    return recipe, []


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
