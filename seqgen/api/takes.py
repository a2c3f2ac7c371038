"""What the takes of both arts have in common: their files, their seeds, how they are drawn."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from seqgen.api.output_file import STDOUT, check_output
from seqgen.core.checkpoint import Card
from seqgen.core.sampler import Settings
from seqgen.errors import ModelError, UsageError, reason

MAX_COUNT = 1000
MAX_SEED = 2**63 - 1


def take_paths(output: str, count: int, force: bool) -> list[str]:
    """The files of ``count`` takes: ``-n 3 -o take.mid`` writes take-1.mid to take-3.mid."""
    check_count(count)
    if count == 1:
        paths = [output]
    elif output == STDOUT:
        raise UsageError("standard output takes one take, drop -n or name a file")
    else:
        paths = [numbered(output, number) for number in range(1, count + 1)]
    for path in paths:
        check_output(path, force)
    return paths


def check_count(count: int) -> None:
    """Raise UsageError for a number of takes that is none."""
    if not 1 <= count <= MAX_COUNT:
        raise UsageError(f"count {count} is out of range, allowed: 1 to {MAX_COUNT}")


def numbered(path: str, number: int) -> str:
    """The name of one of several files: ``page.svg`` and 2 give ``page-2.svg``."""
    whole = Path(path)
    return str(whole.with_name(f"{whole.stem}-{number}{whole.suffix}"))


def take_seed(seed: int | None, count: int) -> int:
    """The seed of the first take: as given, else drawn."""
    if seed is None:
        return secrets.randbelow(2**31)
    if not 0 <= seed <= MAX_SEED - count:
        raise UsageError(f"seed {seed} is out of range, allowed: 0 to {MAX_SEED}")
    return seed


def settings_of(card: Card, wanted: Mapping[str, Any]) -> Settings:
    """What is asked for, else what the model's card proposes."""
    try:
        proposed = msgspec.convert(card.sampling, Settings, strict=False)  # top_k: 40.0 is 40
    except (msgspec.ValidationError, UsageError) as error:
        raise ModelError(f"model {card.name} proposes bad settings: {reason(error)}") from error
    return replace(proposed, **{name: v for name, v in wanted.items() if v is not None})
