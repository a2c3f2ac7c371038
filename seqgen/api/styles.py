"""Which style a name, a file or a mix of them means, as a style vector."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from seqgen.api.input_file import read_input
from seqgen.api.own_hands import hand_path
from seqgen.core.checkpoint import Card, read_bundle
from seqgen.core.fingerprint import fingerprint
from seqgen.core.pen_engine import Float, PenEngine
from seqgen.errors import InputFileError, ModelError, UsageError, did_you_mean
from seqgen.frontends.handwriting.codec.state import InkState, read_state
from seqgen.frontends.handwriting.hand_file import SUFFIX, read_hand

NO_HAND = "none"
INK_SUFFIX = ".inkml"
SHORT = 8  # digits of a fingerprint in a message


@dataclass(frozen=True)
class Styles:
    """Where a model's styles are found; ``model`` is its file."""

    card: Card
    state: InkState
    engine: PenEngine[Any]
    model: Path


def writing_state(card: Card) -> InkState:
    """The state of a model that writes a text by hand; ModelError for any other model."""
    if card.frontend != "handwriting":
        raise ModelError(f"model {card.name} is made for {card.frontend}, not for handwriting")
    state = read_state(card.name, card.state, card.spec)
    if state.codec != "hand" or not state.alphabet:
        raise ModelError(f"model {card.name} reads no text, it cannot write one")
    return state


def model_fingerprint(weights: Mapping[str, Float]) -> str:
    """What tells models apart for whom a style vector means something else.

    The table of styles does not count: a model may be given other hands.
    """
    return fingerprint(weights, apart=("styles.weight",))


def style_of(wanted: str | None, known: Styles) -> tuple[str, Float]:
    """The name and the vector (S,) of a style.

    It is a style's name, a ``.hand`` file (see ``hand_path``) or a mix of them,
    ``a:0.6,me.hand:0.4``, whose weights need not add up to 1. ``none`` is no hand's style, None
    the model's first.
    """
    if wanted is None:
        wanted = known.state.styles[0] if known.state.styles else NO_HAND
    parts = [_part(part) for part in wanted.split(",")]
    total = sum(weight for _, weight in parts)
    if not math.isfinite(total) or total <= 0:
        raise UsageError(f"style {wanted!r} needs weights above 0, as in a:0.6,b:0.4")
    vectors = [_vector(name, known) * (weight / total) for name, weight in parts]
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


def _vector(name: str, known: Styles) -> Float:
    if name == NO_HAND:
        return known.engine.style(0)
    if name in known.state.styles:
        return known.engine.style(known.state.styles.index(name) + 1)
    if name.lower().endswith(SUFFIX):
        return _fitted(name, known)
    if name.lower().endswith(INK_SUFFIX):
        fitted = Path(name).with_suffix(SUFFIX)
        first = f"fit a style to it first: seqgen hand fit {name} -o {fitted}"
        raise UsageError(f"style {name!r} is ink, {first}")
    names = [*known.state.styles, NO_HAND]
    hint = did_you_mean(name, names)
    raise UsageError(f"model {known.card.name} has no style {name!r}, {hint}")


def _fitted(path: str, known: Styles) -> Float:
    """The style vector in a ``.hand`` file; ModelError where it is another model's."""
    path = hand_path(path)
    hand, card = read_hand(read_input(path), path), known.card
    own = model_fingerprint(read_bundle(known.model)[1])
    if hand.fingerprint != own:
        theirs = f"{hand.model} ({hand.fingerprint[:SHORT]})"
        raise ModelError(
            f"style {path} was fitted for model {theirs}, not for {card.name} ({own[:SHORT]})"
        )
    vector = np.array(hand.vector, np.float32)
    if vector.shape != known.engine.style(0).shape:
        width = len(known.engine.style(0))
        found = f"{hand.size} numbers, those of model {card.name} have {width}"
        raise InputFileError(f"{path} is a damaged style file: its style has {found}")
    return vector
