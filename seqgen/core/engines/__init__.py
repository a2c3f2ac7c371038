"""The engines: torch is the reference and the way to a GPU, numpy starts without torch."""

from __future__ import annotations

from typing import Any

from seqgen.core.checkpoint import Card
from seqgen.core.engine import Engine, Float
from seqgen.core.pen_engine import PenEngine
from seqgen.core.steps import NetworkConfig, PenNetwork, PenSpec, StepSpec
from seqgen.errors import ModelError, UsageError

ENGINES = ("numpy", "torch")


def make_engine(name: str, card: Card, weights: dict[str, Float]) -> Engine[Any]:
    """Build the engine ``name`` for a model of fields; ``auto`` is numpy, which starts sooner.

    Raises UsageError for an unknown name and ModelError for a model of pen offsets.
    """
    spec, config = card.spec, card.network
    if not (isinstance(spec, StepSpec) and isinstance(config, NetworkConfig)):
        raise ModelError(f"model {card.name} draws pen offsets, not fields")
    if _known(name) == "torch":
        from seqgen.core.engines.torch_engine import TorchEngine

        return TorchEngine(spec, config, weights)
    from seqgen.core.engines.numpy_engine import NumpyEngine

    return NumpyEngine(spec, config, weights)


def make_pen_engine(name: str, card: Card, weights: dict[str, Float]) -> PenEngine[Any]:
    """Build the engine ``name`` for a model of pen offsets; see ``make_engine``."""
    spec, config = card.spec, card.network
    if not (isinstance(spec, PenSpec) and isinstance(config, PenNetwork)):
        raise ModelError(f"model {card.name} draws fields, not pen offsets")
    if _known(name) == "torch":
        from seqgen.core.engines.pen_torch_engine import PenTorchEngine

        return PenTorchEngine(spec, config, weights)
    from seqgen.core.engines.pen_numpy_engine import PenNumpyEngine

    return PenNumpyEngine(spec, config, weights)


def _known(name: str) -> str:
    if name not in ("auto", *ENGINES):
        raise UsageError(f"no engine is called {name!r}, known: auto, {', '.join(ENGINES)}")
    return name
