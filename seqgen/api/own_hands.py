"""A user's own hands: the ``.hand`` files of one folder, found by name, renamed and deleted."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import platformdirs

from seqgen.api.input_file import read_input
from seqgen.errors import InputFileError, OutputError, UsageError, did_you_mean, reason
from seqgen.files import write_file
from seqgen.frontends.handwriting.hand_file import SUFFIX, HandFile, hand_bytes, read_hand

NAME = r"\w[\w .'-]{0,63}"


def hands_folder() -> Path:
    """Where a user's own hands are; it need not exist."""
    return platformdirs.user_data_path("seqgen", appauthor=False) / "hands"


def own_hands(fingerprint: str) -> list[str]:
    """The names of those, with their suffix, that were fitted for a model."""
    found = []
    for path in sorted(hands_folder().glob(f"*{SUFFIX}")):
        try:
            hand = _read(path)
        except InputFileError:  # it is told where it is used
            continue
        if hand.fingerprint == fingerprint:
            found.append(path.name)
    return found


def hand_path(name: str) -> str:
    """The file that a style ending in ``.hand`` means: a file, else one of the folder."""
    path = Path(name)
    own = hands_folder() / name
    return str(own if path.name == name and not path.exists() and own.exists() else path)


def rename_hand(name: str, new: str) -> str:
    """Give one of the folder another name, without suffix; its new name with it.

    Raises UsageError for what is no name, InputFileError for a hand that is not there and
    OutputError where the new name is taken.
    """
    if not re.fullmatch(NAME, new) or new.endswith((" ", ".")):
        allowed = "letters, digits, spaces and -_.' after a letter or digit"
        raise UsageError(f"{new!r} is no name for a hand, allowed: {allowed}")
    old, path = _own(name), hands_folder() / f"{new}{SUFFIX}"
    hand = _read(old)
    if path.exists() and not (old.exists() and path.samefile(old)):
        raise OutputError(f"a hand is called {new!r} already, choose another name")
    write_file(old, hand_bytes(msgspec.structs.replace(hand, name=new)))
    try:
        old.rename(path)
    except OSError as error:
        raise OutputError(f"cannot rename {old}: {reason(error)}") from error
    return path.name


def delete_hand(name: str) -> None:
    """Delete one of the folder; InputFileError where it is not there, OutputError."""
    path = _own(name)
    try:
        path.unlink()
    except OSError as error:
        raise OutputError(f"cannot delete {path}: {reason(error)}") from error


def _own(name: str) -> Path:
    path = hands_folder() / name
    if path.name != name or path.suffix != SUFFIX or not path.is_file():
        known = sorted(one.name for one in hands_folder().glob(f"*{SUFFIX}"))
        raise InputFileError(f"no hand is called {name!r}, {did_you_mean(name, known)}")
    return path


def _read(path: Path) -> HandFile:
    return read_hand(read_input(str(path)), str(path))
