"""``seqgen sample handwriting``: write a text by hand, as SVG pages in millimetres."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from seqgen.cli.output import Output, duration
from seqgen.cli.parser import Commands, add_talk, number, whole_number
from seqgen.cli.texts import text_of
from seqgen.errors import UsageError

if TYPE_CHECKING:
    from seqgen.config import HandwritingResult, Letter

EXAMPLES = """examples:
  seqgen sample handwriting "Dear Ada, thank you." -o card.svg
  seqgen sample handwriting @letter.txt -o letter.svg --page a5 --margin 15 --x-height 2
  seqgen sample handwriting "Hello" -o hello.svg --style clear:0.7,round:0.3 --seed 7
  echo "Hello" | seqgen sample handwriting - -o - | vpype read - stat
"""


def add(arts: Commands) -> None:
    """Add the command to those of ``seqgen sample``."""
    parser = arts.add_parser(
        "handwriting",
        help="handwriting, as SVG pages in mm",
        description="Write TEXT by hand. A text that fills several pages gives OUT-1.svg, ...",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_files(parser)
    _add_hand(parser)
    _add_page(parser)
    add_talk(parser, ["quiet"])
    parser.set_defaults(run=run, redraws=())


def _add_files(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("text", metavar="TEXT", help="the text, @FILE for one in a file (@@ is an @), - for stdin")
    add("-o", "--output", required=True, metavar="OUT", help=".svg or .inkml, - for stdout")
    add("--force", action="store_true", help="overwrite OUT")
    add("-n", "--count", type=whole_number, default=1, help="write COUNT takes")


def _add_hand(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--model", metavar="M", help="a name from `seqgen models`, or a file")
    add("--style", metavar="S", help="a style's name, a .hand file, or a mix a:0.6,b:0.4")
    add("--temperature", type=number, metavar="T", help="below 1 neater, above 1 wilder")
    add("--seed", type=whole_number, metavar="N", help="same seed, same ink")
    add("--engine", choices=("auto", "numpy", "torch"), default="auto", help="what computes")


def _add_page(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--page", default="fit", metavar="P", help="fit (default), a3 to a6, letter, legal, WxH")
    add("--x-height", type=number, default=2.5, metavar="MM", help="height of an x (default 2.5)")
    add("--line-pitch", type=number, metavar="MM", help="between baselines (default 3 x-heights)")
    add("--margin", type=number, metavar="MM", help="free on all sides")
    add("--align", default="left", metavar="A", help="left (default), center or right")
    add("--wander", type=number, metavar="W", help="how far baselines stray, in x-heights")
    add("--pen-width", type=number, default=0.35, metavar="MM", help="of the line (default 0.35)")
    add("--colour", "--color", default="#000000", metavar="C", help="of the ink (default black)")
    add("--guides", action="store_true", help="ruled lines in a layer that plotters skip")
    add("--polyline", dest="curves", action="store_false", help="straight lines, no curves")


def run(args: argparse.Namespace) -> int:
    """Write, and say what was written."""
    if args.json and args.output == "-":
        raise UsageError("--json and -o - both want standard output, choose one")
    from seqgen.api.handwriting import sample_handwriting
    from seqgen.config import SampleHandwriting

    known = {name: getattr(args, name) for name in SampleHandwriting.__struct_fields__}
    request = SampleHandwriting(**(known | {"text": text_of(args.text)}))
    output = Output(args)
    result = output.follow(sample_handwriting(request))
    output.warn(result.warnings)
    if args.output == "-":
        for line in _lines(result, args.verbose):
            output.say(line)
    else:
        output.result(result, _lines(result, args.verbose))
    return 0


def _lines(result: HandwritingResult, verbose: bool) -> Iterator[str]:
    for letter in result.letters:
        yield f"{_files(letter)}: {_size(letter)}, seed {letter.seed}"
        if letter.redrawn:
            faults = ", ".join(f"{name} {count}" for name, count in letter.redrawn.items())
            yield f"  written anew: {faults}"
    if result.glyphs:
        drawn = "".join(result.glyphs)
        yield f"drawn with glyphs, not by the model: {drawn}"
    yield f"model {result.model}, style {result.style}, temperature {result.temperature:g}"
    if verbose and result.licence:
        yield f"licence of the model: {result.licence}"


def _files(letter: Letter) -> str:
    first, *rest = letter.paths
    return f"{first} to {rest[-1]}" if rest else first


def _size(letter: Letter) -> str:
    lines = "1 line" if letter.lines == 1 else f"{letter.lines} lines"
    plot = duration(letter.plot_seconds)
    return (
        f"{lines}, {letter.strokes} strokes, {letter.pen_mm / 1000:.2f} m of ink, plots in {plot}"
    )
