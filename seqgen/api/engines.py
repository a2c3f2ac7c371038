"""Engines that stay loaded between the requests of one process."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from seqgen.core.checkpoint import Card, read_bundle
from seqgen.errors import ModelError, reason

KEPT = 4
E = TypeVar("E")
Make = Callable[[str, Card, dict[str, Any]], E]


def warm_engine(model: Path, name: str, make: Make[E]) -> E:
    """Return the engine ``make(name, card, weights)`` of a model file, the same if kept.

    The last ``KEPT`` are kept until their file changes; engines hold no state of a sequence.
    Raises ModelError, and what ``make`` raises.
    """
    try:
        file = model.stat()
    except OSError as error:
        raise ModelError(f"cannot read model {model}: {reason(error)}") from error
    stamp = file.st_mtime_ns, file.st_size, file.st_ino
    engine: E = _engine(model.absolute(), stamp, name, make)
    return engine


@lru_cache(KEPT)
def _engine(model: Path, stamp: tuple[int, ...], name: str, make: Make[Any]) -> Any:
    card, weights = read_bundle(model)
    return make(name, card, weights)
