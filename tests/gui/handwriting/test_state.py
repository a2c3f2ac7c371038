"""Styles by name, mixed and renamed, and as they are told to people."""

from __future__ import annotations

import pytest

from seqgen_gui.handwriting.about import mix_title
from seqgen_gui.handwriting.state import HandwritingState, Letter, Settings, parts_of, renamed


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("clear", "clear"),
        ("clear:0.7", "clear"),
        ("clear,round", "50% clear and 50% round"),
        ("clear:3, me.hand", "75% clear and 25% me"),
        ("clear:0.4,round:0.6", "40% clear and 60% round"),
    ],
)
def test_any_mix_of_the_command_line_is_told_with_its_shares(style: str, told: str) -> None:
    assert mix_title(style) == told


def test_a_colon_may_be_part_of_a_path() -> None:
    assert parts_of("C:/me.hand") == [("C:/me.hand", "")]
    assert parts_of("C:/me.hand:0.5") == [("C:/me.hand", "0.5")]


@pytest.mark.parametrize(
    ("style", "then"),
    [
        ("me.hand", "you.hand"),
        ("me.hand:2", "you.hand:2"),
        ("clear,me.hand", "clear,you.hand"),
        ("clear:0.4,me.hand:0.6", "clear:0.4,you.hand:0.6"),
        ("clear, round", "clear, round"),
        (None, None),
    ],
)
def test_a_hand_is_renamed_in_any_mix(style: str | None, then: str | None) -> None:
    state = HandwritingState(
        letter=Letter(text="Dear", seed=1, style=style), settings=Settings(style=style)
    )
    after = renamed(state, "me.hand", "you.hand")
    assert after.letter is not None
    assert (after.letter.style, after.settings.style) == (then, then)
