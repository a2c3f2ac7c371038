"""Write some bars of a MIDI file as a file of their own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from seqgen.api.input_file import read_input
from seqgen.api.output_file import check_output, write_output
from seqgen.config import ExcerptMusic, ExcerptResult
from seqgen.errors import UsageError
from seqgen.frontends.music.midi import writer
from seqgen.frontends.music.midi.recipes import own_events, parsed, rows_of
from seqgen.frontends.music.midi.score import Score, read_score


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
    if request.first is not None:
        told = parsed(score.recipe)
        recipe = {**told, "excerpt": [first, last]} if told else None
        data = writer.only_new(score, start, _until(found, end), recipe=recipe)
    elif last < bars:
        data = _beginning(score, last)
    write_output(request.output, data, request.force)
    return ExcerptResult(path=request.output, notes=len(found))


def _until(notes: NDArray[np.void], end: int) -> NDArray[np.void]:
    ended = notes.copy()
    ended["end"] = np.minimum(ended["end"], end)
    return ended


def _beginning(score: Score, last: int) -> bytes:
    """The file up to bar ``last``; recipes of later music are left out."""
    told = parsed(score.recipe)
    at = told.get("at")
    if not isinstance(at, int):
        gone, recipe = [], None
    elif at > last:
        gone, recipe = rows_of(score.smf, last + 1), None
    else:
        gone, recipe = rows_of(score.smf, at), {**told, "excerpt": [1, last]}
    own = np.delete(own_events(score.smf, told), gone)
    part = replace(score, smf=replace(score.smf, events=np.delete(score.smf.events, gone)))
    end = score.meters.bar_line(last)
    return writer.continued(part, end, score.notes[:0], recipe=recipe, own=own)
