"""What a model of handwriting must remember of the lines that it was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from seqgen.core.steps import PenSpec, Spec
from seqgen.errors import ModelError, reason
from seqgen.frontends.handwriting.codec.alphabet import Alphabet
from seqgen.frontends.handwriting.codec.sequences import (
    Codec,
    InkAugment,
    InkSettings,
    LineSequences,
)
from seqgen.frontends.handwriting.corpus.line import Line


class InkState(msgspec.Struct, frozen=True, kw_only=True):
    """The ``state`` in the card of a model of handwriting.

    ``alphabet`` holds the characters of the classes 2, 3, ..., ``counts`` how often each was
    seen, ``styles`` the names of the style vectors 1, 2, ... ``codec`` and ``thin`` are those
    of ``InkSettings``, ``pace`` is that of the lines (``LineSequences.pace``); where a model does
    not say it is that of IAM-OnDB.
    """

    codec: Codec
    thin: Annotated[float, Meta(ge=1, le=16)]
    pace: Annotated[float, Meta(gt=0, le=10_000)] = 21.1
    alphabet: str
    counts: dict[str, int]
    styles: list[str]


def read_state(name: str, state: dict[str, Any], spec: Spec) -> InkState:
    """Check the state in the card of the model ``name`` against its steps.

    Raises ModelError where it is none, or of another number of characters or styles.
    """
    try:
        found = msgspec.convert(state, InkState)
    except msgspec.ValidationError as error:
        raise ModelError(f"model {name} has a damaged model card: {reason(error)}") from error
    sizes = (len(found.alphabet), len(found.styles))
    if not isinstance(spec, PenSpec) or sizes != _sizes(spec):
        counted = f"{sizes[0]} characters and {sizes[1]} styles"
        raise ModelError(f"model {name} was trained on other steps than those of its {counted}")
    return found


def _sizes(spec: PenSpec) -> tuple[int, int]:
    """Number of characters and of styles that have a name."""
    unnamed = Alphabet("").size
    return max(0, spec.characters - unnamed), max(0, spec.styles - 1)


def sequences_for(lines: Sequence[Line], state: InkState, spec: PenSpec) -> LineSequences:
    """Lines as a model sees them; a hand of which it has no style vector is style 0."""
    settings = InkSettings(
        codec=state.codec,
        text=spec.characters > 0,
        styles=spec.styles > 0,
        thin=state.thin,
    )
    return LineSequences(lines, settings, Alphabet(state.alphabet), state.styles, InkAugment())
