"""Several takes as one file, each on tracks of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqgen.api.input_file import read_input
from seqgen.api.output_file import check_output, write_output
from seqgen.config import ExcerptResult
from seqgen.errors import InputFileError, UsageError
from seqgen.frontends.music.midi import writer
from seqgen.frontends.music.midi.recipes import parsed, primer_of
from seqgen.frontends.music.midi.score import Score, read_score
from seqgen.frontends.music.midi.smf import write_smf

_PLACES = ("own", "ends", "excerpt")
"""What a recipe says of its own file."""
Recipe = dict[str, Any]


@dataclass(frozen=True)
class _Part:
    """What a take consists of: the file it continues, the bar and tick where, and its notes."""

    primer: bytes
    at: int
    join: int
    notes: NDArray[np.void]
    recipe: Recipe


def takes_as_tracks(
    takes: Sequence[str], titles: Sequence[str], output: str, force: bool = False
) -> ExcerptResult:
    """Write the new music of several takes, MIDI files of ours, side by side as one file.

    Each is on tracks of its own behind the primer's, called by its title. UsageError where they do
    not continue one piece from one bar, InputFileError and OutputError.
    """
    if not takes or len(takes) != len(titles):
        wanted = "give a take at least, and each a title"
        raise UsageError(f"{len(takes)} takes and {len(titles)} titles, {wanted}")
    check_output(output, force)
    parts = [_part(path) for path in takes]
    for path, part in zip(takes, parts, strict=True):
        if (part.primer, part.at) != (parts[0].primer, parts[0].at):
            raise UsageError(f"{path} does not continue what {takes[0]} does")
    primer = read_score(parts[0].primer)
    notes, recipes = [part.notes for part in parts], [part.recipe for part in parts]
    data = tracks_file(primer, parts[0].join, notes, recipes, titles)
    write_output(output, data, force)
    return ExcerptResult(path=output, notes=sum(map(len, notes)))


def take_titles(count: int) -> list[str]:
    """What the takes of one request are called."""
    return [f"Take {number}" for number in range(1, count + 1)]


def tracks_file(
    primer: Score,
    join: int,
    takes: Sequence[NDArray[np.void]],
    recipes: Sequence[Mapping[str, Any]],
    titles: Sequence[str],
) -> bytes:
    """The file of takes, NOTEs from tick ``join`` on, with one recipe that tells those of all."""
    base = {name: value for name, value in recipes[0].items() if name not in _PLACES}
    differing = [
        {name: value for name, value in recipe.items() if _tells(name, value, base)}
        for recipe in recipes
    ]
    named = dict(zip(titles, takes, strict=True))
    return writer.side_by_side(primer, join, named, recipe={**base, "takes": differing})


def _tells(name: str, value: object, base: Mapping[str, Any]) -> bool:
    return name == "seed" or (name not in _PLACES and base.get(name) != value)


def _part(path: str) -> _Part:
    score = read_score(read_input(path), path)
    recipe = parsed(score.recipe)
    at, smf = recipe.get("at"), primer_of(score.smf, recipe)
    if smf is None or not isinstance(at, int) or not 1 <= at <= score.end + 1:
        raise InputFileError(f"{path} does not tell what it continues")
    join = score.meters.bar_line(at - 1)
    notes = score.notes[score.notes["start"] >= join].copy()
    data = write_smf(smf)
    places = {track.source: track.index for track in read_score(data, path).tracks}
    sources = [track.source for track in score.tracks]
    if any(sources[index] not in places for index in np.unique(notes["track"]).tolist()):
        raise InputFileError(f"{path} has notes on tracks that what it continues has not")
    notes["track"] = [places[sources[index]] for index in notes["track"].tolist()]
    return _Part(data, at, join, notes, recipe)
