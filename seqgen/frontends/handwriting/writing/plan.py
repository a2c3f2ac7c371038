"""What of a text a model writes and what is drawn with glyphs, word by word."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.glyphs.marks import knows, mark_of

LONGEST_PART = 24  # characters: a longer word is written in parts and joined
LONGEST_TEXT = 1_000_000
_SAME = str.maketrans(  # typographic quotes, no-break space and tab
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\t": " "}
)
_UNDOTTED = "\u0131\u0237"  # i and j
_PUNCTUATION = ".,'\"-?!:;()"
_VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))  # they pick emoji shapes, and are no ink


@dataclass(frozen=True)
class Part:
    """A part of a word. ``marks`` are (place, name) of marks to be drawn on written letters."""

    text: str
    written: bool
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class PlannedWord:
    """A word as it was typed, and its parts from left to right."""

    text: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Plan:
    """Paragraphs of words; an empty one is a blank line.

    ``glyphs`` counts the characters that glyphs draw, ``missing`` those without a glyph, which
    become a box.
    """

    paragraphs: tuple[tuple[PlannedWord, ...], ...]
    glyphs: Counter[str]
    missing: Counter[str]


def learned_characters(counts: Mapping[str, int]) -> frozenset[str]:
    """The characters that a corpus holds often enough to learn: letters and punctuation.

    Often is 100 times, in a small corpus one character in two thousand, but 8 times at least.
    Digits are left to glyphs as a whole, so that a number is of one make.
    """
    often = min(100, max(8, sum(counts.values()) // 2000))
    return frozenset(
        c
        for c, count in counts.items()
        if count >= often and ((c.isascii() and c.isalpha()) or c in _PUNCTUATION)
    )


def plain(text: str) -> str:
    """A text as a model reads it: accents in one code with their letter (NFC), plain quotes."""
    return unicodedata.normalize("NFC", text).translate(_SAME)


def plan_text(text: str, learned: Collection[str]) -> Plan:
    """Take a text apart; UsageError for one without ink and for control characters."""
    if len(text) > LONGEST_TEXT:
        most = f"at most {LONGEST_TEXT} are written"
        raise UsageError(f"the text has {len(text)} characters, {most}")
    text = plain(text.replace("\r\n", "\n").replace("\r", "\n"))
    for place, character in enumerate(text):
        if unicodedata.category(character) in ("Cc", "Cs") and character != "\n":
            code = f"U+{ord(character):04X}"
            raise UsageError(f"the text holds the control character {code} at place {place + 1}")
    text = "".join(c for c in text if unicodedata.category(c) != "Cf" and c not in _VARIATIONS)
    if not text.strip():
        raise UsageError("the text is empty, there is nothing to write")
    glyphs, missing = Counter[str](), Counter[str]()
    paragraphs = tuple(
        tuple(_word(word, learned, glyphs, missing) for word in line.split())
        for line in text.strip("\n").split("\n")
    )
    return Plan(paragraphs, glyphs, missing)


def _word(
    word: str, learned: Collection[str], glyphs: Counter[str], missing: Counter[str]
) -> PlannedWord:
    """A word of which, but for punctuation, half must be drawn is drawn as a whole.

    Punctuation alone is drawn too: it has no hold for a pen. So are capitals side by side, which
    the data hardly knows: a reader made nothing of them.
    """
    letters = [_letter(character, learned) for character in word]
    capital = [False, *map(str.isupper, word), False]
    written = [
        letter is not None and not (here and (before or after))
        for letter, before, here, after in zip(
            letters, capital, capital[1:], capital[2:], strict=False
        )
    ]
    pairs = zip(written, word, strict=True)
    counted = [flag for flag, c in pairs if unicodedata.category(c)[0] != "P"]
    if 2 * sum(counted) <= len(counted):
        written = [False] * len(word)
    for start, stop in list(_runs(written)):
        if not any(map(str.isalpha, word[start:stop])):
            written[start:stop] = [False] * (stop - start)
    parts: list[Part] = []
    for start, stop in _runs(written):
        if written[start]:
            parts += _written(letters[start:stop])
            continue
        parts.append(Part(word[start:stop], written=False))
        for character in word[start:stop]:
            (glyphs if knows(character) else missing)[character] += 1
    return PlannedWord(word, tuple(parts))


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The first of every run of equal flags and the one behind its last."""
    start = 0
    for _, run in groupby(flags):
        stop = start + len(list(run))
        yield start, stop
        start = stop


def _written(letters: Sequence[tuple[str, str] | None]) -> Iterator[Part]:
    """Written parts of about the same length, none over LONGEST_PART."""
    known = [letter for letter in letters if letter is not None]
    count = ceil(len(known) / LONGEST_PART)
    for start, stop in pairwise(len(known) * k // count for k in range(count + 1)):
        part = known[start:stop]
        marks = tuple((place, mark) for place, (_, mark) in enumerate(part) if mark)
        yield Part("".join(letter for letter, _ in part), written=True, marks=marks)


def _letter(character: str, learned: Collection[str]) -> tuple[str, str] | None:
    """The letter that a model writes for a character and the mark on it; None if it cannot."""
    if character in learned:
        return character, ""
    found = mark_of(character)
    if found is None:
        return None
    letter, mark = found
    if letter in _UNDOTTED or letter.isupper():
        return None  # the model would write the dot; where a capital begins the window is vague
    return (letter, mark) if letter in learned else None
