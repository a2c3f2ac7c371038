"""``seqgen inspect``: what is in a MIDI, SVG, InkML, ``.hand`` or model file."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from seqgen.cli.output import Output, duration, table
from seqgen.cli.parser import Commands, add_talk

if TYPE_CHECKING:
    from seqgen.reports import HandReport, InkFileReport, MidiReport, ModelReport, TrackReport

MACHINERY = ("format", "state", "spec")  # parts of a model card that say nothing to people
_FOR_FILES = (
    "own",
    "ends",
    "weights",
    "primer",
)  # parts of a recipe of music that say nothing to people


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = commands.add_parser(
        "inspect", help="say what is in a MIDI, SVG, InkML, .hand or model file"
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help="file of music, ink, a hand or a model, model name, - for stdin",
    )
    add_talk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was understood of the file."""
    from seqgen.api.inspect import inspect
    from seqgen.reports import HandReport, InkFileReport, MidiReport

    report = inspect(args.file)
    output = Output(args)
    if isinstance(report, MidiReport):
        output.warn(report.warnings)
        output.result(report, _midi_lines(report))
    elif isinstance(report, InkFileReport):
        output.warn(report.warnings)
        output.result(report, _ink_lines(report))
    elif isinstance(report, HandReport):
        output.warn(report.warnings)
        output.result(report, _hand_lines(report))
    else:
        output.result(report, _model_lines(report))
    return 0


def _recipe(text: str) -> str:
    """A recipe for people; ``--json`` tells all of it."""
    try:
        told = json.loads(text)
    except ValueError:
        return text
    if not isinstance(told, dict):
        return text
    shown = {name: value for name, value in told.items() if name not in _FOR_FILES}
    return ", ".join(f"{name} {value}" for name, value in shown.items() if value is not None)


def _midi_lines(report: MidiReport) -> Iterator[str]:
    length = f"{report.seconds // 60:.0f}:{report.seconds % 60:04.1f}, {report.bars} bars"
    yield f"{report.path}: MIDI format {report.format}, {length}, {report.notes} notes"
    first, *changes = report.tempos
    more = f", changes {len(changes)} times" if changes else ""
    yield f"tempo {first[1]:.1f} bpm{more}; {report.ticks_per_beat} ticks a beat"
    yield "meter " + ", ".join(f"{meter} from bar {bar}" for bar, meter in report.meters)
    if report.keys:
        yield "key " + ", ".join(f"{key} from bar {bar}" for bar, key in report.keys)
    if report.recipe:
        yield f"made by seqgen: {_recipe(report.recipe)}"
    yield from table(
        (f"track {number}", f"{track.notes} notes", *_sound(track), track.name)
        for number, track in enumerate(report.tracks, start=1)
    )


def _sound(track: TrackReport) -> tuple[str, str]:
    if not track.notes:
        return "", ""
    return track.role, "drums" if track.is_drums else f"program {track.program + 1}"


def _ink_lines(report: InkFileReport) -> Iterator[str]:
    size = f"{report.width:g} x {report.height:g} {report.unit}"
    ink = f"{report.strokes} strokes, {report.points} points"
    yield f"{report.path}: {report.format}, {size}, {ink}"
    if report.pen_mm is not None and report.travel_mm is not None:
        way = f"{report.pen_mm / 1000:.2f} m of ink, {report.travel_mm / 1000:.2f} m of travel"
        yield f"{way}, plots in {duration(report.plot_seconds or 0.0)} or more"
    if report.title:
        yield f"title {report.title}"
    yield from table(
        (f"pen {pen.name}", f"{pen.strokes} strokes", pen.colour, f"{pen.width:g} mm")
        for pen in report.pens
    )
    yield from table(
        (f"line {number}", f"{line.strokes} strokes", line.hand, line.text)
        for number, line in enumerate(report.lines, start=1)
    )
    if report.recipe:
        yield f"made by seqgen: {report.recipe}"


def _hand_lines(report: HandReport) -> Iterator[str]:
    model = f"model {report.model} ({report.fingerprint[:8]})"
    yield f"{report.path}: style {report.name!r} for {model}"
    yield f"fitted to {report.lines} lines, {report.characters} characters"
    if report.nats_per_point:
        nats = report.nats_per_point.items()
        yield "nats a point: " + ", ".join(f"{name.replace('_', ' ')} {n:.3f}" for name, n in nats)


def _model_lines(report: ModelReport) -> Iterator[str]:
    yield f"{report.path}: model, {report.size / 1e6:.1f} MB"
    styles = report.card["state"].get("styles")
    if styles:
        yield f"styles: {', '.join(styles)}"
    for key, value in report.card.items():
        if value and key not in MACHINERY:
            yield from _card_lines(key, value)


def _card_lines(key: str, value: Any, indent: str = "") -> Iterator[str]:
    """A line of plain entries, and below it, indented, those that have entries of their own."""
    if isinstance(value, dict):
        tables = {name: item for name, item in value.items() if isinstance(item, dict) and item}
        plain = (f"{name} {_short(item)}" for name, item in value.items() if name not in tables)
        yield f"{indent}{key}: {', '.join(plain)}".rstrip()
        for name, item in tables.items():
            yield from _card_lines(name, item, indent + "  ")
    elif isinstance(value, list):
        for item in value:
            yield from _card_lines(key, item, indent)
    else:
        yield f"{indent}{key}: {_short(value)}"


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
