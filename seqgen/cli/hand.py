"""``seqgen hand fit``: a style of one's own, from a few lines of one's own ink."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from seqgen.cli.output import Output, duration
from seqgen.cli.parser import Commands, add_commands, add_talk, number, whole_number
from seqgen.cli.texts import lines_of

if TYPE_CHECKING:
    from seqgen.config import HandResult

EXAMPLES = """examples:
  seqgen hand fit lines.inkml -o me.hand                  the texts are in the file
  seqgen hand fit lines.inkml --text "first line" "second line" "third line" -o me.hand
  seqgen hand fit one.inkml two.inkml --text @lines.txt -o me.hand
  seqgen sample handwriting "Dear Ada" -o ada.svg --style me.hand
  seqgen sample handwriting "Dear Ada" -o ada.svg --style me.hand:0.7,none:0.3

Five lines are enough. A line of ink is a traceGroup; a text belongs to each, as an annotation
of type truth or by --text, in the order of the lines.
"""


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    hand = commands.add_parser("hand", help="make a style of your own handwriting")
    fit = add_commands(hand, "ACTION").add_parser(
        "fit",
        help="fit a style to a few lines of your own ink",
        description="Fit a style to lines of INKML; the model itself stays as it is.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    option = fit.add_argument
    option("inks", nargs="+", metavar="INKML", help="files of your own lines, - for stdin")
    option("-o", "--output", required=True, metavar="OUT", help="the style, a .hand file")
    option("--force", action="store_true", help="overwrite OUT")
    option(
        "--text",
        nargs="+",
        action="extend",
        default=[],
        metavar="TEXT",
        help="what the lines show, a TEXT each, or @FILE with a line each (@@ is an @)",
    )
    option("--model", metavar="M", help="a name from `seqgen models`, or a file")
    option("--name", metavar="N", help="what the style is called (default: as OUT)")
    option("--steps", type=whole_number, default=32, metavar="N", help="updates (default 32)")
    option("--minutes", type=number, metavar="M", help="stop after M minutes")
    option("--threads", type=whole_number, metavar="N", help="threads on the CPU")
    add_talk(fit, ["quiet"])
    fit.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Fit, and say how well."""
    from seqgen.api.hand import fit_hand
    from seqgen.config import FitHand

    request = FitHand(
        inks=tuple(args.inks),
        output=args.output,
        texts=tuple(lines_of(args.text)),
        model=args.model,
        name=args.name,
        steps=args.steps,
        minutes=args.minutes,
        threads=args.threads,
        force=args.force,
    )
    output = Output(args)
    with closing(fit_hand(request)) as work:
        result = output.follow(work)
    output.result(result, _lines(result))
    return 0


def _lines(result: HandResult) -> Iterator[str]:
    counted = f"{result.lines} line" if result.lines == 1 else f"{result.lines} lines"
    much = f"{counted}, {result.characters} characters, {result.points} points"
    yield f"{result.path}: {much}, {result.updates} updates in {duration(result.seconds)}"
    nats = result.nats_per_point
    yield (
        f"nats per point, less is nearer: {nats['no_style']:.3f} with no style, "
        f"{nats['nearest']:.3f} with {result.nearest}, {nats['fitted']:.3f} fitted"
    )
    command = f"seqgen sample handwriting TEXT -o OUT.svg --style {result.path}"
    yield f"model {result.model}; try it: {command}"
