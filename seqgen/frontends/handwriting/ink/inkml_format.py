"""What the values of an InkML trace mean: the places, units and directions of X and Y.

Source: Ink Markup Language (InkML), W3C Recommendation 2011, sections 4.1 and 4.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.ink.safe_xml import local_name

MILLIMETRES = {"m": 1000.0, "cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6}
_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True)
class TraceFormat:
    """Where X and Y stand among the channels, and the factors that make them mm, y down.

    ``unit`` is "mm", or "dev" where the file names no length: the factors are then 1 or -1.
    """

    columns: tuple[int, int] = (0, 1)
    channels: int = 2
    factors: tuple[float, float] = (1.0, 1.0)
    unit: str = "dev"


class TraceFormats:
    """The trace formats of a document, by the context that a trace refers to."""

    def __init__(self, root: Element, name: str) -> None:
        self._name = name
        self._known: dict[str, TraceFormat] = {}
        self._elements = {
            key: element
            for element in root.iter()
            if (key := element.get(_ID) or element.get("id"))
        }
        holders = ("context", "inkSource", "traceFormat")
        self._default = TraceFormat()
        for element in root.iter():
            if local_name(element) in holders and (found := self._inside(element)):
                self._default = found
                break

    def of(self, reference: str | None) -> TraceFormat:
        """The format of a contextRef ("#id"), else the first one of the document.

        Raises InputFileError where a format has no X or no Y.
        """
        if not reference:
            return self._default
        if reference not in self._known:
            self._known[reference] = self._follow(reference, 4) or self._default
        return self._known[reference]

    def _follow(self, reference: str, steps: int) -> TraceFormat | None:
        """The format that a reference leads to; contexts refer to sources, formats, contexts."""
        element = self._elements.get(reference.removeprefix("#"))
        if element is None or not steps:
            return None
        for key in ("traceFormatRef", "inkSourceRef", "contextRef"):
            further = element.get(key)
            if further and (found := self._follow(further, steps - 1)):
                return found
        return self._inside(element)

    def _inside(self, element: Element) -> TraceFormat | None:
        for child in element.iter():
            if local_name(child) == "traceFormat":
                return _trace_format(child, element, self._name)
        return None


def _trace_format(element: Element, source: Element, name: str) -> TraceFormat:
    """``source`` is what may tell the resolution of a channel: the element around the format."""
    inner = [
        child for part in element if local_name(part) == "intermittentChannels" for child in part
    ]
    channels = [
        child for child in element.iter() if local_name(child) == "channel" and child not in inner
    ]
    names = [channel.get("name", "").upper() for channel in channels]
    if "X" not in names or "Y" not in names:
        found = ", ".join(names) or "none"
        raise InputFileError(f"{name} has a trace format without channels X and Y: {found}")
    x, y = names.index("X"), names.index("Y")
    lengths = [_length(channels[at], source) for at in (x, y)]
    signs = [-1.0 if channels[at].get("orientation") == "-ve" else 1.0 for at in (x, y)]
    if None in lengths:
        return TraceFormat((x, y), len(names), (signs[0], signs[1]))
    across, down = (sign * (length or 0.0) for sign, length in zip(signs, lengths, strict=True))
    return TraceFormat((x, y), len(names), (across, down), "mm")


def _length(channel: Element, source: Element) -> float | None:
    """Millimetres in one unit of a channel: by its resolution ("1000 a cm") or its unit."""
    for child in source.iter():
        if (
            local_name(child) == "channelProperty"
            and child.get("channel") == channel.get("name")
            and child.get("name") == "resolution"
        ):
            unit = child.get("units", "").removeprefix("1/")
            return _ratio(MILLIMETRES.get(unit), child.get("value", ""))
    return MILLIMETRES.get(channel.get("units", "dev"))


def _ratio(length: float | None, value: str) -> float | None:
    try:
        resolution = float(value)
    except ValueError:
        return None
    return length / resolution if length and 0 < resolution < float("inf") else None
