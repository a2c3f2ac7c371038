"""InkML: lines of ink with the text they show and the hand that wrote them.

Source: Ink Markup Language (InkML), W3C Recommendation 2011.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import numpy as np

from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml_format import TraceFormats
from seqgen.frontends.handwriting.ink.inkml_trace import read_trace
from seqgen.frontends.handwriting.ink.safe_xml import local_name, parse_xml, xml_text

NAMESPACE = "http://www.w3.org/2003/InkML"
MAX_POINTS = 2_000_000
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_TRUTH = ("truth", "transcription")
_HAND = ("writer", "hand")


@dataclass(frozen=True)
class InkLine:
    """A line of ink, y down: ``text`` is what it shows, ``hand`` who wrote it; both may be "".

    ``unit`` is "mm", or "dev" where the file that it came from names no length.
    """

    ink: Ink
    text: str = ""
    hand: str = ""
    unit: str = "mm"


def write_inkml(lines: Sequence[InkLine]) -> bytes:
    """Return a document with a traceGroup a line and a trace a stroke, to 0.001 mm.

    Raises UsageError where a text holds a character that XML cannot, ValueError for ink that is
    not finite or not in mm.
    """
    root = Element("ink", xmlns=NAMESPACE)
    context = SubElement(SubElement(root, "definitions"), "context", {_ID: "mm"})
    channels = SubElement(context, "traceFormat")
    for name in "XY":
        SubElement(channels, "channel", name=name, type="decimal", units="mm")
    for line in lines:
        _write_line(SubElement(root, "traceGroup", contextRef="#mm"), line)
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _write_line(group: Element, line: InkLine) -> None:
    if line.unit != "mm":
        raise ValueError(f"ink must be in mm, not in {line.unit}")
    for kind, text in ((_TRUTH[0], line.text), (_HAND[0], line.hand)):
        if text:
            SubElement(group, "annotation", type=kind).text = xml_text(text)
    for stroke in line.ink.strokes:
        if not np.isfinite(stroke).all():
            raise ValueError("ink must be finite")
        points = (np.round(stroke, 3) + 0.0).tolist()  # + 0.0: no "-0"
        SubElement(group, "trace").text = ", ".join(f"{x:.3f} {y:.3f}" for x, y in points)


def read_inkml(data: bytes, name: str) -> list[InkLine]:
    """Return the lines of an InkML document in file order; ``name`` is what messages call it.

    A line is a traceGroup that has a text (an annotation of type "truth"), traces of its own or no
    groups inside; traces outside of groups are together one line, the first. Channels but X and Y,
    traces of a lifted pen, views and brushes are not read. Ink comes in mm, or as it is where the
    file names no length. Raises InputFileError for what is no InkML, a trace that cannot be read,
    and more than MAX_POINTS points.
    """
    root = parse_xml(data, name)
    if local_name(root) != "ink":
        raise InputFileError(f"{name} is no InkML: its root is <{local_name(root)}>, not <ink>")
    reader = _Reader(TraceFormats(root, name), name)
    loose = [child for child in root if local_name(child) == "trace"]
    hand = _annotation(root, _HAND)
    lines = [reader.line(root, loose, None, hand)] if loose else []
    for group in _groups(root):
        lines.extend(reader.lines(group, None, hand))
    return lines


class _Reader:
    """Reads the traces of one document and counts their points."""

    def __init__(self, formats: TraceFormats, name: str) -> None:
        self._formats = formats
        self._name = name
        self._traces = self._points = 0

    def lines(self, group: Element, context: str | None, hand: str) -> Iterator[InkLine]:
        """The lines in a group; ``context`` and ``hand`` are those of the elements around it."""
        context = group.get("contextRef", context)
        hand = _annotation(group, _HAND) or hand
        inner = list(_groups(group))
        own = any(local_name(child) == "trace" for child in group)
        if own or not inner or _annotation(group, _TRUTH):
            names = [local_name(element) for element in group.iter()]
            if "trace" in names or "traceView" not in names:
                traces = [element for element in group.iter() if local_name(element) == "trace"]
                yield self.line(group, traces, context, hand)
            return
        for part in inner:
            yield from self.lines(part, context, hand)

    def line(
        self, element: Element, traces: list[Element], context: str | None, hand: str
    ) -> InkLine:
        """The line that ``traces`` are, with the text that ``element`` gives it."""
        strokes = []
        unit = "mm"
        for trace in traces:
            form = self._formats.of(trace.get("contextRef", context))
            self._traces += 1
            label = f"trace {self._traces} of {self._name}"
            stroke = read_trace(trace.text or "", form.columns, form.channels, label)
            self._count(len(stroke))
            if len(stroke) and trace.get("type") != "penUp":
                strokes.append(stroke * np.array(form.factors))
                unit = "dev" if form.unit == "dev" else unit
        return InkLine(Ink(tuple(strokes)), _annotation(element, _TRUTH), hand, unit)

    def _count(self, points: int) -> None:
        self._points += points
        if self._points > MAX_POINTS:
            raise InputFileError(f"{self._name} has more than {MAX_POINTS:,} points")


def _groups(element: Element) -> Iterator[Element]:
    return (child for child in element if local_name(child) == "traceGroup")


def _annotation(element: Element, kinds: tuple[str, ...]) -> str:
    """The first annotation of one of these types, else ""."""
    for child in element:
        if local_name(child) == "annotation" and child.get("type", "").lower() in kinds:
            return "".join(child.itertext()).strip()
    return ""
