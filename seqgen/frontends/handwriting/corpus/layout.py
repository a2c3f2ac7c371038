"""What a layout of files must say for lines of handwriting to be read from it and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from seqgen.errors import InputFileError
from seqgen.frontends.data.members import Member, Skipped
from seqgen.frontends.handwriting.corpus.line import Line


class LinesReader(Protocol):
    """Takes in the files of a source one by one and gives the lines in them."""

    def add(self, member: Member | Skipped) -> None:
        """Take in a file, or one that could not be read."""

    def lines(self) -> list[Line | Skipped]:
        """Return what the files hold, each line once, sorted by name."""

    def lists(self) -> dict[str, str]:
        """Return the split lists that lay among the files: label -> text."""


@dataclass(frozen=True)
class Layout:
    """A way in which lines of handwriting lie in files.

    ``version`` changes whenever ``reader`` would give other lines of the same files, ``wanted``
    says what was looked for where none are found. A change of the files that end in
    ``suffixes`` is a change of the source.
    """

    version: str
    wanted: str
    suffixes: tuple[str, ...]
    files: Callable[[Path], Iterator[Member | Skipped]]
    reader: Callable[[], LinesReader]


def read_lines(source: Path, layout: Layout) -> Iterator[Line | Skipped]:
    """Read a source: every line once, sorted by name, and what was left out with the reason.

    Raises InputFileError when there is no such source or no line in it can be used.
    """
    reader = layout.reader()
    for member in layout.files(source):
        reader.add(member)
    found = reader.lines()
    check_any(found, source, layout)
    yield from found


def check_any(found: list[Line | Skipped], source: Path, layout: Layout) -> None:
    """Raise InputFileError unless a line was found."""
    left_out = [item for item in found if isinstance(item, Skipped)]
    if len(left_out) == len(found):
        reason = f"; left out {left_out[0].name}: {left_out[0].reason}" if left_out else ""
        raise InputFileError(f"no {layout.wanted} in {source}{reason}")
