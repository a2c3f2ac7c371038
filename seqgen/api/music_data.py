"""What a source of music holds, counted piece by piece."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqgen.api.lengths import lengths_of
from seqgen.config import Progress
from seqgen.data_reports import DataReport, PieceExample
from seqgen.errors import InputFileError
from seqgen.frontends.cards import Card
from seqgen.frontends.data.members import Skipped
from seqgen.frontends.music.corpus.pieces import Piece
from seqgen.frontends.music.corpus.sources import chorale_rows, iter_pieces
from seqgen.frontends.music.midi.score import read_score

EXAMPLES, EXAMPLE_NOTES = 3, 200
SIXTEENTH = 120  # ticks of a row of a chorale


def music_report(path: Path, card: Card) -> Generator[Progress, None, DataReport]:
    """Read every piece of a source, count and report; yields progress."""
    lengths: list[int] = []
    examples: list[PieceExample] = []
    skipped: dict[str, str] = {}
    for piece in iter_pieces(path):
        found = piece if isinstance(piece, Skipped) else _notes(piece)
        if isinstance(found, Skipped):
            skipped[found.name] = found.reason
        else:
            lengths.append(len(found))
            if len(examples) < EXAMPLES:
                notes = [(s, e, p) for s, e, p in found[:EXAMPLE_NOTES].tolist()]
                examples.append(PieceExample(name=piece.name, notes=notes))
        yield Progress(stage="reading", done=len(lengths), note=piece.name)
    return DataReport(
        path=str(path),
        dataset=card.name,
        pieces=len(lengths),
        notes=sum(lengths),
        skipped=skipped,
        lengths=lengths_of(lengths, "notes"),
        examples=examples,
    )


def _notes(piece: Piece) -> NDArray[np.int64] | Skipped:
    """The notes of a piece by start: start, end (ticks) and pitch, (N, 3)."""
    if piece.kind == "chorale":
        return _sung(chorale_rows(piece))
    try:
        notes = read_score(piece.data, piece.name).notes
    except InputFileError as error:
        return Skipped(piece.name, str(error))
    if not len(notes):
        return Skipped(piece.name, "no notes")
    return np.stack([notes["start"], notes["end"], notes["pitch"]], axis=1).astype(np.int64)


def _sung(rows: NDArray[np.int16]) -> NDArray[np.int64]:
    """The notes of a chorale, which are its changes of pitch, from rows (T, 4)."""
    voices = []
    for voice in rows.T:
        starts = np.flatnonzero(np.diff(voice, prepend=-2))
        ends = np.append(starts[1:], len(voice))
        found = np.stack([starts * SIXTEENTH, ends * SIXTEENTH, voice[starts]], axis=1)
        voices.append(found[voice[starts] >= 0])
    notes: NDArray[np.int64] = np.concatenate(voices).astype(np.int64)
    return notes[np.argsort(notes[:, 0], kind="stable")]
