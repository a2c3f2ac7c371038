"""The sheet an SVG is drawn on: its size in mm, and where its user units lie on it.

Source: Scalable Vector Graphics (SVG) 1.1, W3C Recommendation 2011, sections 7.2 to 7.8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np

from seqgen.frontends.handwriting.ink.curves import Floats
from seqgen.frontends.handwriting.ink.svg_numbers import PIXEL, millimetres, numbers

_ASPECT = re.compile(r"\s*(none|x(Min|Mid|Max)Y(Min|Mid|Max))(\s+meet|\s+slice)?\s*")
_SHARES = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}


@dataclass(frozen=True)
class Sheet:
    """Width and height in mm, and the map (2, 3) from user units to mm.

    ``assumed`` says that the size is not told in a length: a unit is then a pixel, 1/96 inch.
    """

    width: float
    height: float
    matrix: Floats
    assumed: bool


def read_sheet(root: Element) -> Sheet:
    """The sheet of an <svg>; ValueError where it has no size, or none that can be."""
    box = numbers(root.get("viewBox", ""))
    if len(box) not in (0, 4) or (len(box) and not box[2:].min() > 0):
        raise ValueError(f"its viewBox cannot be {root.get('viewBox')!r}")
    told = [root.get(key, "100%").strip() for key in ("width", "height")]
    relative = [length.endswith("%") or length == "auto" for length in told]
    if any(relative) and not len(box):
        raise ValueError("it has no size: neither width and height nor a viewBox")
    sides = [
        0.0 if free else millimetres(length) for length, free in zip(told, relative, strict=True)
    ]
    if all(relative):
        sides = (box[2:] * PIXEL).tolist()
    elif relative[0]:
        sides[0] = sides[1] * box[2] / box[3]
    elif relative[1]:
        sides[1] = sides[0] * box[3] / box[2]
    width, height = sides
    if not min(sides) > 0:
        raise ValueError(f"its size cannot be {width:g} by {height:g} mm")
    aspect = root.get("preserveAspectRatio", "xMidYMid")
    view = _fitted(box, width, height, aspect) if len(box) else np.eye(2, 3) * PIXEL
    return Sheet(width, height, view, all(relative))


def _fitted(box: Floats, width: float, height: float, aspect: str) -> Floats:
    """The map (2, 3) from a viewBox (left, top, width, height) to a page."""
    match = _ASPECT.fullmatch(aspect)
    if not match:
        raise ValueError(f"its preserveAspectRatio cannot be {aspect.strip()[:30]!r}")
    page = np.array([width, height])
    scale = page / box[2:]
    if match[1] != "none":
        scale[:] = scale.max() if (match[4] or "").strip() == "slice" else scale.min()
    share = np.array([_SHARES[match[2] or "Min"], _SHARES[match[3] or "Min"]])
    shift = share * (page - scale * box[2:]) - scale * box[:2]
    return np.array([[scale[0], 0.0, shift[0]], [0.0, scale[1], shift[1]]])
