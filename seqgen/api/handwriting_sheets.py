"""Handwriting for a window: pages as ink to draw and pick, and samples of styles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from seqgen.api.commission import DEFAULT_MODEL, Commission, Eye, commission
from seqgen.api.handwriting import warnings_of
from seqgen.api.models import resolve
from seqgen.api.pen_stream import PenStream
from seqgen.api.scribe import Advance
from seqgen.api.styles import NO_HAND, writing_state
from seqgen.api.takes import take_seed
from seqgen.config import Progress, SampleHandwriting
from seqgen.core.checkpoint import read_card
from seqgen.errors import UsageError
from seqgen.frontends.handwriting.ink.curves import ragged, to_segments
from seqgen.frontends.handwriting.ink.ink import Stroke
from seqgen.frontends.handwriting.page.laid import LaidPage
from seqgen.frontends.handwriting.page.layout import Placed
from seqgen.frontends.handwriting.page.plot import PlotSpeeds, plot_statistics
from seqgen.ink_sheets import (
    HandwritingSheets,
    HandwritingStyles,
    InkSheet,
    SheetWord,
    StyleSample,
)

TOLERANCE = 0.02  # mm: every second point may go that lies so near to its neighbours' line
SAMPLE_SEED = 3
MOST_SAMPLES = 64


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


def handwriting_styles(
    model: str | None = None, names: Sequence[str] = (), text: str = "Hello there"
) -> Generator[Progress | HandwritingStyles, None, None]:
    """All styles of a model by name, and a sample of each of ``names``, which may be mixes.

    ``data`` holds each ``sample`` as it is done. Samples have an x-height of 2.5 mm.
    """
    if len(names) > MOST_SAMPLES:
        raise UsageError(f"{len(names)} samples are too many, allowed: up to {MOST_SAMPLES}")
    card = read_card(resolve(model or DEFAULT_MODEL))
    known = [*writing_state(card).styles, NO_HAND]
    samples = []
    for done, name in enumerate(names, start=1):
        sample = yield from _sample(model, name, text)
        samples.append(sample)
        yield Progress(stage="styles", done=done, total=len(names), data={"sample": sample})
    yield HandwritingStyles(model=card.name, names=known, samples=samples)


def _sample(model: str | None, name: str, text: str) -> Generator[Progress, None, StyleSample]:
    request = SampleHandwriting(
        text=text, output="", model=model, style=name, margin=1.0, wander=0.0
    )
    work = commission(request).draw(SAMPLE_SEED, name)
    while True:
        try:
            step = next(work)
        except StopIteration as end:
            page: LaidPage = end.value[0][0]
            break
        yield Progress(stage=step.stage, done=step.done, total=step.total, note=name)
    points, lengths = _columns(page.ink.strokes)
    return StyleSample(
        name=name, width=page.width, height=page.height, points=points, lengths=lengths
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
    points, lengths = _columns(page.ink.strokes)
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
            )
            for number, line in enumerate(page.lines, before)
            for word in line.words
        ],
        points=points,
        lengths=lengths,
        guides=[
            (g.left, g.right, g.ascender, g.x_height, g.baseline, g.descender) for g in page.guides
        ],
        pen_mm=round(statistics.pen_down, 1),
        travel_mm=round(statistics.pen_up, 1),
        plot_seconds=round(statistics.seconds(PlotSpeeds()), 1),
        lifts=statistics.lifts,
    )


def _columns(strokes: Sequence[Stroke]) -> tuple[bytes, bytes]:
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
