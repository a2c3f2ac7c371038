"""The primer: the part of a file that a continuation hears and keeps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from seqgen.frontends.music.midi import writer
from seqgen.frontends.music.midi.recipes import parsed, primer_of, rows_of
from seqgen.frontends.music.midi.score import Score, read_score
from seqgen.frontends.music.midi.smf import Smf, write_smf


def primer_before(score: Score, join: int) -> Score:
    """The file up to tick ``join``, as if nothing had ever followed.

    Of a file that seqgen continued from there, that is the primer it had, event for event: the
    same recipe then gives the same bytes. Else the music from the join on gives way, with the
    recipes that tell of it; what is not heard decides nothing, neither tracks' roles nor the grid.
    """
    bar = score.meters.bar_index(join) + 1
    recipe = parsed(score.recipe)
    smf = primer_of(score.smf, recipe) if recipe.get("at") == bar else None
    if smf is not None and _ends_before(smf, join):
        return read_score(write_smf(smf))
    if join >= score.end:
        return score
    events = np.delete(score.smf.events, rows_of(score.smf, bar))
    part = replace(score, smf=replace(score.smf, events=events))
    return read_score(writer.continued(part, join, score.notes[:0]))


def _ends_before(smf: Smf, join: int) -> bool:
    """Whether all note-ons lie before ``join``, as they do in a primer."""
    events = smf.events
    starts = (events["status"] >> 4 == 9) & (events["data2"] > 0)
    return bool((events["tick"][starts] < join).all())
