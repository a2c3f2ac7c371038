from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from seqgen.core.steps import Field, PenSpec, StepSpec
from seqgen.errors import ModelError
from seqgen.frontends.handwriting.codec.sequences import InkAugment, InkSettings, ink_corpus
from seqgen.frontends.handwriting.codec.state import read_state, sequences_for
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.ink.ink import Ink

WAVE = Ink((np.array([[0.0, 0], [1, 3], [2, 1]]), np.array([[3.0, 4], [4, 0], [5, 2]])))
LINES = [Line("a#1", "ada", "ab", WAVE), Line("b#1", "bob", "ba b", WAVE.scaled(3))]
STATE: dict[str, Any] = {
    "codec": "hand",
    "thin": 2.0,
    "alphabet": " ab",
    "counts": {" ": 1, "a": 2, "b": 3},
    "styles": ["ada", "bob"],
}


@pytest.mark.parametrize("codec", ["hand", "raw"])
@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize("styles", [True, False])
def test_a_model_sees_lines_as_its_corpus_did(codec: Any, text: bool, styles: bool) -> None:
    settings = InkSettings(codec=codec, text=text, styles=styles, thin=1.5)
    corpus = ink_corpus({"train": LINES, "valid": []}, settings, InkAugment())
    state = read_state("tiny", corpus.state, corpus.spec)
    again = sequences_for(LINES, state, corpus.spec)
    for index in range(len(LINES)):
        seen, wanted = again.draw(index, None), corpus.splits["train"].draw(index, None)
        np.testing.assert_array_equal(seen.offsets, wanted.offsets)
        np.testing.assert_array_equal(seen.text, wanted.text)
        assert seen.style == wanted.style == (index + 1 if styles else 0)


def test_a_hand_that_the_model_does_not_know_is_of_no_style() -> None:
    state = read_state("tiny", STATE, PenSpec(characters=5, styles=3))
    stranger = Line("c#1", "cyd", "a", WAVE)
    sequences = sequences_for([*LINES, stranger], state, PenSpec(characters=5, styles=3))
    assert [sequences.draw(index, None).style for index in range(3)] == [1, 2, 0]


def test_an_alphabet_without_characters_is_still_read() -> None:
    settings = InkSettings(least=30)
    corpus = ink_corpus({"train": LINES}, settings, InkAugment())
    state = read_state("tiny", corpus.state, corpus.spec)
    steps = sequences_for(LINES, state, corpus.spec).draw(0, None)
    assert (corpus.spec.characters, steps.text.tolist()) == (2, [1, 1])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"codec": "dance"}, "model tiny has a damaged model card: invalid enum value 'dance'"),
        ({"thin": "x"}, "damaged model card: expected `float`, got `str`"),
        ({"pace": 0}, "damaged model card: expected `float` > 0.0"),
        ({"alphabet": "ab"}, "other steps than those of its 2 characters and 2 styles"),
        ({"styles": ["ada"]}, "other steps than those of its 3 characters and 1 styles"),
    ],
)
def test_a_state_that_is_none_is_one_sentence(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        read_state("tiny", STATE | changes, PenSpec(characters=5, styles=3))


def test_a_state_for_other_steps_is_refused() -> None:
    with pytest.raises(ModelError, match="other steps"):
        read_state("tiny", STATE, StepSpec((Field("pitch", 4),)))
    with pytest.raises(ModelError, match="missing required field `codec`"):
        read_state("tiny", {}, PenSpec(characters=5, styles=3))
