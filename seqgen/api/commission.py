"""A commission: a text, the hand that writes it and its page, before anything is drawn."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from msgspec.structs import replace

from seqgen.api.engines import warm_engine
from seqgen.api.models import resolve
from seqgen.api.pen_stream import PenStream
from seqgen.api.press import Press
from seqgen.api.scribe import Advance, Scribe, Written, write_lines
from seqgen.api.styles import Styles, style_of, writing_state
from seqgen.api.takes import settings_of
from seqgen.config import Progress, Redraw, SampleHandwriting
from seqgen.core.checkpoint import Card, read_card
from seqgen.core.engines import make_pen_engine
from seqgen.errors import UsageError
from seqgen.frontends.handwriting.codec.alphabet import Alphabet
from seqgen.frontends.handwriting.page.laid import LaidPage
from seqgen.frontends.handwriting.page.layout import Placed
from seqgen.frontends.handwriting.page.page import PageSettings
from seqgen.frontends.handwriting.writing.compose import Redrawn, Size
from seqgen.frontends.handwriting.writing.lines import ModelLine, model_lines
from seqgen.frontends.handwriting.writing.plan import Plan, learned_characters, plan_text

DEFAULT_MODEL = "hand"
KEPT = 64  # takes and redrawn words; hands that were measured
T = TypeVar("T")
Eye = Callable[[Advance, Sequence[Placed]], dict[str, Any]]
"""What is to be told of a step and of the lines that found their places with it."""
Show = Callable[["Commission", PenStream], Eye]


@dataclass(frozen=True)
class Commission:
    """What is to be written, by whom and on what; ``style`` is the style's name."""

    card: Card
    plan: Plan
    lines: list[ModelLine]
    scribe: Scribe
    style: str
    page: PageSettings
    redraws: tuple[Redraw, ...]

    def draw(
        self, seed: int, note: str, show: Show | None = None
    ) -> Generator[Progress, None, tuple[tuple[LaidPage, ...], Written]]:
        """Write the text and lay it out, in mm; ``data`` is what ``show`` makes of the ink."""
        redrawn = []
        for redraw in self.redraws:
            redrawn.append((yield from self._drawn_anew(redraw, note)))
        press = Press(self.plan, self.lines, self.page, seed, redrawn)
        eye = None
        if show is not None and self._key(self.lines, seed) not in _DRAWN:
            eye = show(self, PenStream(self.plan, self.lines, self.page, press, self._size))
        work = self._kept(self.lines, seed)
        beat = Progress(stage="writing", done=0, total=self._length(self.lines), note=note)
        with closing(work):
            while True:
                try:
                    step = next(work)
                except StopIteration as end:
                    written: Written = end.value
                    break
                beat = replace(beat, done=step.read)
                placed = yield from _paced(press.take(step.settled), beat)
                yield replace(beat, data=eye(step, placed)) if eye else beat
        pages = yield from _paced(press.finish(), beat)
        if press.size is not None:
            _SIZES[self._hand] = press.size
            _SIZES.move_to_end(self._hand)
            while len(_SIZES) > KEPT:  # each holds its engine in memory
                _SIZES.popitem(last=False)
        return pages, written

    @property
    def _hand(self) -> tuple[Any, ...]:
        return self.scribe.engine, self.scribe.style.tobytes()

    @property
    def _size(self) -> Size:
        """The size of the hand where it has written before, else what is typical."""
        return _SIZES.get(self._hand, Size())

    def _drawn_anew(self, redraw: Redraw, note: str) -> Generator[Progress, None, Redrawn]:
        """The lines that hold words drawn anew, from random streams of their own."""
        words = range(redraw.first, redraw.last + 1)
        lines = [
            line
            for line in self.lines
            if any(p.paragraph == redraw.paragraph and p.word in words for p in line.places)
        ]
        work = self._kept(lines, redraw.seed)
        total = self._length(lines)
        with closing(work):
            while True:
                try:
                    step = next(work)
                except StopIteration as end:
                    written: Written = end.value
                    break
                yield Progress(stage="writing", done=step.read, total=total, note=note)
        rng = np.random.default_rng((redraw.seed, 1 << 20))
        return Redrawn(redraw.paragraph, redraw.first, redraw.last, written.lines, rng)

    def _length(self, lines: Sequence[ModelLine]) -> int:
        return sum(len(line.text) for line in lines)

    def _key(self, lines: Sequence[ModelLine], seed: int) -> tuple[Any, ...]:
        return (*self._hand, self.scribe.settings, tuple(lines), seed)

    def _kept(self, lines: Sequence[ModelLine], seed: int) -> Generator[Advance, None, Written]:
        """Write lines as ``write_lines`` does; the same lines once more come at once."""
        key = self._key(lines, seed)
        if key in _DRAWN:
            _DRAWN.move_to_end(key)
            yield Advance(self._length(lines), settled=dict(enumerate(_DRAWN[key].lines)))
            return _DRAWN[key]
        _DRAWN[key] = yield from write_lines(self.scribe, lines, seed)
        while len(_DRAWN) > KEPT:
            _DRAWN.popitem(last=False)
        return _DRAWN[key]


def commission(request: SampleHandwriting) -> Commission:
    """Look at the text, the page, the model and the style of a request.

    The engine stays loaded between requests of one process, see ``warm_engine``.
    """
    page = _page_settings(request)
    model = resolve(request.model or DEFAULT_MODEL)
    card = read_card(model)
    state = writing_state(card)
    settings = settings_of(card, {"temperature": request.temperature})
    plan = plan_text(request.text, learned_characters(state.counts))
    _check_redraws(request.redraws, plan)
    engine = warm_engine(model, request.engine, make_pen_engine)
    name, style = style_of(request.style, Styles(card, state, engine, model))
    scribe = Scribe(engine, style, settings, Alphabet(state.alphabet), state.pace / state.thin)
    return Commission(card, plan, model_lines(plan), scribe, name, page, request.redraws)


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


def _check_redraws(redraws: Sequence[Redraw], plan: Plan) -> None:
    for redraw in redraws:
        if not 0 <= redraw.paragraph < len(plan.paragraphs):
            known = f"the text has {len(plan.paragraphs)}"
            raise UsageError(f"paragraph {redraw.paragraph} cannot be redrawn, {known}")
        words = len(plan.paragraphs[redraw.paragraph])
        if not 0 <= redraw.first <= redraw.last < words:
            asked = f"words {redraw.first} to {redraw.last} of paragraph {redraw.paragraph}"
            raise UsageError(f"{asked} cannot be redrawn, it has {words}")
        if not 0 <= redraw.seed < 2**63:
            raise UsageError(f"seed {redraw.seed} is out of range, allowed: 0 to {2**63 - 1}")


def _paced(work: Generator[None, None, T], beat: Progress) -> Generator[Progress, None, T]:
    """The work, with a beat of progress where it yields, so that it can be stopped."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result
        yield beat


_DRAWN = OrderedDict[tuple[Any, ...], Written]()
"""What was drawn last, by all that decides it."""
_SIZES = OrderedDict[tuple[Any, ...], Size]()
"""How large the last hands write, by engine and style."""
