"""The argument tree and the one-line errors of a mistyped command."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from typing import Any, NoReturn, TypeAlias

from seqgen import __version__
from seqgen.cli.output import emit
from seqgen.errors import UsageError, did_you_mean

Commands: TypeAlias = "argparse._SubParsersAction[Any]"


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that raises UsageError with one line and suggests the nearest name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_abbrev=False, **kwargs)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with ``message`` and where the help is."""
        raise UsageError(f"{message} (see {self.prog} --help)")

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        """Parse ``args``; what this very parser does not know is an error here and now."""
        namespace, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(self._unknown(unknown[0]))
        return namespace, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            name = action.option_strings[-1] if action.option_strings else action.metavar
            nearest = did_you_mean(str(value), map(str, action.choices))
            what = str(name).strip("[]")
            raise argparse.ArgumentError(None, f"unknown {what} {value!r}, {nearest}")

    def _print_message(self, message: str, file: object = None) -> None:
        emit(message)  # argparse would pass over a full disk

    def _unknown(self, word: str) -> str:
        if not word.startswith("-"):
            return f"unexpected argument {word!r}"
        option = word.partition("=")[0]
        return f"unknown option {option}, {did_you_mean(option, self._option_string_actions)}"


def number(text: str) -> float:
    """Read a finite number."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number")
    return value


def whole_number(text: str) -> int:
    """Read a whole number."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None


def add_talk(
    parser: argparse.ArgumentParser, names: Sequence[str] = (), default: Any = False
) -> None:
    """Add ``--json`` and ``--verbose``, and ``--quiet`` where there is something to silence."""

    def add(name: str, about: str) -> None:
        parser.add_argument(name, action="store_true", default=default, help=about)

    add("--json", "print the result as JSON")
    add("--verbose", "say more; show where a bug is")
    if "quiet" in names:
        add("--quiet", "print nothing but errors")
    else:
        parser.set_defaults(quiet=False)


def add_commands(parser: argparse.ArgumentParser, metavar: str, required: bool = True) -> Commands:
    """Give ``parser`` sub-commands, called ``metavar`` in help and errors."""
    return parser.add_subparsers(metavar=metavar, required=required, title="commands")


def build_parser() -> Parser:
    """Build the whole tree; every leaf sets ``run``, a function of the parsed arguments."""
    from seqgen.cli import (
        completion,
        datasets,
        doctor,
        evaluate,
        gui,
        hand,
        inspect,
        models,
        sample,
        train,
    )

    parser = Parser(
        prog="seqgen",
        description="Continue MIDI files with an LSTM, and train one on your own.",
        epilog="Exit status: 0 done, 1 failed, 2 usage, 3 bad input file, 4 bad model, "
        "5 cannot write, 130 interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"seqgen {__version__}")
    commands = add_commands(parser, "COMMAND")
    for command in (
        sample,
        hand,
        train,
        evaluate,
        inspect,
        models,
        datasets,
        doctor,
        gui,
        completion,
    ):
        command.add(commands)
    return parser
