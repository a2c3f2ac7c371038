"""Handwriting for a window: pages as ink to draw and pick."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from seqgen.api.commission import Commission, Eye, commission
from seqgen.api.handwriting import warnings_of
from seqgen.api.pen_stream import PenStream
from seqgen.api.scribe import Advance
from seqgen.api.takes import take_seed
from seqgen.config import Progress, SampleHandwriting
from seqgen.frontends.handwriting.ink.curves import ragged, to_segments
from seqgen.frontends.handwriting.ink.ink import Ink, Stroke
from seqgen.frontends.handwriting.page.laid import LaidPage
from seqgen.frontends.handwriting.page.layout import Placed
from seqgen.frontends.handwriting.page.plot import PlotSpeeds, plot_statistics
from seqgen.ink_sheets import (
    HandwritingSheets,
    InkSheet,
    SheetWord,
)

TOLERANCE = 0.02  # mm: every second point may go that lies so near to its neighbours' line


def handwriting_sheets(
    request: SampleHandwriting,
) -> Generator[Progress | HandwritingSheets, None, None]:
    """The pages that ``sample_handwriting`` writes for the same request; no file is touched.

    Of several takes it is the first. The lines of the last requests are kept: a page that is
    only laid out anew, and an export, come at once. What is written for the first time is told
    in ``data``: the ``ink`` that is new, where it will lie roughly (see ``PenStream``), and
    ``laid``, lines that have their places: a ``page`` and, as an InkSheet, what is new on it.
    """
    seed = take_seed(request.seed, 1)
    task = commission(request)
    pages, written = yield from task.draw(seed, "", _teller)
    sheets = []
    for page in pages:
        sheets.append(_sheet(page))
        yield Progress(stage="laying out", done=len(sheets), total=len(pages))
    faults = dict(sorted(written.faults.items()))
    yield HandwritingSheets(
        sheets=sheets,
        seed=seed,
        model=task.card.name,
        engine=task.scribe.engine.name,
        style=task.style,
        temperature=task.scribe.settings.temperature,
        redrawn=dict(sorted(written.redrawn.items())),
        faults=faults,
        glyphs=dict(sorted(task.plan.glyphs.items())),
        missing=dict(sorted(task.plan.missing.items())),
        licence=task.card.licence,
        warnings=warnings_of(task.plan, [(seed, faults)]),
    )


def _teller(task: Commission, stream: PenStream) -> Eye:
    told = Counter[int]()  # lines, by their page

    def eye(step: Advance, placed: Sequence[Placed]) -> dict[str, Any]:
        data = stream.told(step)
        laid = []
        for number, some in groupby(placed, key=lambda one: one.page):
            new = list(some)
            lines, guides = tuple(one.line for one in new), tuple(one.rules for one in new)
            piece = LaidPage(*stream.sheet, lines, guides)
            laid.append({"page": number, "sheet": _sheet(piece, told[number])})
            told[number] += len(new)
        return data | {"laid": laid} if laid else data

    return eye


def _sheet(page: LaidPage, before: int = 0) -> InkSheet:
    """A page, or what is new on it: the lines from number ``before`` on."""
    statistics = plot_statistics([page.ink])
    points, lengths = columns_of(page.ink.strokes)
    return InkSheet(
        width=page.width,
        height=page.height,
        words=[
            SheetWord(
                text=word.text,
                paragraph=word.paragraph,
                word=word.word,
                line=number,
                strokes=len(word.ink.strokes),
                glyphs=sorted(word.glyphs),
                box=_box(word.ink),
            )
            for number, line in enumerate(page.lines, before)
            for word in line.words
        ],
        points=points,
        lengths=lengths,
        ways=_ways(page.ink.strokes),
        guides=[
            (g.left, g.right, g.ascender, g.x_height, g.baseline, g.descender) for g in page.guides
        ],
        pen_mm=round(statistics.pen_down, 1),
        travel_mm=round(statistics.pen_up, 1),
        plot_seconds=round(statistics.seconds(PlotSpeeds()), 1),
        lifts=statistics.lifts,
    )


def _box(ink: Ink) -> tuple[float, float, float, float]:
    if not ink:
        return 0.0, 0.0, 0.0, 0.0
    box = ink.box()
    left, top, right, bottom = (
        round(side, 3) for side in (box.left, box.top, box.right, box.bottom)
    )
    return left, top, right, bottom


def _ways(strokes: Sequence[Stroke]) -> bytes:
    """How long strokes are in mm, as in ``InkSheet``."""
    points = np.concatenate([np.empty((0, 2)), *strokes])
    owner, place = ragged(np.array([len(stroke) for stroke in strokes], np.int64))
    steps = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T) * (place > 0)
    return np.bincount(owner, steps, len(strokes)).astype("<f4").tobytes()


def columns_of(strokes: Sequence[Stroke]) -> tuple[bytes, bytes]:
    """Points and lengths of strokes as in ``InkSheet``, without those that nobody sees."""
    points = np.concatenate([np.empty((0, 2)), *strokes])
    lengths = np.array([len(stroke) for stroke in strokes], np.int64)
    owner, place = ragged(lengths)
    inner = np.flatnonzero((place % 2 == 1) & (place < lengths[owner] - 1))
    off = to_segments(points[inner], points[inner - 1], points[inner + 1])
    kept = np.ones(len(points), bool)
    kept[inner[off <= TOLERANCE]] = False
    counts = np.bincount(owner[kept], minlength=len(lengths))
    return points[kept].astype("<f4").tobytes(), counts.astype("<i4").tobytes()
