"""Texts on the command line: as they are, or read from a file."""

from __future__ import annotations

from collections.abc import Iterable

from seqgen.errors import InputFileError

STDIN = "-"


def text_of(argument: str) -> str:
    """The text itself, or what is in ``@FILE`` or on standard input, as UTF-8.

    ``@@`` at the start stands for one @ of the text itself.
    """
    if not _is_file(argument):
        return argument.removeprefix("@")
    from seqgen.api.input_file import read_input

    path = argument.removeprefix("@")
    try:
        return read_input(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        name = "standard input" if path == STDIN else path
        raise InputFileError(f"{name} is not UTF-8 text, byte {error.start + 1}") from None


def lines_of(arguments: Iterable[str]) -> list[str]:
    """One text an argument; a file, or standard input, holds one a line and may have blanks."""
    found: list[str] = []
    for argument in arguments:
        if _is_file(argument):
            found += [line for line in text_of(argument).splitlines() if line.strip()]
        else:
            found.append(text_of(argument))
    return found


def _is_file(argument: str) -> bool:
    is_path = argument.startswith("@") and not argument.startswith("@@")
    return argument == STDIN or is_path
