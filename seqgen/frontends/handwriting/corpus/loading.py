"""Loading lines of handwriting: a source in, the lines of each split out."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from seqgen.config import Progress
from seqgen.errors import UsageError, did_you_mean
from seqgen.frontends.data.members import Skipped
from seqgen.frontends.data.splits import Split, by_content
from seqgen.frontends.handwriting.corpus.folder import FOLDER
from seqgen.frontends.handwriting.corpus.iamondb import IAMONDB
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.corpus.prepared import Prepared, prepare
from seqgen.frontends.handwriting.corpus.splits import Account, accounts, split_lists

LAYOUTS = {"iamondb": IAMONDB, "hash": FOLDER}
RULES = tuple(LAYOUTS)
"""Split rules of cards: ``iamondb`` by the published lists, ``hash`` 10 % by content."""


@dataclass(frozen=True)
class Lines:
    """The lines of each split (``train``, ``valid``, ``test``), sorted by name.

    ``skipped`` are the lines and files left out. ``accounts`` say for each published list what
    of it is used; there are none under the rule ``hash``.
    """

    splits: dict[Split, list[Line]]
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]
    accounts: tuple[Account, ...] = ()


def load_lines(source: Path, split_rule: str) -> Generator[Progress, None, Lines]:
    """Read a source (a folder, an archive or a file); yields progress, returns its lines.

    The second time they come from the cache. Ink is in the source's own units, as stored, and
    read-only. Raises UsageError for an unknown rule, InputFileError when no line can be used
    or the split lists are not found, OutputError when the cache cannot be written.
    """
    if split_rule not in LAYOUTS:
        raise UsageError(f"unknown split rule {split_rule!r}, {did_you_mean(split_rule, RULES)}")
    prepared = yield from prepare(source, LAYOUTS[split_rule])
    if split_rule == "hash":
        return _by_content(prepared)
    return _by_lists(source, prepared)


def _by_content(prepared: Prepared) -> Lines:
    names = [line.name for line in prepared.lines]
    splits = by_content(dict(zip(names, prepared.contents, strict=True)))
    chosen = _chosen((splits[line.name], line) for line in prepared.lines)
    return Lines(chosen, tuple(prepared.skipped), tuple(prepared.warnings))


def _by_lists(source: Path, prepared: Prepared) -> Lines:
    lists = split_lists(source, prepared.lists)
    split_of = {form: one.split for one in lists for form in one.forms}
    placed = [(split_of[line.hand], line) for line in prepared.lines if line.hand in split_of]
    unlisted = [
        Skipped(line.name, f"form {line.hand} is in no split list")
        for line in prepared.lines
        if line.hand not in split_of
    ]
    found = accounts([*prepared.lines, *prepared.skipped], lists)
    return Lines(
        _chosen(placed),
        (*prepared.skipped, *unlisted),
        (*prepared.warnings, *_missing(found)),
        tuple(found),
    )


def _chosen(placed: Iterable[tuple[Split, Line]]) -> dict[Split, list[Line]]:
    splits: dict[Split, list[Line]] = {"train": [], "valid": [], "test": []}
    for split, line in placed:
        splits[split].append(line)
    return splits


def _missing(found: Sequence[Account]) -> list[str]:
    """Say of each list that is not all there what is missing."""
    warnings = []
    for account in found:
        if account.short:
            absent = sum(every == 0 for _, every in account.lines.values())
            warnings.append(
                f"{account.split_list.name}: {account.used} of {account.expected} lines are used, "
                f"{absent} of {len(account.lines)} forms are not there"
            )
    return warnings
