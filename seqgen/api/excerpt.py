"""Write some bars of a MIDI file as a file of their own."""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray

from seqgen.api.input_file import read_input
from seqgen.api.output_file import check_output, write_output
from seqgen.config import ExcerptMusic, ExcerptResult
from seqgen.errors import UsageError
from seqgen.frontends.music.midi import writer
from seqgen.frontends.music.midi.score import read_score


def excerpt_music(request: ExcerptMusic) -> ExcerptResult:
    """Write the bars of a request; a note that sounds beyond the last bar ends with it.

    Raises UsageError for bars outside the piece, InputFileError and OutputError.
    """
    check_output(request.output, request.force)
    data = read_input(request.path)
    score = read_score(data, request.path)
    bars = score.meters.bar_index(max(score.end - 1, 0)) + 1
    first = 1 if request.first is None else request.first
    last = bars if request.last is None else request.last
    if not 1 <= first <= last <= bars:
        raise UsageError(f"bars {first} to {last} are out of range, allowed: 1 to {bars}")
    start = score.meters.bar_line(first - 1) if request.first is not None else 0
    end = score.meters.bar_line(last)
    found = score.notes[(score.notes["start"] >= start) & (score.notes["start"] < end)]
    recipe = _recipe(score.recipe, first, last)
    if request.first is not None:
        data = writer.only_new(score, start, _until(found, end), recipe=recipe)
    elif last < bars:
        data = writer.continued(score, end, found[:0], recipe=recipe)
    write_output(request.output, data, request.force)
    return ExcerptResult(path=request.output, notes=len(found))


def _until(notes: NDArray[np.void], end: int) -> NDArray[np.void]:
    ended = notes.copy()
    ended["end"] = np.minimum(ended["end"], end)
    return ended


def _recipe(recipe: str | None, first: int, last: int) -> str | None:
    """The recipe of the file, where it has one, and which bars of it these are."""
    try:
        told = json.loads(recipe or "")
    except ValueError:
        return recipe
    return json.dumps({**told, "excerpt": [first, last]}, sort_keys=True)
