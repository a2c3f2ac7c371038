from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqgen.frontends.handwriting.writing.lines import LINE, ModelLine, Place, model_lines
from seqgen.frontends.handwriting.writing.plan import LONGEST_PART
from tests.frontends.handwriting.writing.made_up import line_of, plan_of

WORDS = st.text("abcde", min_size=1, max_size=30)


def lines_of(text: str) -> list[ModelLine]:
    return model_lines(plan_of(text))


def test_a_short_text_is_one_line() -> None:
    [line] = lines_of("Dear Ada, thank you.")
    assert line.text == "Dear Ada, thank you."
    assert line.starts == (0, 5, 10, 16)
    assert line.places == tuple(Place(0, word, 0) for word in range(4))


def test_what_glyphs_draw_is_left_out_and_the_parts_around_it_stay_apart() -> None:
    [line] = lines_of("In 1905 abcQdef left")
    assert line.text == "In abc def left"
    assert line.places == (Place(0, 0, 0), Place(0, 2, 0), Place(0, 2, 2), Place(0, 3, 0))


def test_a_text_that_glyphs_draw_as_a_whole_has_no_lines() -> None:
    assert lines_of("1905 - 1906\n\n2000") == []


def test_paragraphs_do_not_share_a_line() -> None:
    assert [line.text for line in lines_of("One\n\n12\ntwo three")] == ["One", "two three"]
    assert [line.places[0].paragraph for line in lines_of("One\n\n12\ntwo three")] == [0, 3]


def test_a_character_belongs_to_its_part_and_a_space_to_the_part_before_it() -> None:
    line = line_of("ab cde f")
    assert [line.part_of(k) for k in range(8)] == [0, 0, 0, 1, 1, 1, 1, 2]
    assert [line.span(part) for part in range(3)] == [(0, 2), (3, 6), (7, 8)]


@pytest.mark.parametrize("words", [9, 20, 200])
def test_words_are_shared_out_evenly(words: int) -> None:
    lengths = [len(line.text) for line in lines_of("abcde " * words)]
    assert max(lengths) - min(lengths) <= 6
    assert max(lengths) <= 1.5 * LINE


def test_thirty_thousand_characters_make_about_a_thousand_lines() -> None:
    assert len(lines_of("The quick brown fox jumps. " * 1111)) == pytest.approx(1000, rel=0.01)


@given(st.lists(st.lists(WORDS, max_size=60), min_size=1, max_size=3))
def test_every_written_part_is_in_one_line_in_order(paragraphs: list[list[str]]) -> None:
    plan = plan_of("x\n" + "\n".join(map(" ".join, paragraphs)))
    lines = model_lines(plan)
    parts = [
        (Place(p, w, number), part.text)
        for p, paragraph in enumerate(plan.paragraphs)
        for w, word in enumerate(paragraph)
        for number, part in enumerate(word.parts)
        if part.written
    ]
    found = [
        (place, line.text[slice(*line.span(part))])
        for line in lines
        for part, place in enumerate(line.places)
    ]
    assert found == parts
    for line in lines:
        assert line.text == " ".join(
            line.text[slice(*line.span(k))] for k in range(len(line.starts))
        )
        assert len(line.text) <= 1.5 * LINE + LONGEST_PART
