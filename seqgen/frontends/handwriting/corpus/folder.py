"""Lines of handwriting in InkML files: a folder or an archive of them, or one file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from seqgen.errors import InputFileError
from seqgen.frontends.data.folders import members
from seqgen.frontends.data.members import Member, Skipped
from seqgen.frontends.handwriting.corpus.layout import Layout, read_lines
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.ink.inkml import InkLine, read_inkml

SUFFIXES = (".inkml",)


def read_folder(path: Path) -> Iterator[Line | Skipped]:
    """Read InkML: every line once, sorted by name, ink in the unit of its file.

    A line is named after its file and its place in it (``letter.inkml#2``), its hand is the
    one that the file names, else the file. Raises InputFileError when there is no such source
    or no line in it has both ink and text.
    """
    return read_lines(path, FOLDER)


class FilesReader:
    """Takes in InkML files one by one."""

    def __init__(self) -> None:
        self._found: list[Line | Skipped] = []

    def add(self, member: Member | Skipped) -> None:
        """Take in a file."""
        if isinstance(member, Skipped):
            self._found.append(member)
            return
        try:
            lines = read_inkml(member.data, member.name)
        except InputFileError as error:
            self._found.append(Skipped(member.name, str(error)))
            return
        if not lines:
            self._found.append(Skipped(member.name, "no lines in it"))
        digits = len(str(len(lines)))
        for number, line in enumerate(lines, 1):
            name = f"{member.name}#{number:0{digits}d}"
            self._found.append(_line(name, line.hand or member.name, line))

    def lines(self) -> list[Line | Skipped]:
        """Return what the files hold, sorted by name."""
        return sorted(self._found, key=lambda item: item.name)

    def lists(self) -> dict[str, str]:
        """There are no split lists among InkML files."""
        return {}


def _line(name: str, hand: str, line: InkLine) -> Line | Skipped:
    text = " ".join(line.text.split())
    if not line.ink:
        return Skipped(name, "no ink")
    if not text:
        return Skipped(name, "no text (an annotation of type truth) for this ink")
    return Line(name, hand, text, line.ink)


FOLDER = Layout(
    version="inkml-1",
    wanted="lines of InkML (.inkml) with ink and text",
    suffixes=SUFFIXES,
    files=partial(members, suffixes=SUFFIXES, in_order=False),
    reader=FilesReader,
)
