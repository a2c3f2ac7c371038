from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqgen_gui.shell.matching import ranked, score

NAMES = ["New project", "Open", "Open recent", "Save project as", "Preferences", "Play from here"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("new", "New project"),
        ("op", "Open"),
        ("or", "Open recent"),
        ("spa", "Save project as"),
        ("pref", "Preferences"),
        ("pfh", "Play from here"),
        ("PLAY", "Play from here"),
        ("save as", "Save project as"),
    ],
)
def test_a_few_letters_find_a_command(typed: str, first: str) -> None:
    assert ranked(typed, [(name, name) for name in NAMES])[0] == first


def test_nothing_typed_finds_all_in_their_order() -> None:
    assert ranked("", [(name, name) for name in NAMES]) == NAMES


def test_letters_that_are_not_there_find_nothing() -> None:
    assert ranked("xyz", [(name, name) for name in NAMES]) == []
    assert score("aab", "ab") is None


def test_letters_are_found_where_a_word_that_begins_with_one_would_mislead() -> None:
    assert score("oat", "goat on") is not None


@given(st.text(min_size=1, max_size=12), st.data())
def test_letters_in_their_order_always_fit(text: str, data: st.DataObject) -> None:
    folded = text.casefold()
    places = data.draw(st.sets(st.integers(0, max(len(folded) - 1, 0))))
    typed = "".join(folded[place] for place in sorted(places) if place < len(folded))
    if typed == typed.casefold():
        assert score(typed, text) is not None
