"""The shapes of SVG as path data.

Source: Scalable Vector Graphics (SVG) 1.1, W3C Recommendation 2011, chapter 9.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from seqgen.frontends.handwriting.ink.svg_numbers import numbers

SHAPES = ("path", "line", "polyline", "polygon", "rect", "circle", "ellipse")


def outline(element: Element, kind: str) -> str:
    """The path data of an element of one of the SHAPES, "" where it draws nothing.

    Raises ValueError for attributes that are no numbers, and for round corners.
    """
    if kind == "path":
        return element.get("d", "")
    if kind in ("polyline", "polygon"):
        points = element.get("points", "").strip()
        return f"M{points}{'z' if kind == 'polygon' else ''}" if points else ""
    if kind == "line":
        return "M{},{} L{},{}".format(*(_number(element, key) for key in ("x1", "y1", "x2", "y2")))
    if kind == "rect":
        return _rectangle(element)
    x, y = _number(element, "cx"), _number(element, "cy")
    across, down = (_number(element, "r" if kind == "circle" else key) for key in ("rx", "ry"))
    if not (across > 0 and down > 0):
        return ""
    half = f"a{across},{down} 0 1 1"
    return f"M{x - across},{y} {half} {2 * across},0 {half} {-2 * across},0 z"


def _rectangle(element: Element) -> str:
    if element.get("rx") or element.get("ry"):
        raise ValueError("round corners are not known")
    x, y, width, height = (_number(element, key) for key in ("x", "y", "width", "height"))
    if not (width > 0 and height > 0):
        return ""
    return f"M{x},{y} h{width} v{height} h{-width} z"


def _number(element: Element, key: str) -> float:
    """An attribute in user units, 0 without it."""
    text = element.get(key, "0").removesuffix("px")
    values = numbers(text)
    if len(values) != 1:
        raise ValueError(f"{key} cannot be {text[:30]!r}")
    return float(values[0])
