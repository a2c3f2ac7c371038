from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqgen.frontends.music.midi.recipes import flags_of, parsed, primer_of, rows_of, runs_of
from seqgen.frontends.music.midi.score import NOTE, read_score
from seqgen.frontends.music.midi.writer import continued
from tests.frontends.music.midi.odd_files import TUNE, one


@given(st.lists(st.booleans()))
def test_flags_come_back_from_their_runs(flags: list[bool]) -> None:
    runs = runs_of(np.array(flags, bool))
    found = flags_of(runs, len(flags))
    assert found is not None
    assert found.tolist() == flags


@pytest.mark.parametrize("runs", [None, "ab", [1, 1], [4, -1], [1.5, 1.5], [True, 2], {"a": 3}])
def test_runs_that_do_not_fit_the_file_tell_nothing(runs: object) -> None:
    assert flags_of(runs, 3) is None


@pytest.mark.parametrize("text", [None, "", "no JSON", "[1]", "7", "[" * 100_000])
def test_a_text_that_is_no_recipe_says_nothing(text: str | None) -> None:
    assert parsed(text) == {}


@pytest.mark.parametrize("ends", [None, [], [1, 2], ["1"], [-1], [10**30]])
def test_a_recipe_with_impossible_tracks_gives_no_primer(ends: object) -> None:
    smf = read_score(one(TUNE)).smf
    runs = [len(smf.events)]
    assert primer_of(smf, {"own": runs, "ends": [192]}) is not None
    assert primer_of(smf, {"own": runs, "ends": ends}) is None


def test_recipes_are_found_by_the_bar_from_which_they_speak() -> None:
    none = np.empty(0, NOTE)
    once = read_score(continued(read_score(one(TUNE)), 1920, none, recipe={"at": 2}))
    twice = read_score(continued(once, 3840, none, recipe={"at": 3}))
    assert parsed(twice.recipe)["at"] == 3
    assert [len(rows_of(twice.smf, bar)) for bar in (1, 2, 3, 4)] == [2, 2, 1, 0]
