"""Write the starter corpus of handwriting: the same files, byte for byte, on every run.

python tools/make_starter_hand.py datasets/starter-hand/ink
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from seqgen.frontends.handwriting.glyphs.drawing import draw
from seqgen.frontends.handwriting.ink.ink import Ink, Stroke
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml
from seqgen.frontends.handwriting.ink.spline import sampled

TEXTS = Path(__file__).with_name("starter_hand_lines.txt")
FINE = 0.04  # x-heights between points as drawn
MOMENT = 0.38  # x-heights between points as written, where the stroke is straight
PITCH = 5.0  # x-heights from line to line
EXITS = "acdehklmnu"  # small letters that end in an upstroke
FROM_STEM = "imnprujyvw"  # an upstroke leads straight into these
FROM_BOWL = "acdgoq"  # and over the top of these
ENTRIES = FROM_STEM + FROM_BOWL + "e"
ROOM = 0.14  # x-heights that an upstroke takes


@dataclass(frozen=True)
class Hand:
    """A simulated hand: sizes of parts of letters, and how often they are joined.

    ``size`` is the x-height in mm; ``tall`` and ``deep`` stretch what lies above and below it.
    """

    name: str
    size: float
    slant: float
    width: float
    tracking: float
    tall: float
    deep: float
    jitter: float
    joining: float


HANDS = (
    Hand("alder", 2.2, 0.00, 1.00, 0.02, 1.00, 1.00, 0.8, 0.0),
    Hand("birch", 1.8, 0.25, 0.88, 0.02, 1.20, 1.10, 0.9, 0.6),
    Hand("cedar", 2.6, -0.12, 1.15, 0.06, 0.85, 0.85, 1.0, 0.0),
    Hand("elder", 2.0, 0.45, 0.95, 0.04, 1.10, 1.25, 0.9, 1.0),
    Hand("hazel", 2.4, 0.10, 1.25, 0.00, 0.80, 0.80, 1.1, 1.0),
    Hand("holly", 1.7, 0.15, 0.80, 0.04, 1.35, 1.20, 0.7, 0.0),
    Hand("larch", 2.1, 0.35, 1.08, 0.10, 0.95, 1.00, 1.5, 0.3),
    Hand("maple", 2.8, 0.05, 0.92, 0.05, 0.75, 0.70, 1.2, 0.8),
    Hand("olive", 1.9, -0.20, 1.00, 0.08, 1.05, 0.95, 1.3, 0.5),
    Hand("rowan", 2.3, 0.55, 0.85, 0.04, 1.15, 1.15, 1.0, 0.9),
    Hand("thorn", 2.0, 0.20, 1.12, 0.14, 1.25, 1.30, 0.6, 0.0),
    Hand("yew", 2.5, 0.30, 1.02, 0.00, 0.90, 0.90, 1.6, 1.0),
)


def lines_of(number: int) -> list[InkLine]:
    """Return the lines that a hand has written, one below the other on a page."""
    hand, rng = HANDS[number], np.random.default_rng(number)
    texts = TEXTS.read_text("utf-8").splitlines()[number :: len(HANDS)]
    return [
        InkLine(written(text, hand, rng).moved(0.0, row * PITCH * hand.size), text, hand.name)
        for row, text in enumerate(texts)
    ]


def written(text: str, hand: Hand, rng: np.random.Generator) -> Ink:
    """Write a line in a hand, in mm: upright and fine first, then joined, leant and thinned."""
    drawn = draw(
        text,
        x_height=1.0,
        width=hand.width,
        tracking=hand.tracking,
        jitter=hand.jitter,
        spacing=FINE,
        rng=rng,
    )
    letters = [list(drawn.ink.strokes[start:stop]) for start, stop in drawn.spans]
    shift = 0.0
    for (before, left), (after, right) in pairwise(zip(text, letters, strict=True)):
        joins = before in EXITS and after in ENTRIES and rng.random() < hand.joining
        shift += ROOM * joins
        right[:] = [np.add(stroke, (shift, 0.0)) for stroke in right]
        if joins:
            right[0] = _joined(left.pop(), right[0], after in FROM_BOWL)
    strokes = [stroke for letter in letters for stroke in letter]
    return Ink(tuple(_timed(_shaped(stroke, hand)) * hand.size for stroke in strokes))


def _joined(left: Stroke, right: Stroke, from_bowl: bool) -> Stroke:
    """Lead the last stroke of a letter into the first of the next, from the left."""
    side, width = right[:, 0].min(), np.ptp(right[:, 0])
    over = [(side + 0.16 * width, -0.76), (side + 0.46 * width, -1.0)] if from_bowl else []
    knots = np.array([left[-4], left[-1], *over, right[0]])
    bridge = sampled(knots, np.zeros(len(knots), bool), FINE)
    return np.concatenate([left[:-4], bridge[:-1], right])


def _shaped(stroke: Stroke, hand: Hand) -> Stroke:
    x, y = stroke.T
    above, below = np.minimum(y + 1, 0), np.maximum(y, 0)
    y = np.clip(y, -1, 0) + above * hand.tall + below * hand.deep
    return np.stack([x - hand.slant * y, y], axis=1)


def _timed(stroke: Stroke) -> Stroke:
    """Take points evenly in time of a hand that slows down in bends.

    Speed goes with the radius to the power of one third (Lacquaniti, Terzuolo and Viviani
    1983, "The law relating the kinematic and figural aspects of drawing movements").
    """
    steps = np.diff(stroke, axis=0)
    lengths = np.maximum(np.hypot(*steps.T), 1e-9)
    headings = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
    turns = np.abs(np.diff(headings, prepend=headings[0]))
    turns = np.convolve(np.pad(turns, 1), np.ones(3) / 3, "valid")
    times = np.cumsum([0.0, *(lengths * (0.5 + turns / lengths) ** (1 / 3))])
    count = max(1, round(times[-1] / MOMENT))
    at = np.linspace(0, times[-1], count + 1)
    return np.stack([np.interp(at, times, axis) for axis in stroke.T], axis=1)


def files() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file: a hand."""
    for number, hand in enumerate(HANDS):
        yield f"{hand.name}.inkml", write_inkml(lines_of(number))


def main(folder: Path) -> None:
    """Write all files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
