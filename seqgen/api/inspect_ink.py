"""What is in a file of ink: SVG or InkML."""

from __future__ import annotations

import json

from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.ink.ink import Ink, joined
from seqgen.frontends.handwriting.ink.inkml import read_inkml
from seqgen.frontends.handwriting.ink.safe_xml import local_name, parse_xml
from seqgen.frontends.handwriting.ink.svg_reader import read_svg
from seqgen.frontends.handwriting.page.plot import PlotSpeeds, plot_statistics
from seqgen.reports import InkFileReport, InkLineReport, PenReport

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # byte order marks of UTF-8 and UTF-16


def looks_like_xml(data: bytes) -> bool:
    """Whether a file may be SVG or InkML."""
    head = data[:64]
    return head.startswith(_MARKS) or head.lstrip().startswith(b"<")


def inspect_ink(path: str, data: bytes) -> InkFileReport:
    """Say what was understood of an SVG or InkML file; InputFileError for other XML."""
    root = local_name(parse_xml(data, path))
    if root == "svg":
        return _svg(path, data)
    if root == "ink":
        return _inkml(path, data)
    raise InputFileError(f"{path} is neither SVG nor InkML: its root is <{root}>")


def _svg(path: str, data: bytes) -> InkFileReport:
    drawing = read_svg(data, path)
    page = drawing.page
    pens = [
        PenReport(name=pen.name, colour=pen.colour, width=pen.width, strokes=len(pen.ink.strokes))
        for pen in page.pens
    ]
    recipe = None if drawing.recipe is None else json.dumps(drawing.recipe, sort_keys=True)
    return _report(
        path,
        "SVG",
        (page.width, page.height),
        joined(pen.ink for pen in page.pens),
        pens=pens,
        title=drawing.title,
        recipe=recipe,
        warnings=list(drawing.warnings),
    )


def _inkml(path: str, data: bytes) -> InkFileReport:
    lines = read_inkml(data, path)
    ink = joined(line.ink for line in lines)
    unit = lines[0].unit if lines else "mm"
    box = ink.box() if ink else None
    size = (round(box.width, 3), round(box.height, 3)) if box else (0.0, 0.0)
    found = [
        InkLineReport(text=line.text, hand=line.hand, strokes=len(line.ink.strokes))
        for line in lines
    ]
    return _report(path, "InkML", size, ink, lines=found, unit=unit)


def _report(
    path: str, form: str, size: tuple[float, float], ink: Ink, unit: str = "mm", **more: object
) -> InkFileReport:
    """The report of a file; in units of a device nothing is known of lengths and times."""
    statistics = plot_statistics([ink])
    known = unit == "mm"
    return InkFileReport(
        path=path,
        format=form,
        unit=unit,
        width=size[0],
        height=size[1],
        strokes=len(ink.strokes),
        points=ink.points,
        pen_mm=round(statistics.pen_down, 1) if known else None,
        travel_mm=round(statistics.pen_up, 1) if known else None,
        plot_seconds=round(statistics.seconds(PlotSpeeds()), 1) if known else None,
        **more,  # type: ignore[arg-type]
    )
