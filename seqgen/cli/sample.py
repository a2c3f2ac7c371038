"""``seqgen sample music``: continue a MIDI file, or start a new piece."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from seqgen.cli import sample_handwriting
from seqgen.cli.output import Output
from seqgen.cli.parser import Commands, add_commands, add_talk, number, whole_number
from seqgen.errors import UsageError

if TYPE_CHECKING:
    from seqgen.config import MusicResult, Take

EXAMPLES = """examples:
  seqgen sample music song.mid -o more.mid               eight bars more
  seqgen sample music song.mid -o take.mid -n 4          take-1.mid ... take-4.mid
  seqgen sample music song.mid -o takes.mid -n 4 --as-tracks
  seqgen sample music -o new.mid --model chorale --seed 7
  cat song.mid | seqgen sample music - -o - --only-new > more.mid
"""


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    sample = commands.add_parser("sample", help="continue a MIDI file, or write by hand")
    arts = add_commands(sample, "ART")
    sample_handwriting.add(arts)
    music = arts.add_parser(
        "music",
        help="music, as a MIDI file",
        description="Continue PRIMER from its next bar line; without one, start a new piece.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_files(music)
    _add_length(music)
    _add_choices(music)
    add_talk(music, ["quiet"])
    music.set_defaults(run=run)


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("primer", nargs="?", metavar="PRIMER", help="a MIDI file, - for stdin")
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help="file, - for stdout")
    parser.add_argument("--force", action="store_true", help="overwrite OUT")
    parser.add_argument("-n", "--count", type=whole_number, default=1, help="write COUNT takes")
    parser.add_argument(
        "--as-tracks", action="store_true", help="write all takes into OUT, each on its own tracks"
    )
    parser.add_argument("--only-new", action="store_true", help="write the new part alone")


def _add_length(parser: argparse.ArgumentParser) -> None:
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--bars", type=whole_number, metavar="N", help="new bars (default 8)")
    length.add_argument("--seconds", type=number, metavar="S", help="new seconds")
    length.add_argument("--notes", type=whole_number, metavar="N", help="new notes")
    parser.add_argument(
        "--at", type=whole_number, metavar="BAR", help="continue from this bar (default: the end)"
    )


def _add_choices(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--model", metavar="M", help="a name from `seqgen models`, or a file")
    add("--temperature", type=number, metavar="T", help="below 1 safer, above 1 wilder")
    add("--top-k", type=whole_number, metavar="K", help="draw from the K likeliest values")
    add("--top-p", type=number, metavar="P", help="draw from the likeliest values that reach P")
    add("--density", type=number, default=1.0, metavar="D", help="0.5 half the notes, 2 twice")
    add("--seed", type=whole_number, metavar="N", help="same seed, same notes")
    add("--key", default="off", metavar="KEY", help='auto, off or a key like "D minor"')
    add("--time", choices=("auto", "metric", "free"), default="auto", help="grid or free time")
    add("--engine", choices=("auto", "numpy", "torch"), default="auto", help="what computes")


def run(args: argparse.Namespace) -> int:
    """Sample, and say what was written."""
    if args.json and args.output == "-":
        raise UsageError("--json and -o - both want standard output, choose one")
    from seqgen.api.sample import sample_music
    from seqgen.config import SampleMusic

    request = SampleMusic(**{name: getattr(args, name) for name in SampleMusic.__struct_fields__})
    output = Output(args)
    result = output.follow(sample_music(request))
    output.warn(result.warnings)
    if args.output == "-":
        for line in _lines(result):
            output.say(line)
    else:
        output.result(result, _lines(result))
    return 0


def _lines(result: MusicResult) -> Iterator[str]:
    for take in result.takes:
        yield f"{take.path}: {_size(take)} from bar {result.at_bar}, seed {take.seed}"
        if take.guards:
            mended = ", ".join(f"{name} {count}" for name, count in sorted(take.guards.items()))
            yield f"  guards: {mended}"
    key = "" if result.key is None else f", key {result.key}"
    yield f"model {result.model}, temperature {result.temperature:g}, {result.time} time{key}"


def _size(take: Take) -> str:
    return f"{take.notes} new notes, {take.bars:g} bars, {take.seconds:.1f} s"
