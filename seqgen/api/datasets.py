"""Which data sets seqgen knows, and what a source of training data holds."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np

from seqgen.api.sources import find_source
from seqgen.config import Progress
from seqgen.errors import InputFileError
from seqgen.frontends.cards import Card, bundled_data, cards_folder, read_cards
from seqgen.frontends.data.members import Skipped
from seqgen.frontends.music.corpus.pieces import Piece
from seqgen.frontends.music.corpus.sources import chorale_rows, iter_pieces
from seqgen.frontends.music.midi.score import read_score
from seqgen.reports import DataReport, DatasetEntry, Datasets, InkReport


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
    yield from _check_ink(path, card) if card.frontend == "handwriting" else _check(path, card)


def _check_ink(path: Path, card: Card) -> Iterator[Progress | InkReport]:
    from seqgen.api.ink_data import ink_report

    yield (yield from ink_report(path, card))


def _check(path: Path, card: Card) -> Iterator[Progress | DataReport]:
    pieces = notes = 0
    skipped: dict[str, str] = {}
    for piece in iter_pieces(path):
        found = piece if isinstance(piece, Skipped) else _notes(piece)
        if isinstance(found, Skipped):
            skipped[found.name] = found.reason
        else:
            pieces, notes = pieces + 1, notes + found
        yield Progress(stage="reading", done=pieces, note=piece.name)
    yield DataReport(
        path=str(path),
        dataset=card.name,
        pieces=pieces,
        notes=notes,
        skipped=skipped,
    )


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


def _notes(piece: Piece) -> int | Skipped:
    """Return how many notes a piece has; a chorale's are its changes of pitch."""
    if piece.kind == "chorale":
        rows = chorale_rows(piece)
        before = np.vstack([np.full((1, rows.shape[1]), -1, rows.dtype), rows[:-1]])
        return int(((rows != before) & (rows >= 0)).sum())
    try:
        notes = len(read_score(piece.data, piece.name).notes)
    except InputFileError as error:
        return Skipped(piece.name, str(error))
    return notes or Skipped(piece.name, "no notes")
