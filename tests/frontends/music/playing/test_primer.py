from __future__ import annotations

import io
from typing import Any

import mido
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from seqgen.frontends.music.midi.recipes import parsed
from seqgen.frontends.music.midi.score import NOTE, Score, read_score
from seqgen.frontends.music.midi.smf import write_smf
from seqgen.frontends.music.midi.writer import continued
from seqgen.frontends.music.playing.primer import primer_before
from seqgen.frontends.music.playing.span import find_join
from tests.frontends.music.primers import primers
from tests.frontends.music.songs import SONGS

new_notes = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 200), st.integers(60, 63)), max_size=9
)


def notes_at(score: Score, join: int, rows: list[tuple[int, int, int]]) -> Any:
    part = score.tracks[int(score.notes["track"][0])]
    found = [(join + s, join + s + d, p, 80, part.channel, part.index) for s, d, p in rows]
    return np.array(found, NOTE)


def written(score: Score, join: int, rows: list[tuple[int, int, int]]) -> bytes:
    """A continuation with the recipe that the use-case writes, without its settings."""
    recipe = {"at": score.meters.bar_index(join) + 1}
    return continued(score, join, notes_at(score, join, rows), cut=False, recipe=recipe)


@settings(deadline=None, max_examples=200)
@given(primers((0, 1)), new_notes, new_notes)
def test_what_a_continuation_was_made_of_is_had_back(
    data: bytes, first: list[tuple[int, int, int]], second: list[tuple[int, int, int]]
) -> None:
    score = read_score(data)
    assume(len(score.notes))
    join = find_join(score, None)
    file = written(score, join, first)
    again = read_score(file)
    primer = primer_before(again, join)
    assert find_join(primer, None) == join
    assert primer.notes[["start", "end", "pitch"]].tolist() == (
        score.notes[["start", "end", "pitch"]].tolist()
    )
    assert written(primer, join, first) == file
    twice = written(again, join, second)  # a take behind a take, from the same bar
    assert parsed(read_score(twice).recipe)["at"] == score.meters.bar_index(join) + 1


@pytest.mark.parametrize("name", ["loop", "waltz", "chorale"])
@pytest.mark.parametrize("bar", [2, 3])
def test_up_to_a_bar_it_is_as_if_nothing_had_followed(name: str, bar: int) -> None:
    score = read_score(SONGS[name]())
    join = find_join(score, bar)
    primer = primer_before(score, join)
    assert primer.end <= join
    assert len(primer.notes) == (score.notes["start"] < join).sum()
    assert write_smf(primer_before(primer, join).smf) == write_smf(primer.smf)


def test_recipes_of_what_is_cut_away_go_with_it() -> None:
    score = read_score(SONGS["loop"]())
    join = find_join(score, None)
    once = read_score(written(score, join, [(0, 400, 60)]))
    far = find_join(once, None)
    twice = read_score(written(once, far, [(0, 400, 62)]))
    assert parsed(primer_before(twice, far).recipe)["at"] == 5
    assert primer_before(twice, join).recipe is None
    assert primer_before(twice, find_join(score, 3)).recipe is None


def test_a_file_that_was_edited_since_is_cut_as_any_other() -> None:
    score = read_score(SONGS["loop"]())
    join = find_join(score, None)
    file = mido.MidiFile(file=io.BytesIO(written(score, join, [(0, 400, 60)])))
    file.tracks[1].insert(2, mido.Message("control_change", control=7, value=90))
    buffer = io.BytesIO()
    file.save(file=buffer)
    primer = primer_before(read_score(buffer.getvalue()), join)
    assert len(primer.notes) == len(score.notes)
    assert primer.recipe is None
