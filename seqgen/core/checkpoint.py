"""Bundles and checkpoints: tensors plus one JSON card in one safetensors file. No pickle.

A bundle holds what sampling needs (weights in half precision by default); a training checkpoint
adds the optimiser, the averaged weights and the position.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from seqgen.core.shapes import parameter_shapes
from seqgen.core.steps import Network, PenNetwork, PenSpec, Spec
from seqgen.errors import ModelError, reason

FORMAT = 2
_KEY = "seqgen"
_MAX_HEADER = 16 << 20
Arrays = dict[str, NDArray[Any]]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What a model says of itself; ``state`` belongs to the frontend named.

    ValueError where the head of the network cannot draw the steps.
    """

    format: int
    name: str
    frontend: str
    state: dict[str, Any]
    spec: Spec
    network: Network
    description: str = ""
    training: dict[str, Any] = {}
    scores: dict[str, Any] = {}
    data: list[dict[str, str]] = []
    licence: str = ""
    date: str = ""
    sampling: dict[str, float] = {}

    def __post_init__(self) -> None:
        if isinstance(self.spec, PenSpec) != isinstance(self.network, PenNetwork):
            head, steps = (kind.__struct_config__.tag for kind in (self.network, self.spec))
            raise ValueError(f"the head {head} draws no steps of the kind {steps}")


def pack(arrays: Mapping[str, NDArray[Any]], card: object) -> bytes:
    """Serialise arrays and a card; the same content always gives the same bytes."""
    from safetensors.numpy import save

    text = json.dumps(msgspec.to_builtins(card), sort_keys=True, ensure_ascii=False)
    ordered = {name: np.ascontiguousarray(arrays[name]) for name in sorted(arrays)}
    return bytes(save(ordered, metadata={_KEY: text}))


def read_header(path: Path) -> dict[str, Any]:
    """Return the JSON stored under our key, reading only the head of the file.

    Raises ModelError with one sentence for a file that is missing, foreign or damaged.
    """
    try:
        with path.open("rb") as file:
            prefix = file.read(8)
            size = struct.unpack("<Q", prefix)[0] if len(prefix) == 8 else 0
            if not 2 <= size <= _MAX_HEADER:
                raise ModelError(f"{path} is not a seqgen model: it has no safetensors header")
            head = file.read(size)
    except OSError as error:
        raise ModelError(f"cannot read model {path}: {reason(error)}") from error
    try:
        stored = json.loads(head)["__metadata__"][_KEY]
        found = json.loads(stored)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = f"{path} is not a seqgen model: its header holds no seqgen card"
        raise ModelError(message) from error
    if not isinstance(found, dict):
        raise ModelError(f"{path} is not a seqgen model: its card is not an object")
    return found


def read_card(path: Path) -> Card:
    """Read and check the card of a model file without loading its weights."""
    header = read_header(path)
    if "position" in header:
        raise ModelError(f"{path} is a training checkpoint, the model is the file beside it")
    if header.get("format") != FORMAT:
        found = header.get("format")
        raise ModelError(f"{path} has model format {found!r}, this seqgen reads {FORMAT}")
    try:
        return msgspec.convert(header, Card)
    except msgspec.ValidationError as error:
        raise ModelError(f"{path} has a damaged model card: {reason(error)}") from error


def read_arrays(path: Path) -> Arrays:
    """Read every tensor of a safetensors file as numpy arrays."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return dict(load_file(path))
    except OSError as error:
        raise ModelError(f"cannot read model {path}: {reason(error)}") from error
    except (SafetensorError, KeyError, ValueError, TypeError) as error:
        raise ModelError(f"{path} is damaged or cut short: {reason(error)}") from error


def read_bundle(path: Path) -> tuple[Card, Arrays]:
    """Read a model: its card and its weights as float32.

    Raises ModelError unless the weights are those of the network that the card describes.
    """
    card = read_card(path)
    arrays = read_arrays(path)
    weights: Arrays = {}
    for name, shape in parameter_shapes(card.spec, card.network):
        array = arrays.pop(name, None)
        if array is None:
            raise ModelError(f"{path} lacks the weights {name} of the network in its card")
        if array.shape != shape:
            found = f"{array.shape}, its card says {shape}"
            raise ModelError(f"{path} holds the weights {name} in the shape {found}")
        with np.errstate(over="ignore"):
            weights[name] = array.astype(np.float32)
        if array.dtype.kind != "f" or not np.isfinite(weights[name]).all():
            raise ModelError(f"{path} holds weights that are no finite numbers: {name}")
    if arrays:
        raise ModelError(f"{path} holds the weights {min(arrays)}, which its network has not")
    return card, weights


def bundle_bytes(card: Card, weights: Mapping[str, NDArray[Any]]) -> bytes:
    """Serialise a model with weights in half precision, half the size at no audible cost."""
    return pack({name: array.astype(np.float16) for name, array in weights.items()}, card)
