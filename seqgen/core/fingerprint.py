"""A fingerprint of a model's weights: whether a file that was made with a model fits another."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIGITS = 32


def fingerprint(weights: Mapping[str, NDArray[Any]], apart: Collection[str] = ()) -> str:
    """The first ``DIGITS`` hexadecimal digits of the SHA-256 of all weights but those ``apart``.

    Names, shapes and values (as float32) count; the order of the mapping does not.
    """
    digest = hashlib.sha256()
    for name in sorted(set(weights) - set(apart)):
        array = np.ascontiguousarray(weights[name], "<f4")
        digest.update(f"{name} {array.shape}\n".encode())
        digest.update(array.data)
    return digest.hexdigest()[:DIGITS]
