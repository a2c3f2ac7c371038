"""Faults of a drawn line: what shows that a model ran away, stuttered or left letters out."""

from __future__ import annotations

import numpy as np

from seqgen.frontends.handwriting.writing.drawn import DrawnLine

POINTS_A_CHARACTER = 11  # what a character takes in the training data, thinned by two
SLOWEST = 3.0  # times what a line takes
LINGERS = 5.0  # times what a character takes
GLIMPSE = 2  # points: the window rests on a letter at least so long, in 99 % of real ink
NARROW = frozenset("il")


def limit(characters: int) -> int:
    """Steps after which a line of so many characters has run away."""
    return int(SLOWEST * POINTS_A_CHARACTER * (characters + 4))


def faults_of(drawn: DrawnLine) -> list[str]:
    """The names of a line's faults: ``runaway``, ``skipped`` and ``stutter``; none if it is good.

    A letter is skipped when the window hardly rested on it, it stutters when the window rested
    there for far too long.
    """
    text = drawn.line.text
    found = [] if drawn.ended else ["runaway"]
    rests = np.bincount(drawn.places, minlength=len(text))
    pairs = zip(text, rests.tolist(), strict=False)
    if any(rest < (1 if c in NARROW else GLIMPSE) for c, rest in pairs if c.isalpha()):
        found.append("skipped")
    if rests.max(initial=0) > LINGERS * POINTS_A_CHARACTER:
        found.append("stutter")
    return found
