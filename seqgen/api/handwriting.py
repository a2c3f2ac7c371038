"""Sample handwriting: a text in, pages of ink in millimetres out."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence

import msgspec

from seqgen import __version__
from seqgen.api.commission import DEFAULT_MODEL, Commission, commission
from seqgen.api.output_file import STDOUT, check_output, write_output
from seqgen.api.scribe import Written
from seqgen.api.takes import numbered, take_paths, take_seed
from seqgen.config import HandwritingResult, Letter, Progress, SampleHandwriting
from seqgen.errors import UsageError
from seqgen.frontends.handwriting.page.files import check_suffix, page_file
from seqgen.frontends.handwriting.page.laid import LaidPage
from seqgen.frontends.handwriting.page.plot import PlotSpeeds, plot_statistics
from seqgen.frontends.handwriting.writing.plan import Plan

__all__ = ["DEFAULT_MODEL", "sample_handwriting", "warnings_of"]

TITLE = 80  # characters of the text in the title of a page


def sample_handwriting(request: SampleHandwriting) -> Iterator[Progress | HandwritingResult]:
    """Write a text, yielding progress and last the result.

    Take i (from 0) is drawn with seed + i. Nothing is written before the text, the model, the
    page and the outputs have been looked at, and no page before all takes are drawn.
    """
    check_suffix(request.output)
    paths = take_paths(request.output, request.count, request.force)
    seed = take_seed(request.seed, request.count)
    task = commission(request)
    letters, files = [], dict[str, bytes]()
    for index, path in enumerate(paths):
        note = f"take {index + 1}"
        laid, written = yield from task.draw(seed + index, note)
        recipe = _recipe(request, task, seed + index)
        pages = yield from _pages(request, path, laid, recipe, note)
        letters.append(_letter(list(pages), seed + index, laid, written))
        files |= pages
    for path, data in files.items():
        write_output(path, data, request.force)
    yield HandwritingResult(
        model=task.card.name,
        engine=task.scribe.engine.name,
        style=task.style,
        temperature=task.scribe.settings.temperature,
        characters=len(request.text),
        letters=letters,
        glyphs=dict(sorted(task.plan.glyphs.items())),
        missing=dict(sorted(task.plan.missing.items())),
        licence=task.card.licence,
        warnings=warnings_of(task.plan, [(letter.seed, letter.faults) for letter in letters]),
    )


def _recipe(request: SampleHandwriting, task: Commission, seed: int) -> dict[str, object]:
    """How a letter is made, as it is told in the file."""
    asked = ("text", "page", "x_height", "line_pitch", "margin", "align", "wander")
    drawn = ("pen_width", "colour", "guides", "curves")
    redraws = {"redraws": msgspec.to_builtins(request.redraws)} if request.redraws else {}
    return {
        "seqgen": __version__,
        "model": task.card.name,
        "engine": task.scribe.engine.name,
        "style": task.style,
        "temperature": task.scribe.settings.temperature,
        "seed": seed,
        **{name: getattr(request, name) for name in (*asked, *drawn)},
        **redraws,
    }


def _pages(
    request: SampleHandwriting,
    path: str,
    pages: Sequence[LaidPage],
    recipe: dict[str, object],
    note: str,
) -> Generator[Progress, None, dict[str, bytes]]:
    """The files of a take by name, numbered where there are several; OutputError."""
    if len(pages) > 1 and path == STDOUT:
        raise UsageError(f"standard output takes one page, the text fills {len(pages)}")
    paths = [path]
    if len(pages) > 1:
        paths = [numbered(path, number) for number in range(1, len(pages) + 1)]
        for one in paths:
            check_output(one, request.force)
    title = request.text if len(request.text) <= TITLE else request.text[:TITLE] + " ..."
    files = {}
    for number, (one, page) in enumerate(zip(paths, pages, strict=True), start=1):
        yield Progress(stage="drawing", done=number - 1, total=len(pages), note=note)
        files[one] = page_file(
            one,
            page,
            recipe | {"page_number": number, "pages": len(pages)},
            title=title,
            pen_width=request.pen_width,
            colour=request.colour,
            guides=request.guides,
            curves=request.curves,
        )
    return files


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


def warnings_of(plan: Plan, takes: Iterable[tuple[int, dict[str, int]]]) -> list[str]:
    """What a user should know of a text and its takes, by their seeds and faults."""
    warnings = []
    if plan.missing:
        named = ", ".join(f"{c} (U+{ord(c):04X})" for c in sorted(plan.missing))
        warnings.append(f"there is no glyph for {named}: a box is drawn in its place")
    for seed, faults in takes:
        if faults:
            named = ", ".join(f"{name} {count}" for name, count in faults.items())
            warnings.append(f"seed {seed}: lines that may not read well: {named}")
    return warnings
