"""The IAM On-Line Handwriting Database: lines of ink from a whiteboard, with their text.

Official layout, below any prefix: ``lineStrokes/a01/a01-000/a01-000u-01.xml`` is the ink of
line 1 of form ``a01-000u``, and ``ascii/a01/a01-000/a01-000u.txt`` the text of the form.
Liwicki and Bunke, "IAM-OnDB - an on-line English sentence database acquired from handwritten
text on a whiteboard", ICDAR 2005.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from seqgen.errors import InputFileError
from seqgen.frontends.data.folders import members
from seqgen.frontends.data.members import Member, Skipped
from seqgen.frontends.handwriting.corpus.layout import Layout, read_lines
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.corpus.splits import FORM, LISTS
from seqgen.frontends.handwriting.corpus.whiteboard import read_whiteboard
from seqgen.frontends.handwriting.ink.ink import Ink

SUFFIXES = (".xml", ".txt")
DOWNLOADS = ("ascii-all.tar.gz", "lineStrokes-all.tar.gz")
"""The archives as the publisher offers them: one holds the text, the other the ink."""

_INK_NAME = re.compile(rf"(?:.*/)?(({FORM})-(\d\d))\.xml")
_TEXT_NAME = re.compile(rf"(?:.*/)?({FORM})\.txt")
_MARKED_BREAK = re.compile(r"%{4,}")


def read_iamondb(path: Path) -> Iterator[Line | Skipped]:
    """Read a copy of the database, a folder or an archive: every line once, sorted by name.

    Ink is in whiteboard units, as stored: spikes and repeated points stay. Text is that of the
    CSR section; runs of blanks in it are one space. Lines that cannot be used are ``Skipped``.
    Raises InputFileError when there is no such source or no line in it can be used.
    """
    return read_lines(path, IAMONDB)


def _files(path: Path) -> Iterator[Member | Skipped]:
    """Give the files of a copy; a folder may hold the two archives in place of what is in them."""
    for member in members(path, SUFFIXES, in_order=False):
        if isinstance(member, Skipped) and member.name in DOWNLOADS:
            yield from members(path / member.name, SUFFIXES, in_order=False)
        else:
            yield member


class FormsReader:
    """Takes in the files of the database one by one, in any order, and pairs ink with text."""

    def __init__(self) -> None:
        self._inks: dict[str, Ink | Skipped] = {}
        self._texts: dict[str, list[str] | Skipped] = {}
        self._lists: dict[str, str] = {}
        self._skipped: list[Skipped] = []

    def add(self, member: Member | Skipped) -> None:
        """Take in a file; files that hold neither ink nor text of a form are passed over."""
        ink, text = _INK_NAME.fullmatch(member.name), _TEXT_NAME.fullmatch(member.name)
        if ink and ink[1] not in self._inks:
            self._inks[ink[1]] = _ink(member, ink[1])
        elif text and text[1] not in self._texts:
            self._texts[text[1]] = _text(member)
        elif ink or text:
            self._skipped.append(Skipped(member.name, "another file has the same name"))
        elif isinstance(member, Skipped):
            self._skipped.append(member)
        elif member.name.split("/")[-1] in LISTS:
            self._lists[member.name] = member.data.decode("ascii", "replace")

    def lists(self) -> dict[str, str]:
        """Return the split lists that lay among the files: label -> text."""
        return self._lists

    def lines(self) -> list[Line | Skipped]:
        """Return every line once, sorted by name, then the files that could not be read.

        A line whose ink or text is missing or broken is ``Skipped``.
        """
        wanted = set(self._inks)
        for form, texts in self._texts.items():
            if isinstance(texts, list):
                wanted |= {f"{form}-{row:02d}" for row in range(1, len(texts) + 1)}
        return [self._line(name) for name in sorted(wanted)] + self._skipped

    def _line(self, name: str) -> Line | Skipped:
        form, number = name.rsplit("-", 1)
        ink, texts = self._inks.get(name), self._texts.get(form)
        if ink is None:
            return Skipped(name, "no ink for this line of text")
        if isinstance(ink, Skipped):
            return ink
        if isinstance(texts, Skipped):
            return Skipped(name, f"{texts.name}: {texts.reason}")
        if texts is None or not 0 < int(number) <= len(texts):
            return Skipped(name, "no text for this ink")
        return Line(name, form, texts[int(number) - 1], ink)


def _ink(member: Member | Skipped, name: str) -> Ink | Skipped:
    if isinstance(member, Skipped):
        return Skipped(name, member.reason)
    try:
        return read_whiteboard(member.data, member.name) or Skipped(name, "no ink")
    except InputFileError as error:
        return Skipped(name, str(error))


def _text(member: Member | Skipped) -> list[str] | Skipped:
    """Return the lines of a form's CSR section; a row of ``%`` inside a line ends it."""
    if isinstance(member, Skipped):
        return member
    try:
        rows = [" ".join(row.split()) for row in member.data.decode("ascii").splitlines()]
    except UnicodeDecodeError:
        return Skipped(member.name, "not 7-bit text")
    if "CSR:" not in rows:
        return Skipped(member.name, "no CSR section")
    section = rows[rows.index("CSR:") + 1 :]
    parts = [part.strip() for row in section for part in _MARKED_BREAK.split(row)]
    return [part for part in parts if part]


IAMONDB = Layout(
    version="iamondb-1",
    wanted="lines (lineStrokes/.../a01-000u-01.xml with ascii/.../a01-000u.txt)",
    suffixes=(*SUFFIXES, ".gz"),
    files=_files,
    reader=FormsReader,
)
