from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.frontends.handwriting.codec.alphabet import (
    UNKNOWN,
    Alphabet,
    alphabet_of,
    closed_up,
    count_characters,
)

QUICK = settings(deadline=None)  # a busy machine is no failure


def test_a_character_is_its_place_behind_padding_and_unknown() -> None:
    found = Alphabet(" abä").encode("bä a")
    assert found.tolist() == [4, 5, 2, 3]
    assert found.dtype == np.int16


def test_a_character_out_of_the_alphabet_is_the_class_unknown() -> None:
    assert Alphabet("ab").encode("aBb😀").tolist() == [2, UNKNOWN, 3, UNKNOWN]


def test_no_text_is_no_class() -> None:
    found = Alphabet("ab").encode("")
    assert found.shape == (0,)
    assert found.dtype == np.int16


@QUICK
@given(st.text(max_size=30), st.text(max_size=8))
def test_no_character_is_padding_and_none_beyond_the_size(text: str, known: str) -> None:
    alphabet = alphabet_of(Counter(known), 1)
    found = alphabet.encode(text)
    assert len(found) == len(text)
    assert all(1 <= k < alphabet.size for k in found)


def test_the_alphabet_is_what_occurs_often_enough_in_order() -> None:
    counts = count_characters(["banana", "nab", "x"])
    assert counts == {"a": 4, "n": 3, "b": 2, "x": 1}
    assert alphabet_of(counts, 1).characters == "abnx"
    assert alphabet_of(counts, 3).characters == "an"
    assert alphabet_of(counts, 9) == Alphabet("")
    assert alphabet_of(counts, 9).size == 2


@pytest.mark.parametrize(
    ("apart", "closed"),
    [
        ("Mr . Foot , he said .", "Mr. Foot, he said."),
        ("what ? no ! yes ; so :", "what? no! yes; so:"),
        ("a  , b", "a, b"),
        ("wait . . .", "wait..."),
        ("it ( the Line ) is", "it (the Line) is"),
        ("it [ the Line ] is", "it [the Line] is"),
        ('he said " no " to', 'he said "no" to'),
        ('" no " he said', '"no" he said'),
        ('he said , " no . "', 'he said, "no."'),
        ('" Abolish Lords " .', '"Abolish Lords".'),
        ("to ' prop up ' an", "to 'prop up' an"),
        ('a " b " c " d " e', 'a "b" c "d" e'),
    ],
)
def test_marks_are_closed_up_to_their_words(apart: str, closed: str) -> None:
    assert closed_up(apart) == closed


@pytest.mark.parametrize(
    "text",
    [
        "",
        'as people write: (all) of "it", isn\'t it?',
        'a quote " that is never closed',
        "Weaver ' s loyalty",
        "plain-clothes - a dash",
        "two  gaps",
        "3.5",
    ],
)
def test_what_could_be_meant_so_stays(text: str) -> None:
    assert closed_up(text) == text


@QUICK
@given(st.text(" a.,(['\")]", max_size=40))
def test_closing_up_takes_spaces_alone(text: str) -> None:
    assert closed_up(text).replace(" ", "") == text.replace(" ", "")
