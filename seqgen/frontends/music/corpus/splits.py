"""How a corpus is split into training, validation and held-back pieces.

The rule is named by the data set's card: ``own`` (the first folder of a name says it, as in
chorale JSON), ``pop909`` (by song number), ``maestro`` (its published table), ``hash`` (10 % by
content) and ``folder`` (``own`` where train and valid folders are there, else ``hash``).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

from seqgen.errors import UsageError, did_you_mean
from seqgen.frontends.data.folders import members
from seqgen.frontends.data.members import Member
from seqgen.frontends.data.splits import Split, by_content

RULES = ("folder", "hash", "maestro", "own", "pop909")

_FOLDERS: dict[str, Split] = {
    "train": "train",
    "training": "train",
    "valid": "valid",
    "validation": "valid",
    "val": "valid",
    "dev": "valid",
    "test": "test",
}


def split_of(
    rule: str, hashes: Mapping[str, str], published: Mapping[str, Split] | None = None
) -> dict[str, Split]:
    """Return the split of every piece.

    ``hashes`` maps a piece's name to the hash of its content, ``published`` a file name to its
    split (``published_splits``; used by rule ``maestro``). Pieces of the same content are on
    one side under every rule that goes by content. Raises UsageError for an unknown rule or a
    name that the rule cannot place.
    """
    if rule not in RULES:
        raise UsageError(f"unknown split rule {rule!r}, {did_you_mean(rule, RULES)}")
    if rule == "pop909":
        return {name: _pop909(name) for name in hashes}
    if rule == "maestro" and published:
        return {name: _published(name, published) for name in hashes}
    own = {name: _FOLDERS.get(name.split("/")[0].lower()) for name in hashes}
    if rule == "own" or (rule == "folder" and {"train", "valid"} <= set(own.values())):
        return {name: _placed(name, split) for name, split in own.items()}
    return by_content(hashes)


def published_splits(source: Path) -> dict[str, Split]:
    """Return file name -> split from the MAESTRO table (``maestro-*.csv``) in a source, if any."""
    found: dict[str, Split] = {}
    for table in members(source, (".csv",)):
        if isinstance(table, Member) and fnmatch(
            table.name.lower().split("/")[-1], "maestro*.csv"
        ):
            for row in csv.DictReader(io.StringIO(table.data.decode("utf-8", "replace"))):
                split = _FOLDERS.get(row.get("split") or "")
                if split and row.get("midi_filename"):
                    found[row["midi_filename"].split("/")[-1]] = split
    return found


def _pop909(name: str) -> Split:
    """Place a song: number ending in 3 validates, ending in 7 is held back."""
    number = re.match(r"(\d{3})\b", name.split("/")[-1])
    if number is None:
        raise UsageError(f"the pop909 split needs song numbers (NNN.mid), not {name!r}")
    splits: dict[str, Split] = {"3": "valid", "7": "test"}
    return splits.get(number[1][-1], "train")


def _published(name: str, published: Mapping[str, Split]) -> Split:
    split = published.get(name.split("/")[-1])
    if split is None:
        raise UsageError(f"{name!r} is not in the published table of the data set")
    return split


def _placed(name: str, split: Split | None) -> Split:
    if split is None:
        raise UsageError(f"{name!r} lies in no folder train, valid or test")
    return split
