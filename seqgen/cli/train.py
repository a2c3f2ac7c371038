"""``seqgen train``: train a model of music or of handwriting on files of one's own."""

from __future__ import annotations

import argparse
import shlex
import signal
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

from seqgen.cli.output import Output, duration, progress_line
from seqgen.cli.parser import Commands, add_commands, add_talk, number, whole_number

if TYPE_CHECKING:
    from seqgen.config import Progress, Train, TrainResult

T = TypeVar("T")

MUSIC = """examples:
  seqgen train music ~/midi --out runs/mine --minutes 30
  seqgen train music ~/midi --out runs/mine --resume
  seqgen sample music song.mid -o more.mid --model runs/mine
"""
HANDWRITING = """examples:
  seqgen train handwriting starter-hand --out runs/try --minutes 10
  seqgen train handwriting ~/ink --out runs/mine
  seqgen train handwriting ~/ink --out runs/mine --resume
  seqgen sample handwriting "Dear Ada" -o ada.svg --model runs/mine

A line of ink needs its text: an InkML annotation of type truth, a traceGroup a line.
"""


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    train = commands.add_parser("train", help="train a model on files of your own")
    arts = add_commands(train, "ART")
    _add_art(arts, "music", "on MIDI files, folders and archives of them", MUSIC)
    _add_art(arts, "handwriting", "on ink with its text: InkML or IAM-OnDB", HANDWRITING)


def _add_art(arts: Commands, frontend: str, about: str, examples: str) -> None:
    parser = arts.add_parser(
        frontend,
        help=about,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    option = parser.add_argument
    option("data", nargs="+", metavar="DATA", help="file, folder, archive or dataset name")
    option("--out", required=True, metavar="RUN", help="folder of the run")
    option("--recipe", metavar="R", help="name of a bundled recipe, or a .toml file")
    option("--set", action="append", default=[], metavar="KEY=VALUE", help="change the recipe")
    option("--resume", action="store_true", help="go on where the run stopped")
    option("--minutes", type=number, metavar="M", help="stop after M minutes in all")
    option("--device", choices=("auto", "cpu", "cuda"), default="auto", help="what trains")
    option("--threads", type=whole_number, metavar="N", help="threads on the CPU")
    add_talk(parser, ["quiet"])
    parser.set_defaults(run=run, frontend=frontend)


def run(args: argparse.Namespace) -> int:
    """Train, report progress on the way, and say how it ended."""
    from seqgen.api.processes import leads
    from seqgen.api.train import train
    from seqgen.config import Train

    if not leads():  # what one of several processes tells is enough
        args.quiet, args.json = True, False

    request = Train(
        frontend=args.frontend,
        data=tuple(args.data),
        out=args.out,
        recipe=args.recipe,
        overrides=tuple(args.set),
        resume=args.resume,
        minutes=args.minutes,
        device=args.device,
        threads=args.threads,
    )
    output = Output(args)
    try:
        with closing(_stopping_between(train(request))) as work:
            result = output.follow(work, stream=True, line=_line)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(_interrupted(request)) from None
    output.result(result, _lines(result), stream=True)
    return 0


def _stopping_between(work: Generator[T, None, None]) -> Generator[T, None, None]:
    """Pass values on; Ctrl-C waits until the next of them, where the work can be saved.

    A second Ctrl-C does not wait. Where the signal is ignored, as under ``nohup``, it stays so.
    """
    pressed = False

    def press(*_: object) -> None:
        nonlocal pressed
        pressed = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, press)
    try:
        with closing(work):
            for value in work:
                yield value
                if pressed:
                    raise KeyboardInterrupt
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def _interrupted(request: Train) -> str:
    """How to go on, where a run was begun."""
    from seqgen.api.train import holds_run

    if not holds_run(request.out):
        return "interrupted before the training began"
    command = ["seqgen", "train", request.frontend, *request.data, "--out", request.out]
    return f"interrupted, to go on: {shlex.join([*command, '--resume'])}"


def _line(value: Progress) -> str:
    """Say how each field does where the model was validated, else nothing."""
    if value.stage != "validating":
        return ""
    metrics = value.metrics
    fields = [name.removeprefix("nll_") for name in metrics if name.startswith("nll_")]
    scores = (
        f"{field} {metrics[f'nll_{field}']:.3f} ({metrics[f'accuracy_{field}']:.0%})"
        for field in fields
    )
    return "  ".join((progress_line(value), *scores))


def _lines(result: TrainResult) -> Iterator[str]:
    spent = f"{result.updates} updates, {result.epochs:.1f} epochs, {duration(result.seconds)}"
    yield f"{result.model}: {result.reason} after {spent}"
    if result.best:
        yield "best: " + ", ".join(f"{name} {value:.4g}" for name, value in result.best.items())
