"""Which style a name, a file or a mix of them means, as a style vector."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from seqgen.core.checkpoint import Card
from seqgen.core.pen_engine import Float, PenEngine
from seqgen.errors import UsageError, did_you_mean
from seqgen.frontends.handwriting.codec.state import InkState

NO_HAND = "none"


def style_of(
    wanted: str | None, card: Card, state: InkState, engine: PenEngine[Any]
) -> tuple[str, Float]:
    """The name and the vector (S,) of a style: a name, or a mix ``a:0.6,b:0.4`` of weight 1.

    ``none`` is no hand's style. None is the model's first style.
    """
    if wanted is None:
        wanted = state.styles[0] if state.styles else NO_HAND
    parts = [_part(part) for part in wanted.split(",")]
    total = sum(weight for _, weight in parts)
    if not math.isfinite(total) or total <= 0:
        raise UsageError(f"style {wanted!r} needs weights above 0, as in a:0.6,b:0.4")
    vectors = [_vector(name, card, state, engine) * (weight / total) for name, weight in parts]
    return wanted, np.sum(vectors, axis=0, dtype=np.float32)


def _part(text: str) -> tuple[str, float]:
    name, colon, weight = text.strip().rpartition(":")
    if not colon:
        return text.strip(), 1.0
    try:
        found = float(weight)
    except ValueError:
        return text.strip(), 1.0
    if not 0 <= found < math.inf:
        raise UsageError(f"style {text.strip()!r} needs a weight of 0 or more")
    return name.strip(), found


def _vector(name: str, card: Card, state: InkState, engine: PenEngine[Any]) -> Float:
    if name == NO_HAND:
        return engine.style(0)
    if name in state.styles:
        return engine.style(state.styles.index(name) + 1)
    known = [*state.styles, NO_HAND]
    raise UsageError(f"model {card.name} has no style {name!r}, {did_you_mean(name, known)}")
