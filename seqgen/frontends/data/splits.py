"""The three parts of a corpus, and the rule for data of which nobody said what is what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Split = Literal["train", "valid", "test"]
VALID_SHARE = 0.1


def by_content(hashes: Mapping[str, str]) -> dict[str, Split]:
    """Put the tenth of the contents with the lowest hashes (at least one of two) in valid."""
    contents = sorted(set(hashes.values()))
    valid = set(contents[: max(1, round(VALID_SHARE * len(contents)))])
    if len(contents) < 2:
        valid = set()
    return {name: "valid" if content in valid else "train" for name, content in hashes.items()}
