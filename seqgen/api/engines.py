"""Engines, and what they heard, that stay in memory between the requests of one process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Generator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from seqgen.core.checkpoint import Card, read_bundle
from seqgen.core.engine import Engine, State, feed
from seqgen.core.fingerprint import fingerprint
from seqgen.core.steps import Steps
from seqgen.errors import ModelError, reason

KEPT = 4
HEARD = 16
_heard: OrderedDict[tuple[Engine[Any], bytes], Any] = OrderedDict()
E = TypeVar("E")
Make = Callable[[str, Card, dict[str, Any]], E]


def warm_engine(model: Path, name: str, make: Make[E]) -> E:
    """Return the engine ``make(name, card, weights)`` of a model file, the same if kept.

    The last ``KEPT`` are kept until their file changes; engines hold no state of a sequence.
    Raises ModelError, and what ``make`` raises.
    """
    engine: E = _engine(model.absolute(), _stamp(model), name, make)
    return engine


def weights_of(model: Path) -> str:
    """The fingerprint of a model file's weights; raises ModelError."""
    return _weights(model.absolute(), _stamp(model))


def _stamp(model: Path) -> tuple[int, ...]:
    try:
        file = model.stat()
    except OSError as error:
        raise ModelError(f"cannot read model {model}: {reason(error)}") from error
    return file.st_mtime_ns, file.st_size, file.st_ino


@lru_cache(KEPT)
def _weights(model: Path, stamp: tuple[int, ...]) -> str:
    return fingerprint(read_bundle(model)[1])


@lru_cache(KEPT)
def _engine(model: Path, stamp: tuple[int, ...], name: str, make: Make[Any]) -> Any:
    card, weights = read_bundle(model)
    return make(name, card, weights)


def listen(engine: Engine[State], steps: Steps) -> Generator[int, None, State]:
    """Run steps through an engine, see ``feed``, and return its state, to be forked.

    The last ``HEARD`` states are kept: the same steps are not listened to again.
    """
    digest = blake2b(steps.fields.tobytes() + b"|" + steps.sides.tobytes()).digest()
    key = engine, digest
    if key not in _heard:
        state = engine.start()
        yield from feed(engine, state, steps)
        _heard[key] = state
        while len(_heard) > HEARD:
            _heard.popitem(last=False)
    _heard.move_to_end(key)
    found: State = _heard[key]
    return found
