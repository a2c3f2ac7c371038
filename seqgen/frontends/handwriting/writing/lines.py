"""Lines for a model to write: the written parts of a text, as many words as it does well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seqgen.frontends.handwriting.writing.plan import Plan

LINE = 30  # characters: what a line of the training data holds


@dataclass(frozen=True)
class Place:
    """Where a written part belongs: paragraph, word and part by number."""

    paragraph: int
    word: int
    part: int


@dataclass(frozen=True)
class ModelLine:
    """A text for the model, parts with a space between; ``starts`` are their first characters."""

    text: str
    places: tuple[Place, ...]
    starts: tuple[int, ...]

    def part_of(self, character: int) -> int:
        """The number of the part that a character belongs to; a space to the part before it."""
        return sum(start <= character for start in self.starts) - 1

    def span(self, part: int) -> tuple[int, int]:
        """First character of a part and the one behind its last."""
        begins = self.starts[part]
        ends = len(self.text) if part + 1 == len(self.starts) else self.starts[part + 1] - 1
        return begins, ends


def model_lines(plan: Plan) -> list[ModelLine]:
    """The lines that a model writes for a plan, in the order of the text.

    The parts of a paragraph are shared out evenly, so that no line is left with a word alone.
    """
    found: list[ModelLine] = []
    for paragraph, words in enumerate(plan.paragraphs):
        parts = [
            (Place(paragraph, word, number), part.text)
            for word, planned in enumerate(words)
            for number, part in enumerate(planned.parts)
            if part.written
        ]
        found += _shared_out(parts)
    return found


def _shared_out(parts: Sequence[tuple[Place, str]]) -> list[ModelLine]:
    length = sum(len(text) + 1 for _, text in parts)
    target = length / max(1, round(length / LINE))
    lines: list[list[tuple[Place, str]]] = []
    filled = 0
    for part in parts:
        if not lines or (filled >= target * len(lines) - len(part[1]) / 2):
            lines.append([])
        lines[-1].append(part)
        filled += len(part[1]) + 1
    return [_line(line) for line in lines]


def _line(parts: Sequence[tuple[Place, str]]) -> ModelLine:
    starts, at = [], 0
    for _, text in parts:
        starts.append(at)
        at += len(text) + 1
    return ModelLine(
        " ".join(text for _, text in parts), tuple(place for place, _ in parts), tuple(starts)
    )
