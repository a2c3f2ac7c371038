"""What is in a ``.hand`` file: whose style, for which model, fitted to how much."""

from __future__ import annotations

from seqgen.api.models import resolve
from seqgen.api.styles import model_fingerprint
from seqgen.core.checkpoint import read_bundle
from seqgen.errors import ModelError
from seqgen.frontends.handwriting.hand_file import SUFFIX, HandFile, read_hand
from seqgen.reports import HandReport

SHORT = 8  # digits of a fingerprint in a message


def looks_like_hand(path: str, data: bytes) -> bool:
    """Whether a file is meant to be a style."""
    return path.lower().endswith(SUFFIX) or b'"seqgen_hand"' in data[: 1 << 18]


def inspect_hand(name: str, data: bytes) -> HandReport:
    """Say what is in the file ``name``; InputFileError for a damaged one."""
    hand = read_hand(data, name)
    return HandReport(
        path=name,
        name=hand.name,
        model=hand.model,
        fingerprint=hand.fingerprint,
        lines=hand.lines,
        characters=hand.characters,
        nats_per_point=hand.nats_per_point,
        warnings=_doubts(hand),
    )


def _doubts(hand: HandFile) -> list[str]:
    """Why the model of its name would refuse it."""
    try:
        own = model_fingerprint(read_bundle(resolve(hand.model))[1])
    except ModelError as error:
        return [f"its model cannot be looked at: {error}"]
    if own == hand.fingerprint:
        return []
    theirs = hand.fingerprint[:SHORT]
    return [f"it was fitted for {hand.model} {theirs}, the one at hand is {own[:SHORT]}"]
