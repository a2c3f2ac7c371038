"""Which data sets seqgen knows, and what a source of training data holds."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from seqgen.api.sources import find_source
from seqgen.config import Progress
from seqgen.data_reports import DataReport, InkReport
from seqgen.frontends.cards import Card, bundled_data, cards_folder, read_cards
from seqgen.reports import DatasetEntry, Datasets


def datasets() -> Datasets:
    """List the data sets: their terms, how to get them, and where the bundled ones are."""
    folder = cards_folder()
    return Datasets(datasets=[_entry(card, folder) for card in read_cards(folder).values()])


def check(
    source: str, dataset: str | None = None
) -> Generator[Progress | DataReport | InkReport, None, None]:
    """Read every piece or line of a source (a path or a bundled data set), count, and report.

    ``dataset`` says what the source is where its name and its files do not. Raises
    InputFileError when there is no such source or nothing in it can be used.
    """
    path, card = find_source(source, dataset)
    yield (yield from _report(path, card))


def _report(path: Path, card: Card) -> Generator[Progress, None, DataReport | InkReport]:
    if card.frontend == "handwriting":
        from seqgen.api.ink_data import ink_report

        return (yield from ink_report(path, card))
    from seqgen.api.music_data import music_report

    return (yield from music_report(path, card))


def _entry(card: Card, folder: Path) -> DatasetEntry:
    return DatasetEntry(
        name=card.name,
        title=card.title,
        frontend=card.frontend,
        source=card.source,
        licence=card.licence,
        terms=card.terms,
        get=card.get,
        path=str(bundled_data(folder, card) or ""),
    )
