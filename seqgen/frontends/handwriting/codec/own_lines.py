"""A user's own lines, as a model sees them, whatever device took their points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec
import numpy as np

from seqgen.core.steps import PenSpec, PenSteps
from seqgen.frontends.handwriting.codec.alphabet import Alphabet
from seqgen.frontends.handwriting.codec.sequences import InkAugment, InkSettings, LineSequences
from seqgen.frontends.handwriting.codec.state import InkState
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.spline import curve

PHASE = InkAugment(phase=0.5)


SLOWEST, FASTEST = 0.62, 1.6  # of the mean pace: nine of ten forms of IAM-OnDB lie between


class OwnLines:
    """Lines of one hand from one or more sources; those of a source share ``Line.hand``.

    A model has seen points at the pace of its training data, which hands vary: within the
    bounds above a source is thinned as that data was. One beyond them was taken by a faster or
    slower device (a tablet at 200 Hz, a mouse at 60 Hz): its points are thinned, or first filled
    in along smooth curves, to as many a character as the training data has on average.
    ``thin`` says how many points of a source make one. Drawn with a generator, a line varies in
    where its points are taken, and in nothing else.
    """

    def __init__(self, lines: Sequence[Line], state: InkState, spec: PenSpec) -> None:
        self.pace: dict[str, float] = {}
        self.thin: dict[str, float] = {}
        self._places: list[tuple[LineSequences, int]] = []
        settings = InkSettings(codec=state.codec, text=spec.characters > 0, styles=False)
        alphabet = Alphabet(state.alphabet)

        def sequences(some: Sequence[Line], thin: float = 1.0) -> LineSequences:
            wanted = msgspec.structs.replace(settings, thin=thin)
            return LineSequences(some, wanted, alphabet, (), PHASE)

        for source in dict.fromkeys(line.hand for line in lines):
            some = [line for line in lines if line.hand == source]
            pace = sequences(some).pace
            thin = state.thin
            if not SLOWEST <= pace / state.pace <= FASTEST:
                if pace < state.pace:
                    some = [_filled(line) for line in some]
                thin *= sequences(some).pace / state.pace
            found = sequences(some, thin)
            self._places += [(found, index) for index in range(len(some))]
            self.pace[source], self.thin[source] = pace, thin

    def __len__(self) -> int:
        return len(self._places)

    @property
    def first(self) -> int:
        """All lines count."""
        return len(self)

    def length(self, index: int) -> int:
        """Number of offsets of a line."""
        found, place = self._places[index]
        return found.length(place)

    def draw(self, index: int, rng: np.random.Generator | None) -> PenSteps:
        """A line as it is, or with its points taken elsewhere."""
        found, place = self._places[index]
        return found.draw(place, rng)


def _filled(line: Line) -> Line:
    """A line with points in between, for every stroke of three points and more."""
    return replace(line, ink=Ink(tuple(curve(stroke) for stroke in line.ink.strokes)))
