"""The split that a model is measured on: whether there is such a one, and what to know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seqgen.config import Evaluate
from seqgen.errors import InputFileError, UsageError, did_you_mean
from seqgen.frontends.data.members import Skipped

SPLITS = ("train", "valid", "test")


def check_split(name: str) -> None:
    """Raise UsageError unless ``name`` is a split."""
    if name not in SPLITS:
        raise UsageError(f"no split is called {name!r}, {did_you_mean(name, SPLITS)}")


def check_holds_some(request: Evaluate, sizes: Mapping[str, int], what: str) -> None:
    """Raise InputFileError where the split asked for is of size 0; ``what`` is counted."""
    if not sizes[request.split]:
        known = ", ".join(f"{name} {sizes[name]}" for name in SPLITS)
        raise InputFileError(
            f"split {request.split} of {request.data} holds no {what}, there are: {known}"
        )


def split_warnings(request: Evaluate, skipped: Sequence[Skipped], what: str) -> list[str]:
    """Say where a score is none of new data, and what of all splits was left out."""
    warnings = []
    if request.split == "train":
        new = {"pieces": "music", "lines": "lines"}[what]
        warnings.append(f"split train is what models learn from: it says nothing of new {new}")
    if skipped:
        first = f"{skipped[0].name}: {skipped[0].reason}"
        warnings.append(f"left out {len(skipped)} {what} of all splits, first {first}")
    return warnings
