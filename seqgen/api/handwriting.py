"""Sample handwriting: a text in, pages of ink in millimetres out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from seqgen import __version__
from seqgen.api.models import resolve
from seqgen.api.output_file import STDOUT, check_output, write_output
from seqgen.api.scribe import Scribe, Written, write_lines
from seqgen.api.styles import Styles, style_of, writing_state
from seqgen.api.takes import numbered, settings_of, take_paths, take_seed
from seqgen.config import HandwritingResult, Letter, Progress, SampleHandwriting
from seqgen.core.checkpoint import Card, read_bundle
from seqgen.core.engines import make_pen_engine
from seqgen.core.sampler import Settings
from seqgen.errors import UsageError
from seqgen.frontends.handwriting.codec.alphabet import Alphabet
from seqgen.frontends.handwriting.page.files import check_suffix, page_file
from seqgen.frontends.handwriting.page.laid import LaidPage
from seqgen.frontends.handwriting.page.layout import lay_out
from seqgen.frontends.handwriting.page.page import PageSettings
from seqgen.frontends.handwriting.page.plot import PlotSpeeds, plot_statistics
from seqgen.frontends.handwriting.writing.compose import paragraphs_of
from seqgen.frontends.handwriting.writing.drawn import DrawnLine
from seqgen.frontends.handwriting.writing.lines import model_lines
from seqgen.frontends.handwriting.writing.plan import Plan, learned_characters, plan_text

DEFAULT_MODEL = "hand"
TITLE = 80  # characters of the text in the title of a page


def sample_handwriting(request: SampleHandwriting) -> Iterator[Progress | HandwritingResult]:
    """Write a text, yielding progress and last the result.

    Take i (from 0) is drawn with seed + i. Nothing is written before the text, the model, the
    page and the outputs have been looked at, and no page before all are drawn.
    """
    page = _page_settings(request)
    check_suffix(request.output)
    paths = take_paths(request.output, request.count, request.force)
    seed = take_seed(request.seed, request.count)
    model = resolve(request.model or DEFAULT_MODEL)
    card, weights = read_bundle(model)
    state = writing_state(card)
    settings = settings_of(card, {"temperature": request.temperature})
    plan = plan_text(request.text, learned_characters(state.counts))
    engine = make_pen_engine(request.engine, card, weights)
    name, style = style_of(request.style, Styles(card, state, engine, model))
    scribe = Scribe(engine, style, settings, Alphabet(state.alphabet))
    lines = model_lines(plan)
    letters = []
    for index, path in enumerate(paths):
        pages = yield from write_lines(scribe, lines, seed + index, f"take {index + 1}")
        laid = _lay_out(plan, pages.lines, page, seed + index)
        recipe = _recipe(request, card, engine.name, name, settings, seed + index)
        files = _save(request, path, laid, recipe)
        letters.append(_letter(files, seed + index, laid, pages))
    yield HandwritingResult(
        model=card.name,
        engine=engine.name,
        style=name,
        temperature=settings.temperature,
        characters=len(request.text),
        letters=letters,
        glyphs=dict(sorted(plan.glyphs.items())),
        missing=dict(sorted(plan.missing.items())),
        licence=card.licence,
        warnings=_warnings(plan, letters),
    )


def _page_settings(request: SampleHandwriting) -> PageSettings:
    if not 0.01 <= request.pen_width <= 20:
        width = f"{request.pen_width:g}"
        raise UsageError(f"pen width {width} mm is out of range, allowed: 0.01 to 20")
    wander = {} if request.wander is None else {"wander": request.wander}
    return PageSettings(
        size=request.page,
        margins=request.margin,
        x_height=request.x_height,
        line_pitch=request.line_pitch,
        align=request.align,
        **wander,
    )


def _lay_out(
    plan: Plan, lines: Sequence[DrawnLine], page: PageSettings, seed: int
) -> tuple[LaidPage, ...]:
    glyph_rng, page_rng = np.random.default_rng((seed, 1 << 20)).spawn(2)
    return lay_out(paragraphs_of(plan, lines, page.x_height, glyph_rng), page, page_rng)


def _recipe(
    request: SampleHandwriting,
    card: Card,
    engine: str,
    style: str,
    settings: Settings,
    seed: int,
) -> dict[str, object]:
    """How a letter is made, as it is told in the file."""
    asked = ("text", "page", "x_height", "line_pitch", "margin", "align", "wander")
    return {
        "seqgen": __version__,
        "model": card.name,
        "engine": engine,
        "style": style,
        "temperature": settings.temperature,
        "seed": seed,
        **{name: getattr(request, name) for name in asked},
    }


def _save(
    request: SampleHandwriting,
    path: str,
    pages: Sequence[LaidPage],
    recipe: dict[str, object],
) -> list[str]:
    """Write the pages of a take, numbered where there are several; all are drawn before."""
    if len(pages) > 1 and path == STDOUT:
        raise UsageError(f"standard output takes one page, the text fills {len(pages)}")
    paths = [path]
    if len(pages) > 1:
        paths = [numbered(path, number) for number in range(1, len(pages) + 1)]
        for one in paths:
            check_output(one, request.force)
    files = [
        page_file(
            one,
            page,
            recipe | {"page_number": number, "pages": len(pages)},
            title=request.text if len(request.text) <= TITLE else request.text[:TITLE] + " ...",
            pen_width=request.pen_width,
            colour=request.colour,
            guides=request.guides,
            curves=request.curves,
        )
        for number, (one, page) in enumerate(zip(paths, pages, strict=True), start=1)
    ]
    for one, data in zip(paths, files, strict=True):
        write_output(one, data, request.force)
    return paths


def _letter(paths: list[str], seed: int, laid: Sequence[LaidPage], pages: Written) -> Letter:
    statistics = plot_statistics(page.ink for page in laid)
    return Letter(
        paths=paths,
        seed=seed,
        lines=sum(len(page.lines) for page in laid),
        strokes=sum(len(page.ink.strokes) for page in laid),
        points=sum(page.ink.points for page in laid),
        pen_mm=round(statistics.pen_down, 1),
        plot_seconds=round(statistics.seconds(PlotSpeeds()), 1),
        redrawn=dict(sorted(pages.redrawn.items())),
        faults=dict(sorted(pages.faults.items())),
    )


def _warnings(plan: Plan, letters: Sequence[Letter]) -> list[str]:
    warnings = []
    if plan.missing:
        named = ", ".join(f"{c} (U+{ord(c):04X})" for c in sorted(plan.missing))
        warnings.append(f"there is no glyph for {named}: a box is drawn in its place")
    for letter in letters:
        if letter.faults:
            named = ", ".join(f"{name} {count}" for name, count in letter.faults.items())
            warnings.append(f"seed {letter.seed}: lines that may not read well: {named}")
    return warnings
