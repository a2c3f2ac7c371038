"""Sources: what a name or path that stands for training data means."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from seqgen.errors import InputFileError, UsageError, did_you_mean
from seqgen.frontends.cards import (
    Card,
    bundled_data,
    card_for,
    card_holding,
    cards_folder,
    read_cards,
)
from seqgen.frontends.data.folders import file_names

OWN = {"music": "folder", "handwriting": "folder-ink"}
"""The cards of a user's own files."""


def find_source(
    name_or_path: str, dataset: str | None = None, frontend: str | None = None
) -> tuple[Path, Card]:
    """The path of a source and the card that says how it is split.

    A bundled data set goes by its name. A path has the card ``dataset``, or the one that knows
    its name, or the first file in it that one knows, or else that of a user's own files. With a
    ``frontend`` only its cards count, and a card of another is a UsageError.
    """
    if not name_or_path:
        raise InputFileError("no file, folder or data set is called ''")
    folder = cards_folder()
    cards = read_cards(folder)
    if dataset is not None and dataset not in cards:
        raise UsageError(f"no data set is called {dataset!r}, {did_you_mean(dataset, cards)}")
    path = Path(name_or_path)
    named = cards.get(name_or_path)
    if named is not None and not path.exists():
        bundled = bundled_data(folder, named)
        if bundled is None:
            raise InputFileError(f"data set {named.name} is not bundled: {named.get}")
        return bundled, _checked(named, frontend)
    if not path.exists():
        hint = did_you_mean(name_or_path, cards)
        raise InputFileError(f"no such file, folder or data set: {name_or_path}, {hint}")
    card = cards[dataset] if dataset else _recognised(path, cards, frontend)
    return path, _checked(card, frontend)


def _recognised(path: Path, cards: dict[str, Card], frontend: str | None) -> Card:
    ours = [card for card in cards.values() if frontend in (None, card.frontend)]
    held = {PurePosixPath(pattern).suffix for card in ours for pattern in card.holds}
    found = card_for(path, ours) or card_holding(file_names(path, tuple(held)), ours)
    return found or cards[OWN[frontend or "music"]]


def _checked(card: Card, frontend: str | None) -> Card:
    if frontend not in (None, card.frontend):
        raise UsageError(f"data set {card.name} is {card.frontend}, not {frontend}")
    return card
