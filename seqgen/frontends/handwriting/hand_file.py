"""The ``.hand`` file: a style vector of somebody's own, and the model it was fitted for."""

from __future__ import annotations

import json
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from seqgen.errors import InputFileError, reason

SUFFIX = ".hand"
FORMAT = 1
MAX_BYTES = 1 << 18
LARGEST = 1e3  # no style is further from 0 in any dimension
Name = Annotated[str, Meta(max_length=200)]


class HandFile(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the file, as JSON: ``seqgen_hand`` is the version of its format.

    ``fingerprint`` is that of the weights of ``model``, for which alone the ``size`` numbers of
    ``vector`` mean a hand. ``lines`` and ``characters`` are how much it was fitted to, and
    ``nats_per_point`` how well: NLL with no hand's style, the nearest and the fitted one.
    """

    seqgen_hand: int
    name: Name
    model: Name
    fingerprint: Annotated[str, Meta(pattern="^[0-9a-f]{8,64}$")]
    size: int
    vector: list[float]
    lines: int = 0
    characters: int = 0
    nats_per_point: dict[str, float] = {}

    def __post_init__(self) -> None:
        if len(self.vector) != self.size:
            raise ValueError(f"it has {len(self.vector)} numbers where {self.size} are announced")
        for value in self.vector:
            if not abs(value) <= LARGEST:
                raise ValueError(f"{value:g} is no part of a style, the limit is {LARGEST:g}")


def hand_bytes(hand: HandFile) -> bytes:
    """The file's content: JSON with sorted keys, the same bytes for the same hand."""
    text = json.dumps(msgspec.to_builtins(hand), sort_keys=True, indent=1, ensure_ascii=False)
    return text.encode() + b"\n"


def read_hand(data: bytes, name: str) -> HandFile:
    """Check and return what is in a file; ``name`` is what messages call it.

    Raises InputFileError for what is no ``.hand`` file, of another format or damaged.
    """
    if len(data) > MAX_BYTES:
        raise InputFileError(f"{name} is no style file: it is longer than {MAX_BYTES >> 10} KiB")
    try:
        version = msgspec.json.decode(data, type=dict[str, Any]).get("seqgen_hand")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InputFileError(f"{name} is no style file: {reason(error)}") from None
    if version is None:
        raise InputFileError(f"{name} is no style file: it does not say seqgen_hand")
    if version != FORMAT:
        raise InputFileError(f"{name} has style format {version!r}, this seqgen reads {FORMAT}")
    try:
        return msgspec.json.decode(data, type=HandFile)
    except msgspec.MsgspecError as error:
        raise InputFileError(f"{name} is a damaged style file: {reason(error)}") from None
