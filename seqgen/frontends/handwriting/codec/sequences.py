"""Lines of handwriting as the trainer draws them: offsets, lifts, text and style, varied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta

from seqgen.core.steps import PenSpec, PenSteps
from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.codec.alphabet import (
    Alphabet,
    alphabet_of,
    closed_up,
    count_characters,
)
from seqgen.frontends.handwriting.codec.points import (
    ink_of,
    levelled,
    repaired,
    resampled,
    spread,
    trace_of,
)
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.ink.ink import Ink

Share = Annotated[float, Meta(ge=0, le=0.5)]
Codec = Literal["hand", "raw"]
RAW_MEAN, RAW_STD = 8.067, 56.037  # of VRNN's IAM-OnDB, on both axes (Chung et al. 2015)


class InkAugment(msgspec.Struct, frozen=True, kw_only=True):
    """How lines vary in training: size, width and slant by at most so much, and the style lost.

    ``phase`` moves where points are taken, in points of the source; see ``points.resampled``.
    """

    size: Share = 0.0
    width: Share = 0.0
    slant: Share = 0.0
    phase: Share = 0.0
    no_style: Annotated[float, Meta(ge=0, le=1)] = 0.0


class InkSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What of a line a model sees.

    Codec ``hand``: levelled, repaired, in spreads of its hand (``points.spread``). Codec
    ``raw``: as stored, offsets (d - 8.067) / 56.037 on both axes. ``thin`` is how many points
    of the source make one. ``least`` is how often a character must occur to be in the alphabet.
    """

    codec: Codec = "hand"
    text: bool = True
    styles: bool = True
    thin: Annotated[float, Meta(ge=1, le=16)] = 1.0
    least: Annotated[int, Meta(ge=1)] = 1


@dataclass(frozen=True)
class _Example:
    ink: Ink
    text: str
    style: int
    steps: int


class LineSequences:
    """Lines of one split; ``hands`` are the names of styles 1, 2, ..."""

    def __init__(
        self,
        lines: Sequence[Line],
        settings: InkSettings,
        alphabet: Alphabet,
        hands: Sequence[str],
        augment: InkAugment,
    ) -> None:
        self._settings, self._alphabet, self._augment = settings, alphabet, augment
        places = {hand: k + 1 for k, hand in enumerate(hands)} if settings.styles else {}
        inks = [line.ink for line in lines]
        if settings.codec == "hand":
            inks = normalised(lines)
        self._examples = [
            _Example(
                ink,
                closed_up(line.text),
                places.get(line.hand, 0),
                sum(len(resampled(s, settings.thin)) for s in ink.strokes) - 1,
            )
            for line, ink in zip(lines, inks, strict=True)
        ]

    def __len__(self) -> int:
        return len(self._examples)

    @property
    def first(self) -> int:
        """All lines are of the first source."""
        return len(self)

    @property
    def pace(self) -> float:
        """Points a character, repaired and not thinned; 0 for lines without text."""
        characters = sum(len(example.text) for example in self._examples)
        return sum(example.ink.points for example in self._examples) / max(1, characters)

    def length(self, index: int) -> int:
        """Number of offsets of a line: one less than its points."""
        return max(0, self._examples[index].steps)

    def draw(self, index: int, rng: np.random.Generator | None) -> PenSteps:
        """A line as it is, or varied by ``rng``."""
        example, settings, wanted = self._examples[index], self._settings, self._augment
        ink, phase, style = example.ink, 0.0, example.style
        if rng is not None:
            size, width, slant, phase = rng.uniform(-1, 1, 4)
            phase *= wanted.phase
            down = 1 + size * wanted.size
            across = down * (1 + width * wanted.width)
            if settings.codec == "hand":
                ink = ink.mapped(np.array([[across, slant * wanted.slant], [0.0, down]]))
            style = 0 if rng.random() < wanted.no_style else style
        ink = Ink(tuple(resampled(stroke, settings.thin, phase) for stroke in ink.strokes))
        text = self._alphabet.encode(example.text if settings.text else "")
        return encode(ink, settings.codec, text, style)


def normalised(lines: Sequence[Line]) -> list[Ink]:
    """Lines level, repaired and in spreads of their hand; see ``line_units``."""
    level = [levelled(line.ink) for line in lines]
    units = _units(lines, level)
    return [repaired(ink, unit).scaled(1 / unit) for ink, unit in zip(level, units, strict=True)]


def line_units(lines: Sequence[Line]) -> list[float]:
    """The spread of each line's hand (see ``points.spread``), in the unit of the ink.

    It is 1 for a hand with no height.
    """
    return _units(lines, [levelled(line.ink) for line in lines])


def _units(lines: Sequence[Line], level: Sequence[Ink]) -> list[float]:
    by_hand: dict[str, list[Ink]] = {}
    for line, ink in zip(lines, level, strict=True):
        by_hand.setdefault(line.hand, []).append(ink)
    units = {hand: _unit(inks) for hand, inks in by_hand.items()}
    return [units[line.hand] for line in lines]


def _unit(inks: Sequence[Ink]) -> float:
    try:
        return spread(inks)
    except ValueError:
        return 1.0


def encode(ink: Ink, codec: str, text: np.ndarray, style: int = 0) -> PenSteps:
    """The P - 1 steps between the P points of a line.

    A dot that is the first stroke is joined to the next: there is no step before it to lift.
    """
    trace = trace_of(ink)
    offsets = np.diff(trace.points, axis=0)
    if codec == "raw":
        offsets = (offsets - RAW_MEAN) / RAW_STD
    return PenSteps(offsets.astype(np.float32), trace.lifts[1:], text, style)


def decode(steps: PenSteps) -> Ink:
    """The ink of steps of codec ``hand``, from the origin, in spreads."""
    points = np.concatenate([np.zeros((1, 2)), np.cumsum(steps.offsets.astype(np.float64), 0)])
    return ink_of(points, np.concatenate([[False], steps.lifts]))


@dataclass(frozen=True)
class InkCorpus:
    """What a model is made for: its steps, its state, and the lines of each split."""

    spec: PenSpec
    state: dict[str, object]
    splits: dict[str, LineSequences]


def ink_corpus(
    splits: dict[str, list[Line]], settings: InkSettings, augment: InkAugment
) -> InkCorpus:
    """Encode the lines of all splits; alphabet and hands are those of the split ``train``.

    Raises InputFileError where there is no line to train on.
    """
    train = splits["train"]
    if not train:
        raise InputFileError("no line is left to train on")
    counts = count_characters(closed_up(line.text) for line in train)
    alphabet = alphabet_of(counts, settings.least) if settings.text else Alphabet("")
    hands = sorted({line.hand for line in train}) if settings.styles else []
    spec = PenSpec(
        characters=alphabet.size if settings.text else 0,
        styles=len(hands) + 1 if settings.styles else 0,
    )
    found = {
        name: LineSequences(lines, settings, alphabet, hands, augment)
        for name, lines in splits.items()
    }
    state: dict[str, object] = {
        "codec": settings.codec,
        "thin": settings.thin,
        "pace": round(found["train"].pace, 2),
        "alphabet": alphabet.characters,
        "counts": {c: counts[c] for c in alphabet.characters},
        "styles": hands,
    }
    return InkCorpus(spec, state, found)
