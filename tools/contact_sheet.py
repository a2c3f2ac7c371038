"""Draw a contact sheet of a model of handwriting: styles, temperatures, and texts that are hard.

python -m tools.contact_sheet MODEL -o docs/images/hand.svg [--seed N]
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from seqgen.api.models import resolve
from seqgen.api.scribe import Scribe, write_lines
from seqgen.api.styles import Styles, style_of
from seqgen.config import Progress
from seqgen.core.checkpoint import Card, read_bundle
from seqgen.core.engines import make_pen_engine
from seqgen.core.sampler import Settings
from seqgen.files import write_file
from seqgen.frontends.handwriting.codec.alphabet import Alphabet
from seqgen.frontends.handwriting.codec.state import InkState, read_state
from seqgen.frontends.handwriting.glyphs.drawing import draw
from seqgen.frontends.handwriting.ink.ink import Ink, joined
from seqgen.frontends.handwriting.ink.page_ink import PageInk, PenInk
from seqgen.frontends.handwriting.ink.svg_writer import svg_page
from seqgen.frontends.handwriting.page.layout import lay_out
from seqgen.frontends.handwriting.page.page import PageSettings
from seqgen.frontends.handwriting.writing.compose import paragraphs_of
from seqgen.frontends.handwriting.writing.lines import model_lines
from seqgen.frontends.handwriting.writing.plan import learned_characters, plan_text

X_HEIGHT = 2.0  # mm
LABEL = 1.2  # mm, the x-height of labels
WIDTH, MARGIN, GAP = 290.0, 10.0, 4.0  # mm
PANGRAM = "The five boxing wizards jump quickly, and my lazy dog sleeps."
TEMPERATURES = (0.2, 0.5, 0.8, 1.0)
STRESS = (
    "Pack my box with five dozen liquor jugs. Sphinx of black quartz, judge my vow!",
    "0123456789, 24 December 1987, 3.14, 50%, #7, (a) [b] {c} <d> a+b=c",
    "Q X Z K U V, XxXxXx, QUICK ZEBRA",
    "Größe, Äpfel, Übermut, café, naïve, señor, Ångström, façade, Dvořák",
    "A line of a hundred and twenty characters goes on and on, and it must neither fade nor run "
    "away before it comes to its end.",
    "a",
    "I",
    "... --- !!! ??? ,,, \"' ;:",
    "Dear Ada, thank you. Dear Ada, thank you. Dear Ada, thank you.",
)


@dataclass
class _Sheet:
    """Ink and labels of a page that grows downwards."""

    ink: list[Ink]
    labels: list[Ink]
    bottom: float = MARGIN

    def add(self, label: str, ink: Ink, height: float) -> None:
        """Put a block of ink, its top left corner at the origin, under a label."""
        drawn = draw(label, x_height=LABEL, rng=np.random.default_rng(0), jitter=0, missing=True)
        self.labels.append(drawn.ink.moved(MARGIN, self.bottom + 2 * LABEL))
        self.bottom += 3 * LABEL
        self.ink.append(ink.moved(MARGIN, self.bottom))
        self.bottom += height + GAP


def main() -> None:
    """Read the model, write every block, save the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    model = resolve(args.model)
    card, weights = read_bundle(model)
    state = read_state(card.name, card.state, card.spec)
    sheet = _Sheet([], [])
    usual = card.sampling.get("temperature", 1.0)
    blocks = [(style, usual, PANGRAM) for style in state.styles]
    blocks += [(state.styles[0], heat, PANGRAM) for heat in TEMPERATURES]
    blocks += [(state.styles[0], usual, text) for text in STRESS]
    engine = make_pen_engine("numpy", card, weights)
    for style, heat, text in blocks:
        name, vector = style_of(style, Styles(card, state, engine, model))
        scribe = Scribe(
            engine, vector, Settings(heat), Alphabet(state.alphabet), state.pace / state.thin
        )
        ink, height, faults = _written(scribe, state, text, args.seed)
        sheet.add(f"{name}, temperature {heat:g}{faults}", ink, height)
    pens = (
        PenInk(joined(sheet.ink), width=0.3),
        PenInk(joined(sheet.labels), "labels", "#6080a0", 0.15),
    )
    page = PageInk(WIDTH, sheet.bottom + MARGIN, pens)
    write_file(args.output, svg_page(page, title=_title(card), recipe={"seed": args.seed}))


def _title(card: Card) -> str:
    return f"contact sheet of the model {card.name}"


def _written(scribe: Scribe, state: InkState, text: str, seed: int) -> tuple[Ink, float, str]:
    """A text as a block of ink at the origin, its height, and what went wrong."""
    plan = plan_text(text, learned_characters(state.counts))
    work = write_lines(scribe, model_lines(plan), seed, "")
    while True:
        try:
            value = next(work)
            assert isinstance(value, Progress)
        except StopIteration as stop:
            written = stop.value
            break
    rng, wander = np.random.default_rng((seed, 1)).spawn(2)
    words = paragraphs_of(plan, written.lines, X_HEIGHT, rng)
    settings = PageSettings(x_height=X_HEIGHT, margins=0.0, fit_width=WIDTH - 2 * MARGIN)
    (page,) = lay_out(words, settings, wander)
    told = {**written.redrawn, **{f"left {k}": n for k, n in written.faults.items()}}
    return page.ink, page.height, "".join(f", {name} {count}" for name, count in told.items())


if __name__ == "__main__":
    main()
