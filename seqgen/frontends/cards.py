"""Data set cards: who publishes a data set, on what terms, what it holds and how it is split.

A card is ``<name>/card.toml`` in a folder of cards; data of our own lies beside its card.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

import msgspec

from seqgen.errors import InputFileError

_PACKAGE = Path(__file__).parents[1]


class Card(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of a data set.

    ``files`` are name patterns by which a path is recognised and ``holds`` such patterns of
    files in it, ``split`` is the name of the rule that splits it, ``data`` the folder of bundled
    pieces beside the card (empty: not bundled).
    ``counts`` holds numbers of things, and ``counts_from`` says who counted them.
    """

    name: str
    title: str
    frontend: Literal["music", "handwriting"]
    source: str
    licence: str
    terms: str
    files: tuple[str, ...]
    split: str
    get: str
    data: str = ""
    holds: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    counts_from: Literal["counted", "published", ""] = ""
    notes: str = ""


def cards_folder() -> Path:
    """Return the folder of the bundled cards: in the installed package, or in the checkout."""
    installed = _PACKAGE / "_datasets"
    return installed if installed.is_dir() else _PACKAGE.parent / "datasets"


def read_card(path: Path) -> Card:
    """Read one ``card.toml``. Raises InputFileError with what is wrong in one sentence."""
    try:
        card = msgspec.toml.decode(path.read_bytes(), type=Card)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputFileError(f"{path} is no data set card: {error}") from error
    except OSError as error:
        raise InputFileError(f"cannot read {path}: {str(error.strerror).lower()}") from error
    if card.name != path.parent.name:
        raise InputFileError(f"{path} is named {card.name!r}, its folder {path.parent.name!r}")
    if bool(card.counts) != bool(card.counts_from):
        raise InputFileError(f"{path} needs both counts and counts_from, or neither")
    if card.data and not (path.parent / card.data).is_dir():
        raise InputFileError(f"{path} names the folder {card.data!r}, which is not beside it")
    return card


def read_cards(folder: Path) -> dict[str, Card]:
    """Read every ``<name>/card.toml`` in a folder, sorted by name."""
    paths = sorted(folder.glob("*/card.toml"))
    return {card.name: card for card in map(read_card, paths)}


def bundled_data(folder: Path, card: Card) -> Path | None:
    """Return the folder of a card's bundled pieces, or None when none are bundled."""
    return folder / card.name / card.data if card.data else None


def card_for(path: Path, cards: Iterable[Card]) -> Card | None:
    """Return the card whose patterns match a path's own name or its folder's, else None."""
    for part in (path.resolve().name, path.resolve().parent.name):
        for card in cards:
            if _fits(part, card.files):
                return card
    return None


def card_holding(names: Iterable[str], cards: Sequence[Card]) -> Card | None:
    """Return the card of which a file is the first to be met among the names of a source's."""
    for name in names:
        for card in cards:
            if _fits(name, card.holds):
                return card
    return None


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name.lower(), pattern.lower()) for pattern in patterns)
