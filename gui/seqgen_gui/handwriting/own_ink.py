"""One's own lines: what to write, what was written, and InkML of it."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from seqgen.ink_sheets import OwnLines
from seqgen_gui.handwriting.sheet import polygons

SENTENCES = (
    "Jack found five quiet boxes by the pond.",
    "Why do zebras never give up a good gallop?",
    "My aunt makes excellent plum jam, and tea.",
    "Two lazy foxes slept under the kitchen window.",
    "Please bring the old clock back on Friday.",
    "Queen Vera had her velvet gloves mended.",
    "It snowed all night; the lake froze.",
    "Kim jumped over the ditch with zest.",
    "Half of Europe was asleep by then.",
    "Good luck, and write to us again soon!",
)
"""Ours: every letter is in two of them at least."""
ENOUGH = 3  # times that a letter should be seen
LEAST = 3  # lines that a style can be fitted to
Point = tuple[float, float]


@dataclass
class OwnLine:
    """A line that is asked for, and its strokes in mm, y down."""

    text: str
    strokes: list[list[Point]] = field(default_factory=list)


def new_lines() -> list[OwnLine]:
    """Empty lines to be written."""
    return [OwnLine(text) for text in SENTENCES]


def seen(lines: Iterable[OwnLine]) -> Counter[str]:
    """How often each letter, without case, is in lines that have ink."""
    written = "".join(line.text.lower() for line in lines if line.strokes)
    return Counter(c for c in written if c in string.ascii_lowercase)


def coverage(lines: Iterable[OwnLine]) -> float:
    """From 0 to 1: how much of what each letter needs was written."""
    counts = seen(lines)
    return sum(min(counts[c], ENOUGH) for c in string.ascii_lowercase) / (26 * ENOUGH)


def inkml_bytes(lines: Sequence[OwnLine]) -> bytes:
    """The lines that have ink as InkML (W3C 2011), in mm."""
    root = Element("ink", xmlns="http://www.w3.org/2003/InkML")
    context = SubElement(
        SubElement(root, "definitions"),
        "context",
        {"{http://www.w3.org/XML/1998/namespace}id": "mm"},
    )
    channels = SubElement(context, "traceFormat")
    for name in "XY":
        SubElement(channels, "channel", name=name, type="decimal", units="mm")
    for line in lines:
        if line.strokes:
            group = SubElement(root, "traceGroup", contextRef="#mm")
            SubElement(group, "annotation", type="truth").text = line.text
            for stroke in line.strokes:
                points = ", ".join(f"{x:.3f} {y:.3f}" for x, y in stroke)
                SubElement(group, "trace").text = points
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def merged(lines: Sequence[OwnLine], told: OwnLines, height: float) -> list[OwnLine]:
    """``lines`` with the ink of a file: on the line of the same text, else on one of its own.

    Ink of a device, or far larger or smaller than a line, is made ``height`` mm high.
    """
    result = [OwnLine(line.text, list(line.strokes)) for line in lines]
    for one in told.lines:
        strokes = [
            [(point.x(), point.y()) for point in stroke.toList()]
            for stroke in polygons(one.points, one.lengths)
        ]
        if not strokes:
            continue
        same = next((line for line in result if line.text == one.text), None)
        if same is None:
            same = OwnLine(one.text)
            result.append(same)
        same.strokes = fitted(strokes, height, told.unit == "mm")
    return result


def fitted(strokes: list[list[Point]], height: float, true: bool) -> list[list[Point]]:
    """Strokes as they are if they lie on the pad, else moved to it, scaled if need be."""
    every = [point for stroke in strokes for point in stroke]
    left, top = min(x for x, _ in every), min(y for _, y in every)
    tall = max(y for _, y in every) - top
    if true and min(left, top) >= 0 and top + tall <= height:
        return strokes
    keeps = true and height / 4 <= tall <= height * 1.2
    scale = 1.0 if keeps or not tall else height * 0.7 / tall
    return [[((x - left) * scale + 2, (y - top) * scale + 2) for x, y in s] for s in strokes]
