"""Sources: what a name or path that stands for training data means."""

from __future__ import annotations

from pathlib import Path

from seqgen.errors import InputFileError, UsageError, did_you_mean
from seqgen.frontends.cards import Card, bundled_data, card_for, cards_folder, read_cards


def find_source(name_or_path: str, dataset: str | None = None) -> tuple[Path, Card]:
    """The path of a source and the card that says how it is split.

    A bundled data set goes by its name. ``dataset`` names the card for a path that no card
    recognises; without it such a path is a folder of MIDI files like any other.
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
        return bundled, named
    if not path.exists():
        hint = did_you_mean(name_or_path, cards)
        raise InputFileError(f"no such file, folder or data set: {name_or_path}, {hint}")
    found = cards[dataset] if dataset else card_for(path, cards.values())
    return path, found or cards["folder"]
