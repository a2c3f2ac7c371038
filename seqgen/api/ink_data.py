"""What a source of handwriting holds, counted line by line."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from seqgen.api.lengths import lengths_of
from seqgen.config import Progress
from seqgen.data_reports import InkReport, LineExample, SplitCount, SplitListReport
from seqgen.frontends.cards import Card
from seqgen.frontends.handwriting.corpus.census import SPIKE_UNITS, census
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.corpus.loading import load_lines
from seqgen.frontends.handwriting.corpus.splits import Account

EXAMPLES = 3


def ink_report(path: Path, card: Card) -> Generator[Progress, None, InkReport]:
    """Load a source as training does, count and report; yields progress.

    Raises InputFileError when nothing in it can be used or its split lists are not found.
    """
    found = yield from load_lines(path, card.split)
    every = [line for lines in found.splits.values() for line in lines]
    counted = census(every)
    yield Progress(
        stage="read", done=counted.lines, total=counted.lines, warnings=list(found.warnings)
    )
    whiteboard = card.split == "iamondb"
    return InkReport(
        path=str(path),
        dataset=card.name,
        lines=counted.lines,
        hands=counted.hands,
        strokes=counted.strokes,
        points=counted.points,
        splits={name: _split_count(lines) for name, lines in found.splits.items()},
        lists=[_list_report(account) for account in found.accounts],
        characters=counted.characters,
        longest_points=counted.longest_points,
        longest_text=counted.longest_text,
        spikes=counted.spikes if whiteboard else None,
        spike_lines=counted.spike_lines if whiteboard else None,
        spike_units=SPIKE_UNITS if whiteboard else None,
        repeats=counted.repeats,
        skipped={item.name: item.reason for item in found.skipped},
        warnings=list(found.warnings),
        lengths=lengths_of([line.ink.points for line in every], "points"),
        examples=_examples(every),
    )


def _examples(lines: list[Line]) -> list[LineExample]:
    """The first line of each of a few hands."""
    first = {line.hand: line for line in reversed(lines)}
    return [
        LineExample(
            text=line.text,
            hand=line.hand,
            strokes=[[(x, y) for x, y in stroke.tolist()] for stroke in line.ink.strokes],
        )
        for line in list(first.values())[:EXAMPLES]
    ]


def _split_count(lines: list[Line]) -> SplitCount:
    points = sum(line.ink.points for line in lines)
    return SplitCount(lines=len(lines), hands=len({line.hand for line in lines}), points=points)


def _list_report(account: Account) -> SplitListReport:
    return SplitListReport(
        name=account.split_list.name,
        path=account.split_list.place,
        split=account.split_list.split,
        used=account.used,
        expected=account.expected,
        lines=account.lines,
    )
