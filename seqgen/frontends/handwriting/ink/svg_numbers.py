"""Numbers in SVG: lists of them, lengths with units, and transforms.

Source: Scalable Vector Graphics (SVG) 1.1, W3C Recommendation 2011, chapter 7.
"""

from __future__ import annotations

import re
from math import cos, radians, sin, tan

import numpy as np

from seqgen.frontends.handwriting.ink.curves import Floats

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
LARGEST = 1e9  # a number beyond it is a fault of the file
PIXEL = 25.4 / 96  # mm
_UNITS = {"": PIXEL, "px": PIXEL, "mm": 1.0, "cm": 10.0, "q": 0.25, "in": 25.4}
_UNITS |= {"pt": 25.4 / 72, "pc": 25.4 / 6}
_LENGTH = re.compile(rf"\s*({NUMBER})\s*([A-Za-z]*)\s*", re.ASCII)
_TOKEN = re.compile(rf"{NUMBER}|[^\s,]", re.ASCII)
_TRANSFORM = re.compile(r"[\s,]*([A-Za-z]+)\s*\(([^()]*)\)[\s,]*")


def numbers(text: str) -> Floats:
    """The numbers (N,) of a list, which commas, spaces or signs part; ValueError for others."""
    try:
        found = [float(token) for token in _TOKEN.findall(text)]
    except ValueError:
        found = None
    if found is None or not text.isascii():
        raise ValueError(f"{text.strip()[:30]!r} is not a list of numbers")
    for value in found:
        if not abs(value) <= LARGEST:
            raise ValueError(f"the number {value:g} is beyond {LARGEST:g}")
    return np.array(found, dtype=np.float64)


def millimetres(length: str) -> float:
    """A length with its unit, px without one, in mm; ValueError for relative units."""
    match = _LENGTH.fullmatch(length)
    if not match or match[2].lower() not in _UNITS:
        raise ValueError(f"{length.strip()[:30]!r} is no length")
    return float(match[1]) * _UNITS[match[2].lower()]


def combined(outer: Floats, inner: Floats) -> Floats:
    """The map (2, 3) that does ``inner`` first."""
    whole: Floats = outer[:, :2] @ inner
    whole[:, 2] += outer[:, 2]
    return whole


def transform(text: str) -> Floats:
    """The map (2, 3) of a transform attribute; ValueError for one that SVG does not know."""
    whole = np.eye(2, 3)
    at = 0
    while at < len(text):
        match = _TRANSFORM.match(text, at)
        if not match:
            if not text[at:].strip(" \t\r\n,"):
                break
            raise ValueError(f"the transform {text[at : at + 30].strip()!r} cannot be read")
        whole = combined(whole, _single(match[1], numbers(match[2]).tolist()))
        at = match.end()
    return whole


def _single(kind: str, values: list[float]) -> Floats:
    match kind, values:
        case "matrix", [a, b, c, d, e, f]:
            return np.array([[a, c, e], [b, d, f]])
        case "translate", [x, *rest] if len(rest) < 2:
            return np.array([[1, 0, x], [0, 1, sum(rest)]])
        case "scale", [x, *rest] if len(rest) < 2:
            return np.array([[x, 0, 0], [0, rest[0] if rest else x, 0]])
        case "rotate", [angle]:
            c, s = cos(radians(angle)), sin(radians(angle))
            return np.array([[c, -s, 0], [s, c, 0]])
        case "rotate", [angle, x, y]:
            there, back = _single("translate", [x, y]), _single("translate", [-x, -y])
            return combined(combined(there, _single("rotate", [angle])), back)
        case "skewX", [angle]:
            return np.array([[1, tan(radians(angle)), 0], [0, 1, 0]])
        case "skewY", [angle]:
            return np.array([[1, 0, 0], [tan(radians(angle)), 1, 0]])
    raise ValueError(f"the transform {kind} of {len(values)} numbers is unknown")
