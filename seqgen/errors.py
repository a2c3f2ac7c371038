"""The error tree: each kind of failure and the exit status it ends the command line with.

Messages are lower case without a full stop and hold the offending value and what is allowed.
"""

from __future__ import annotations

from collections.abc import Iterable


class SeqgenError(Exception):
    """Work that could not be done; the base of every error a user may cause or meet."""

    exit_code = 1


class UsageError(SeqgenError):
    """A request that makes no sense: an option, name or value outside what is allowed."""

    exit_code = 2


class InputFileError(SeqgenError):
    """An input file that is missing, unreadable or not of its kind."""

    exit_code = 3


class ModelError(SeqgenError):
    """A model that is unknown, corrupt or made for something else."""

    exit_code = 4


class OutputError(SeqgenError):
    """A result that cannot be written."""

    exit_code = 5


def reason(error: Exception) -> str:
    """What a foreign error says, as the end of a sentence: "no space left on device"."""
    text = str(getattr(error, "strerror", None) or error)
    return text[:1].lower() + text[1:]


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return the end of an error sentence: the nearest of ``names``, or all of them."""
    import difflib

    known = sorted(names)
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return "did you mean " + " or ".join(near) + "?"
    return "known: " + (", ".join(known) if known else "none")
