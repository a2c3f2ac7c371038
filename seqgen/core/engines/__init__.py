"""The engines: torch is the reference and the way to a GPU, numpy starts without torch."""

from __future__ import annotations

from typing import Any

from seqgen.core.checkpoint import Card
from seqgen.core.engine import Engine, Float
from seqgen.errors import UsageError

ENGINES = ("numpy", "torch")


def make_engine(name: str, card: Card, weights: dict[str, Float]) -> Engine[Any]:
    """Build the engine ``name``; ``auto`` is numpy, which starts before torch is imported."""
    if name in ("auto", "numpy"):
        from seqgen.core.engines.numpy_engine import NumpyEngine

        return NumpyEngine(card, weights)
    if name == "torch":
        from seqgen.core.engines.torch_engine import TorchEngine

        return TorchEngine(card, weights)
    raise UsageError(f"no engine is called {name!r}, known: auto, {', '.join(ENGINES)}")
