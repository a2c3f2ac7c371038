"""Bundles whose card does not say the truth, and how a bundle is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from seqgen.core.checkpoint import Arrays, Card, pack, read_bundle
from seqgen.errors import ModelError
from tests.core.tiny import make_card


def refusal(path: Path, data: bytes) -> str:
    """Return the sentence with which a file is refused, without its path."""
    path.write_bytes(data)
    with pytest.raises(ModelError) as caught:
        read_bundle(path)
    text = str(caught.value)
    assert str(path) in text
    assert "\n" not in text
    assert not text.endswith(".")
    return text.replace(str(path), "FILE")


def lying(weights: Arrays, truth: Card | None = None, **changes: Any) -> bytes:
    """Return a bundle whose card is changed; ``a__b`` stands for an entry inside an entry."""
    card = msgspec.to_builtins(make_card() if truth is None else truth)
    for key, value in changes.items():
        *path, last = key.split("__")
        place = card
        for part in path:
            place = place[part]
        place[last] = value
    return pack(weights, card)
