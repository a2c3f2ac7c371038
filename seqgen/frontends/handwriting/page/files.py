"""A laid page as a file: SVG for screens and plotters, or InkML for those who study ink."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath

import numpy as np

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.ink.ink import Ink, Stroke
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml
from seqgen.frontends.handwriting.ink.page_ink import PageInk, PenInk
from seqgen.frontends.handwriting.page.laid import LaidPage

SUFFIXES = (".svg", ".inkml")
STDOUT = "-"


def check_suffix(path: str) -> None:
    """Raise UsageError unless a page can be written under this name; ``-`` is SVG."""
    if path != STDOUT and PurePath(path).suffix.lower() not in SUFFIXES:
        known = " and ".join(SUFFIXES)
        raise UsageError(f"{path!r} is no kind of page that can be written, allowed: {known}")


def page_file(
    path: str,
    page: LaidPage,
    recipe: Mapping[str, object],
    *,
    title: str,
    pen_width: float,
    colour: str,
    guides: bool,
    curves: bool,
) -> bytes:
    """The file of a page, of the kind that ``path`` names.

    InkML has a group of traces a line and no guides. Raises UsageError for a colour or a width
    that no pen has.
    """
    if PurePath(path).suffix.lower() == ".inkml":
        hand = str(recipe.get("style", ""))
        texts = (" ".join(word.text for word in line.words) for line in page.lines)
        pairs = zip(page.lines, texts, strict=True)
        return write_inkml([InkLine(line.ink, text, hand) for line, text in pairs if line.words])
    from seqgen.frontends.handwriting.ink.svg_writer import svg_page

    pen = PenInk(page.ink, colour=colour, width=pen_width)
    rules = Ink(tuple(_rules(page))) if guides else Ink()
    sheet = PageInk(page.width, page.height, (pen,), rules)
    mode = "smooth" if curves else "polyline"
    return svg_page(sheet, title=title, recipe=recipe, mode=mode)


def _rules(page: LaidPage) -> Iterator[Stroke]:
    """The ruled lines that lie on the page."""
    for line in page.guides:
        for y in (line.ascender, line.x_height, line.baseline, line.descender):
            if 0 <= y <= page.height:
                yield np.array([[line.left, y], [line.right, y]])
