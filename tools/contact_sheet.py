"""Draw a contact sheet of a model of handwriting: styles, temperatures, and texts that are hard.

python -m tools.contact_sheet MODEL -o docs/images/hand.svg [--seed N]
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from seqgen.api.commission import Commission, commission
from seqgen.api.models import resolve
from seqgen.api.styles import writing_state
from seqgen.config import SampleHandwriting
from seqgen.core.checkpoint import Card, read_card
from seqgen.files import write_file
from seqgen.frontends.handwriting.glyphs.drawing import draw
from seqgen.frontends.handwriting.ink.ink import Ink, joined
from seqgen.frontends.handwriting.ink.page_ink import PageInk, PenInk
from seqgen.frontends.handwriting.ink.svg_writer import svg_page

X_HEIGHT = 2.0  # mm
LABEL = 1.2  # mm, the x-height of labels
WIDTH, MARGIN, GAP = 260.0, 10.0, 4.0  # mm
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
    card = read_card(resolve(args.model))
    styles = writing_state(card).styles
    sheet = _Sheet([], [])
    usual = card.sampling.get("temperature", 1.0)
    blocks = [(style, usual, PANGRAM) for style in styles]
    blocks += [(styles[0], heat, PANGRAM) for heat in TEMPERATURES]
    blocks += [(styles[0], usual, text) for text in STRESS]
    for style, heat, text in blocks:
        request = SampleHandwriting(
            text=text,
            output="",
            model=args.model,
            style=style,
            temperature=heat,
            margin=0,
            x_height=X_HEIGHT,
        )
        asked = commission(request)
        ink, height, faults = _written(asked, args.seed)
        sheet.add(f"{asked.style}, temperature {heat:g}{faults}", ink, height)
    pens = (
        PenInk(joined(sheet.ink), width=0.3),
        PenInk(joined(sheet.labels), "labels", "#6080a0", 0.15),
    )
    page = PageInk(WIDTH, sheet.bottom + MARGIN, pens)
    write_file(args.output, svg_page(page, title=_title(card), recipe={"seed": args.seed}))


def _title(card: Card) -> str:
    return f"contact sheet of the model {card.name}"


def _written(asked: Commission, seed: int) -> tuple[Ink, float, str]:
    """A text as a block of ink at the origin, its height, and what went wrong."""
    work = asked.draw(seed, "")
    while True:
        try:
            next(work)
        except StopIteration as end:
            (page,), written = end.value
            break
    told = {**written.redrawn, **{f"left {k}": n for k, n in written.faults.items()}}
    return page.ink, page.height, "".join(f", {name} {count}" for name, count in told.items())


if __name__ == "__main__":
    main()
