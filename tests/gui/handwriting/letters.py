"""A worker that answers when it is told to, and letters that nobody wrote."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any

import msgspec

from seqgen.config import SampleHandwriting
from seqgen.ink_sheets import HandwritingSheets, InkSheet, SheetWord
from tests.gui.sent import Sent

X, PITCH = 2.5, 7.5


@dataclass
class FakeRequests:
    """Keeps what is asked for."""

    asked: list[Sent] = field(default_factory=list)

    def send(self, verb: str, request: object, *callbacks: Any) -> Sent:
        self.asked.append(Sent(verb, request, *callbacks))
        return self.asked[-1]

    def all(self, verb: str) -> list[Sent]:
        """The requests for a use-case."""
        return [one for one in self.asked if one.verb == verb]

    def last(self, verb: str) -> Sent:
        """The last of them."""
        return self.all(verb)[-1]


def piece_of(sheet: InkSheet, line: int) -> InkSheet:
    """One line of a sheet, as it is told while a letter is written."""
    words = [word for word in sheet.words if word.line == line]
    before = sum(word.strokes for word in sheet.words if word.line < line)
    count = sum(word.strokes for word in words)
    parts = {
        name: getattr(sheet, name)[before * size : (before + count) * size]
        for name, size in (("points", 24), ("lengths", 4), ("ways", 4))
    }
    return msgspec.structs.replace(sheet, words=words, guides=[sheet.guides[line]], **parts)


def letter_of(request: SampleHandwriting, **told: Any) -> HandwritingSheets:
    """A letter with a zigzag for each character; a paragraph is a line. Digits are glyphs."""
    words: list[SheetWord] = []
    points, lengths, guides = array("f"), array("i"), []
    lines = request.text.split("\n")
    for line, text in enumerate(lines):
        baseline, x = 20 + 2 * X + line * PITCH, 15.0
        guides.append((15.0, 133.0, baseline - 5, baseline - X, baseline, baseline + X))
        for number, word in enumerate(text.split()):
            left = x
            for _ in word:
                points.extend([x, baseline, x + 1, baseline - X, x + 1.5, baseline])
                lengths.append(3)
                x += 2
            glyphs = [k for k, c in enumerate(word) if c.isdecimal()]
            words.append(
                SheetWord(
                    text=word,
                    paragraph=line,
                    word=number,
                    line=line,
                    strokes=len(word),
                    glyphs=glyphs,
                    box=(left, baseline - X, x - 0.5, baseline),
                )
            )
            x += 3
    sheet = InkSheet(
        width=148,
        height=210,
        words=words,
        points=points.tobytes(),
        lengths=lengths.tobytes(),
        ways=array("f", [5.2] * len(lengths)).tobytes(),
        guides=guides,
        pen_mm=1234.0,
        travel_mm=500.0,
        plot_seconds=95.0,
        lifts=len(lengths),
    )
    digits = {c: request.text.count(c) for c in request.text if c.isdecimal()}
    given: dict[str, Any] = {"warnings": [], "missing": {}} | told
    return HandwritingSheets(
        sheets=[sheet],
        seed=request.seed or 0,
        model="tiny",
        engine="numpy",
        style=request.style or "ada",
        temperature=1.0,
        redrawn={},
        faults={},
        glyphs=digits,
        licence="for tests",
        **given,
    )
