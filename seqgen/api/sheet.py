"""What a face needs to draw and play a MIDI file, and to write a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqgen import __version__
from seqgen.api.engines import weights_of
from seqgen.api.input_file import read_input
from seqgen.api.inspect import midi_report
from seqgen.api.models import resolve
from seqgen.errors import ModelError, UsageError
from seqgen.frontends.music.midi.recipes import parsed
from seqgen.frontends.music.midi.score import Score, read_score
from seqgen.frontends.music.playing.span import find_join, find_scale
from seqgen.reports import MusicSheet, NoteColumns


def music_sheet(path: str) -> MusicSheet:
    """Return the notes, bars, tempos and tracks of the MIDI file ``path``.

    Raises InputFileError for what is no MIDI file.
    """
    score = read_score(read_input(path), path)
    return MusicSheet(
        report=midi_report(path, score),
        notes=_columns(score.notes),
        tempos=list(score.tempos.changes),
        meters=list(score.meters.changes),
        end=score.end,
        next_bar=score.meters.bar_index(find_join(score, None)) + 1,
        found_key=_found_key(score),
        doubts=_doubts(parsed(score.recipe)),
    )


def _doubts(recipe: Mapping[str, Any]) -> list[str]:
    """Why a recipe may give other notes here: the model is another, or seqgen is."""
    name, version = recipe.get("model"), recipe.get("seqgen", __version__)
    if not isinstance(name, str):
        return []
    found = [] if version == __version__ else [f"it was made by seqgen {version}"]
    try:
        known = weights_of(resolve(name))
    except ModelError:
        return [f"its model {name!r} is not at hand", *found]
    if recipe.get("weights", known) != known:
        found.insert(0, f"its model {name!r} has other weights here")
    return found


def _columns(notes: NDArray[np.void]) -> NoteColumns:
    return NoteColumns(
        starts=notes["start"].astype("<i8").tobytes(),
        ends=notes["end"].astype("<i8").tobytes(),
        pitches=notes["pitch"].tobytes(),
        velocities=notes["velocity"].tobytes(),
        tracks=notes["track"].astype("<i2").tobytes(),
    )


def _found_key(score: Score) -> str | None:
    try:
        return find_scale(score, score.end + 1, "auto")[0]
    except UsageError:  # too few pitches to tell
        return None
