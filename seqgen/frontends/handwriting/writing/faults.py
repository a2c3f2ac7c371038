"""Faults of a drawn line: what shows that a model ran away, stuttered or left letters out."""

from __future__ import annotations

import numpy as np

from seqgen.frontends.handwriting.writing.drawn import DrawnLine

PACE = 10.5  # points a character: IAM-OnDB, thinned by two
SLOWEST = 3.0  # times what a line takes
LINGERS = 5.0  # times what a character takes
GLIMPSE = 0.19  # of what a character takes: windows rest so long on a letter of real ink (99 %)
NARROW = frozenset("il")


def limit(characters: int, pace: float = PACE) -> int:
    """Steps after which a line of so many characters has run away; ``pace`` in points each."""
    return int(SLOWEST * pace * (characters + 4))


def faults_of(drawn: DrawnLine, pace: float = PACE) -> list[str]:
    """The names of a line's faults: ``runaway``, ``skipped`` and ``stutter``; none if it is good.

    A letter is skipped when the window hardly rested on it, it stutters when the window rested
    there for far too long. ``pace`` is how many points a character takes in the training data.
    """
    text = drawn.line.text
    found = [] if drawn.ended else ["runaway"]
    rests = np.bincount(drawn.places, minlength=len(text))
    pairs = zip(text, rests.tolist(), strict=False)
    least = max(1, round(GLIMPSE * pace))
    if any(rest < (1 if c in NARROW else least) for c, rest in pairs if c.isalpha()):
        found.append("skipped")
    if rests.max(initial=0) > LINGERS * pace:
        found.append("stutter")
    return found
