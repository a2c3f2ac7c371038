"""A user's own lines of ink with what they show: read from InkML, checked, and doubted aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from seqgen.api.input_file import STDIN, read_input
from seqgen.errors import InputFileError, UsageError
from seqgen.frontends.handwriting.codec.alphabet import closed_up
from seqgen.frontends.handwriting.codec.points import spread
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.ink.inkml import read_inkml
from seqgen.frontends.handwriting.writing.plan import plain

FEW = 3  # lines
LONGEST_TEXT = 200  # characters: more fit no line of writing
ODD = 3.0  # a line has at most so many times the points a character of its neighbours


@dataclass(frozen=True)
class OwnInk:
    """Lines (``hand`` is the file that each is from) and what may be wrong with them."""

    lines: list[Line]
    warnings: list[str]


def read_own_ink(paths: Sequence[str], texts: Sequence[str]) -> OwnInk:
    """The lines of InkML files in order, with ``texts``, else with those in the files.

    Raises InputFileError for a file or line without ink, UsageError where there are not as many
    texts as lines.
    """
    lines = [line for path in paths for line in _read(path)]
    if texts and len(texts) != len(lines):
        found = f"{_counted(len(texts), 'text')} for {_counted(len(lines), 'line')} of ink"
        raise UsageError(f"{found}, each line needs one")
    given = texts or [line.text for line in lines]
    lines = [
        replace(line, text=_checked(text, line.name, bool(texts)))
        for line, text in zip(lines, given, strict=True)
    ]
    for source in dict.fromkeys(line.hand for line in lines):
        try:
            spread([line.ink for line in lines if line.hand == source])
        except ValueError:
            raise InputFileError(f"the ink of {source} has no height, it is no writing") from None
    return OwnInk(lines, [*_few(lines), *_odd(lines)])


def _read(path: str) -> list[Line]:
    """Lines of a file that have ink or a text; one without ink is refused."""
    source = "standard input" if path == STDIN else path
    found = [one for one in read_inkml(read_input(path), source) if one.ink or one.text]
    if not found:
        raise InputFileError(f"{source} holds no ink")
    lines = []
    for number, one in enumerate(found, start=1):
        name = f"line {number} of {source}"
        if not one.ink:
            raise InputFileError(f"{name} has no ink")
        lines.append(Line(name, source, one.text, one.ink))
    return lines


def _checked(text: str, line: str, given: bool) -> str:
    text = " ".join(plain(text).split())
    if not text:
        missing = "is empty" if given else "is not in the file, give the texts of all lines"
        raise UsageError(f"the text of {line} {missing}")
    if len(text) > LONGEST_TEXT:
        most = f"at most {LONGEST_TEXT} fit a line"
        raise UsageError(f"the text of {line} has {len(text)} characters, {most}")
    return text


def _few(lines: Sequence[Line]) -> list[str]:
    if len(lines) >= FEW:
        return []
    return [f"{_counted(len(lines), 'line')} can hardly show a hand, five or more are better"]


def _odd(lines: Sequence[Line]) -> list[str]:
    """Lines with far more or fewer points a character than the others of their file."""
    paces = np.array([line.ink.points / len(closed_up(line.text)) for line in lines])
    warnings = []
    for line, pace in zip(lines, paces.tolist(), strict=True):
        usual = float(np.median(paces[[other.hand == line.hand for other in lines]]))
        if not usual / ODD <= pace <= usual * ODD:
            counted = f"{pace:.1f} points a character, its neighbours {usual:.1f}"
            warnings.append(f"{line.name} has {counted}: does it show {line.text!r}?")
    return warnings


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
