"""What is in a source of training data, told in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from seqgen.cli.output import table
from seqgen.data_reports import DataReport, InkReport, SplitListReport

SHOWN = 10
"""How many of what is left out are named; --json names all."""

RARE = 100
"""A character that is written less often than this is hard to learn."""


def report_lines(report: DataReport | InkReport) -> Iterator[str]:
    """The lines of a report, for people."""
    dataset = f" ({report.dataset})" if report.dataset else ""
    if isinstance(report, DataReport):
        yield f"{report.path}{dataset}: {report.pieces} pieces, {report.notes} notes"
    else:
        yield f"{report.path}{dataset}: {report.lines} lines in {report.hands} hands"
        yield from _ink_lines(report)
    yield from _skipped_lines(report.skipped)


def _ink_lines(report: InkReport) -> Iterator[str]:
    written = sum(report.characters.values())
    yield f"{report.strokes} strokes, {report.points} points, {written} characters"
    yield f"longest line: {report.longest_points} points, {report.longest_text} characters"
    splits = report.splits.items()
    yield "; ".join(f"{name}: {one.lines} lines in {one.hands} hands" for name, one in splits)
    yield from table(_list_row(one) for one in report.lists)
    for one in report.lists:
        yield from _short_lines(one)
    if report.spikes is not None:
        where = f"{report.spike_units:g} units in {report.spike_lines} lines"
        yield f"tracker spikes: {report.spikes} steps over {where}, kept as they are"
    yield f"points that repeat the one before: {report.repeats}"
    rare = [f"{char} {count}" for char, count in report.characters.items() if count < RARE]
    if rare:
        yield f"written less than {RARE} times: {', '.join(rare)}"


def _list_row(one: SplitListReport) -> tuple[str, ...]:
    here = sum(1 for _, every in one.lines.values() if every)
    forms = f"{here} of {len(one.lines)} forms"
    return (" ", one.name, one.split, forms, f"{one.used} of {one.expected} lines")


def _short_lines(one: SplitListReport) -> Iterator[str]:
    """Name the forms of a list that lack a line."""
    short = {form: both for form, both in one.lines.items() if both[0] < max(both[1], 1)}
    for form, (used, every) in list(short.items())[:SHOWN]:
        yield f"  lines of form {form} in {one.name}: {used} of {every}"
    if len(short) > SHOWN:
        yield f"  and {len(short) - SHOWN} more forms, --json names all"


def _skipped_lines(skipped: dict[str, str]) -> Iterator[str]:
    if skipped:
        yield f"{len(skipped)} left out:"
        shown = list(skipped.items())[:SHOWN]
        yield from table((" ", name, reason) for name, reason in shown)
    if len(skipped) > SHOWN:
        yield f"  and {len(skipped) - SHOWN} more, --json names all"
